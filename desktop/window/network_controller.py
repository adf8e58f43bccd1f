"""Network controller: which network reads, said in the toolbar and the status line, and its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QToolBar, QToolButton

from desktop.dialogs import file_dialogs
from desktop.dialogs.assumption_dialog import AssumptionDialog
from desktop.dialogs.front_window import front_window
from desktop.networks.network_opener import UNEXPECTED, Opening, open_file
from desktop.networks.networks import Networks
from desktop.reading.live_reader import LiveReader
from desktop.services.background_task import BackgroundTask
from desktop.settings.settings import Settings
from desktop.widgets.actions import Actions
from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine
from desktop.widgets.text.plain_text import button_text, tool_tip
from desktop.widgets.zoom.lengths import scaled
from desktop.window.network_menu import NetworkMenu
from engine.data.sources import test_set_title
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from engine.models.model import Model

_NETWORK = "network"
_LEAST_TITLE_WIDTH, _TITLE_WIDTH = 40, 280


class NetworkController(QObject):
    """Ties the networks to the actions, the menu and the button that are about them."""

    def __init__(
        self,
        actions: Actions,
        networks: Networks,
        reader: LiveReader,
        status: StatusLine,
        notice: NoticeBar,
        settings: Settings,
    ) -> None:
        super().__init__(networks)
        self._actions, self._networks, self._reader, self._status = actions, networks, reader, status
        self._settings = settings
        self._task = BackgroundTask(UNEXPECTED, self)
        self._task.completed.connect(self._on_opened)
        self._task.refused.connect(networks.network_refused)
        self._task.busy_changed.connect(self._on_busy_changed)
        self._dialog: AssumptionDialog | None = None
        self.menu = NetworkMenu(networks, status)
        self._toolbar: QToolBar | None = None
        self._button: QToolButton | None = None
        actions.open_network.triggered.connect(self._on_open_requested)
        actions.save_network.triggered.connect(self._on_save_requested)
        actions.former_network.triggered.connect(networks.use_former)
        actions.shipped_network.triggered.connect(networks.use_shipped)
        self.menu.add_actions(actions)
        networks.network_changed.connect(self._on_network_changed)
        networks.network_refused.connect(lambda sentence: notice.show_notice(sentence, about=_NETWORK))
        self._notice = notice

    def open_file(self, path: Path) -> None:
        """Read with a network from a file as soon as it is read, and say so."""
        folder = self._settings.mnist_folder
        self._task.begin(lambda is_cancelled: open_file(path, folder, is_cancelled))

    def close(self) -> None:
        """The window closes: give up what is being opened."""
        self._task.close()
        if self._dialog is not None:
            self._dialog.reject()

    def _on_busy_changed(self, is_busy: bool) -> None:
        self._status.show_message("Opening the network…" if is_busy else "Ready")

    def _on_opened(self, opening: Opening) -> None:
        """Use it, or ask first how it is to be taken."""
        if self._dialog is not None:
            self._dialog.reject()
        if not opening.is_assumed:
            self._adopt(opening.model, opening.path)
            return
        self._dialog = AssumptionDialog(opening, front_window(self._status.window()))
        self._dialog.finished.connect(self._on_asked)
        self._dialog.open()

    def _on_asked(self, result: int) -> None:
        from engine.models.assumptions import assume

        dialog, self._dialog = self._dialog, None
        if dialog is not None and result == AssumptionDialog.DialogCode.Accepted:
            self._adopt(assume(dialog.opening.model, dialog.assumption), dialog.opening.path)

    def _adopt(self, model: Model, path: Path) -> None:
        self._networks.adopt(model, path)
        self._status.show_message(f"Using {self._networks.title}, from {plain_name(path.name)}")

    def set_button(self, toolbar: QToolBar, button: QToolButton) -> None:
        """Name the network on this button of the toolbar from now on."""
        self._toolbar, self._button = toolbar, button

    def show_title(self) -> None:
        """A long name gives way where the toolbar would lose a button to it, and at last goes altogether."""
        toolbar, button, title = self._toolbar, self._button, plain_name(self._networks.title)
        if toolbar is None or button is None or not title:
            return
        _set_text(toolbar, button, "&Network  ")
        width = min(scaled(_TITLE_WIDTH), toolbar.window().width() - toolbar.sizeHint().width())
        shown = button.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, width)
        _set_text(
            toolbar,
            button,
            f"&Network  {button_text(shown)}" if width >= scaled(_LEAST_TITLE_WIDTH) else "&Network",
        )
        button.setToolTip(tool_tip(f"{title} is in use; click to choose another"))

    def _on_network_changed(self, model: Model) -> None:
        self._status.expire()
        self._notice.settle(_NETWORK)
        self._reader.use_model(model)
        self.show_title()
        test, validation = model.provenance.test_accuracy, model.provenance.validation_accuracy
        figure = test if test is not None else validation
        kind = test_set_title(model.provenance.data, model.classes) if test is not None else "validation"
        self._status.set_figures(
            "" if figure is None else f"{kind} {100 * figure:.1f} %",
            f"{model.name}: trained on {model.provenance.data}",
        )
        self._actions.former_network.setEnabled(bool(self._networks.former_title))
        self._actions.shipped_network.setEnabled(not self._networks.is_shipped)

    def _on_open_requested(self) -> None:
        path = file_dialogs.open_network(self._status.window())
        if path is not None:
            self.open_file(path)

    def _on_save_requested(self) -> None:
        path = file_dialogs.save_network(self._status.window())
        if path is not None and self._networks.save_as(path):
            self._status.show_message(f"Saved {path.name}")


def _set_text(toolbar: QToolBar, button: QToolButton, text: str) -> None:
    """The toolbar is told by hand: a button that it has hidden for want of room says nothing of its size."""
    button.setText(text)
    layout = toolbar.layout()
    if layout is not None:
        layout.invalidate()
