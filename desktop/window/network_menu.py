"""Network menu: the networks that were kept, the shipped ones, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.networks.networks import Networks
from desktop.widgets.actions import Actions
from desktop.widgets.text.plain_text import button_text, tool_tip

# More than anybody looks through; older ones are opened as files.
_MOST = 15


class NetworkMenu(QMenu):
    """Filled anew each time it opens."""

    def __init__(self, networks: Networks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._networks = networks
        self._standing: list[QAction] = []
        self._group: QActionGroup | None = None
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def add_actions(self, actions: Actions) -> None:
        """The actions that stand below the networks."""
        self._standing = [
            actions.former_network,
            actions.shipped_network,
            actions.open_network,
            actions.save_network,
        ]
        self.fill()

    def fill(self) -> None:
        """List the networks; the one in use is ticked."""
        self.clear()
        if self._group is not None:
            self._group.deleteLater()
        self._group = QActionGroup(self)
        library = self._networks.library
        self._add_file("Shipped network", library.shipped())
        self._add_file("Shipped network: letters and digits", library.shipped_letters())
        for model in self._networks.unkept:
            action = self._add(f"{model.name} (not saved yet)", model, model is self._networks.model)
            action.triggered.connect(self._on_unkept_chosen)
        entries = self._networks.entries()
        for entry in entries[:_MOST]:
            self._add_file(entry.title, entry.path)
        self.addSeparator()
        self.addActions(self._standing)

    def _add_file(self, title: str, path: Path) -> None:
        self._add(title, path, self._networks.is_current(path)).triggered.connect(self._on_file_chosen)

    def _add(self, title: str, data: object, is_current: bool) -> QAction:
        action = self.addAction(button_text(title))
        # Without one of its own, Qt shows the text, and takes it for HTML where it looks so.
        action.setToolTip(tool_tip(title))
        action.setData(data)
        action.setCheckable(True)
        action.setChecked(is_current)
        if self._group is not None:
            self._group.addAction(action)
        return action

    def _on_file_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._networks.use_file(action.data())

    def _on_unkept_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._networks.use(action.data(), None)
