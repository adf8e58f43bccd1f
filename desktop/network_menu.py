"""Network menu: the networks that were kept, the shipped one, and the way back."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.actions import Actions
from desktop.networks import Networks

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
        self._group = QActionGroup(self)
        shipped = self._networks.library.shipped()
        self._add("Shipped network", shipped)
        entries = self._networks.entries()
        for entry in entries[:_MOST]:
            self._add(entry.title, entry.path)
        self.addSeparator()
        self.addActions(self._standing)

    def _add(self, title: str, path: object) -> None:
        action = self.addAction(title.replace("&", "&&"))
        action.setData(path)
        action.setCheckable(True)
        action.setChecked(self._networks.is_current(path))
        action.triggered.connect(self._on_chosen)
        if self._group is not None:
            self._group.addAction(action)

    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._networks.use_file(action.data())
