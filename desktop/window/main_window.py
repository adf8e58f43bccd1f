"""Main window: builds the panels and makes the connections between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs import file_dialogs
from desktop.dialogs.error_dialog import ErrorDialog
from desktop.help.first_steps_controller import FirstStepsController
from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.reading.panel import PredictionPanel
from desktop.services.collection import Collection
from desktop.services.engine_loader import EngineLoader
from desktop.services.folders import data_folder
from desktop.services.model_library import ModelLibrary
from desktop.services.networks import Networks
from desktop.services.settings import Settings
from desktop.services.store_service import StoreService
from desktop.training.controller import TrainingController
from desktop.training.panel import TrainingPanel
from desktop.training.unfinished_offer import UnfinishedOffer
from desktop.widgets.actions import Actions, build_toolbar
from desktop.widgets.focus_keeper import FocusKeeper
from desktop.widgets.notice_bar import NoticeBar
from desktop.widgets.small_widgets import scrolled
from desktop.widgets.status_line import StatusLine
from desktop.widgets.theme import Theme
from desktop.window.close_guard import CloseGuard
from desktop.window.file_router import FileRouter
from desktop.window.network_controller import NetworkController
from desktop.window.pad_controller import PadController
from desktop.window.side_views import SideViews
from desktop.window.splitter import Panels
from desktop.window.tab_order import follows_tab_order, next_stop
from desktop.window.teaching_controller import TeachingController
from desktop.window.view_switch import ViewSwitch
from desktop.window.window_fit import WindowFit
from engine.files.file_kinds import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.models.model import Model
    from engine.training.device import DeviceChoice

_T = TypeVar("_T")
_MARGIN = 16
_TRAINING = "training"


class MainWindow(QMainWindow):
    """The one window: pad, reading, training.

    Signals:
        became_ready: The first network is there; told once.
    """

    became_ready = Signal()

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._loader: EngineLoader | None = None
        self._is_training = False
        self.setWindowTitle("Scratchpad")
        self.canvas = Canvas()
        self.prediction = PredictionPanel()
        self.training = TrainingPanel()
        self.notice = NoticeBar()
        self.status = StatusLine()
        self.networks = Networks(ModelLibrary(data_folder() / "networks"), settings, self)
        self.store_service = StoreService(data_folder(), self)
        self.store_service.notice_given.connect(self.notice.add)
        self.store_service.recovery_progressed.connect(self._on_recovery_progressed)
        self.reader = LiveReader(self.canvas, self)
        self.collection = Collection(self.store_service, self)
        self.labeller = Labeller(self.canvas, self.reader, self.collection, self)
        self.training_controller = TrainingController(
            self.training, self.reader, self.networks, self.store_service, settings, self
        )
        self._close_guard = CloseGuard(
            self.networks, self.training_controller, self.notice, self.store_service
        )
        self._actions = Actions(self)
        for action in self.actions():
            # First of all that follows: what was said before is over, what is said now stays.
            action.triggered.connect(self.status.expire)
        self._lay_out()
        self._network_controller = NetworkController(
            self._actions, self.networks, self.reader, self.status, self.notice, settings
        )
        self._toolbar, button = build_toolbar(self, self._actions, self._network_controller.menu)
        self._network_controller.set_button(self._toolbar, button)
        desk = Desk(
            self.canvas,
            self.prediction,
            self.training,
            self.reader,
            self.networks,
            self.training_controller,
            self.store_service,
            self.collection,
            self.labeller,
            settings,
        )
        self._pad_controller = PadController(self._actions, desk, self.status, self.notice)
        self._switch = ViewSwitch(self._panels, theme.colours, self)
        self._switch.left.connect(self.canvas.setFocus)
        self._side_views = SideViews(self._switch, self._actions, desk)
        self._side_views.digit_shown.connect(self.status.tell)
        self._teaching = TeachingController(self._actions, desk, theme.colours, self._bands, self)
        self._teaching.notice_given.connect(self.notice.tell)
        self._teaching.pad_wanted.connect(self._switch.dismiss)
        if settings.shows_first_steps:
            FirstStepsController(
                self._bands, self._actions, self.reader, self.training_controller, settings, self
            )
        self._router = FileRouter(
            {
                FileKind.PICTURE: lambda paths: self._open_picture(paths[0]),
                FileKind.NETWORK: lambda paths: self._when_ready(
                    self._network_controller.open_file, paths[0]
                ),
                FileKind.DRAWINGS: lambda paths: self._when_ready(self._side_views.import_drawings, paths),
                FileKind.MNIST: lambda paths: self._when_ready(
                    self.training_controller.mnist.use_folder, paths[0]
                ),
            },
            self,
        )
        self.canvas.files_dropped.connect(self._router.take)
        self._panels.pad_shown_changed.connect(self._pad_controller.set_pad_shown)
        self._unfinished = UnfinishedOffer(self.store_service, self.networks, settings, self)
        self._unfinished.offered.connect(lambda sentence, offers: self.notice.add(sentence, offers=offers))
        FocusKeeper(self, self.canvas)
        self._connect_training()
        self._connect_window()
        self._restore()
        self._on_colours_changed()
        if settings.notice:
            self.notice.tell(settings.notice)

    def _lay_out(self) -> None:
        self._panels = Panels(self.canvas, self.prediction, self.training, _MARGIN)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        self._bands = QVBoxLayout()
        self._bands.setSpacing(8)
        column.addLayout(self._bands)
        column.addWidget(self._panels, 1)
        column.addWidget(self.notice)
        # On a screen that is smaller than all panels need at least, what there is no room for is scrolled to.
        self.setCentralWidget(scrolled(middle))
        self.setStatusBar(self.status)
        self._fit = WindowFit(self, least=QSize(900, 560), first=QSize(1280, 800))

    def _connect_training(self) -> None:
        controller, actions = self.training_controller, self._actions
        actions.train.triggered.connect(self.training.request_training)
        actions.stop.triggered.connect(controller.stop)
        controller.status_changed.connect(self._on_training_status)
        controller.data_state_changed.connect(self.status.set_data)
        controller.device_changed.connect(self.status.set_device)
        controller.notice_given.connect(
            lambda sentence, details: self.notice.tell(sentence, details, about=_TRAINING)
        )
        controller.choice_offered.connect(
            lambda sentence, offers: self.notice.tell(sentence, about=_TRAINING, offers=offers)
        )
        controller.data_state_changed.connect(lambda _words: self.notice.settle(_TRAINING))
        controller.running_changed.connect(self._on_running_changed)
        self.canvas.ink_changed.connect(controller.trainer.leave_a_core)

    def _connect_window(self) -> None:
        actions = self._actions
        actions.open.triggered.connect(self._on_open_requested)
        actions.paste.triggered.connect(self._on_paste_requested)
        actions.about.triggered.connect(self._on_about_requested)
        actions.restore_settings.triggered.connect(self._on_restore_requested)
        actions.full_screen.toggled.connect(self._on_full_screen_toggled)
        actions.quit.triggered.connect(self.close)
        actions.appearance.triggered.connect(self._on_appearance_chosen)
        self.notice.details_requested.connect(self._on_details_requested)
        self._theme.colours_changed.connect(self._on_colours_changed)

    def _restore(self) -> None:
        self._fit.restore(self._settings.geometry)
        self._panels.restoreState(self._settings.splitter)
        for choice in self._actions.appearance.actions():
            choice.setChecked(choice.data() == self._settings.appearance)

    def load_engine(self) -> None:
        """Import PyTorch and read the network in a thread; drawing goes on meanwhile."""
        self._loader = EngineLoader(
            self.networks.wanted, self.networks.library.shipped(), self._settings.device, self
        )
        self._loader.engine_loaded.connect(self._on_engine_loaded)
        self._loader.device_found.connect(self._on_device_found)
        self._loader.engine_failed.connect(self._on_engine_failed)
        self._loader.start()

    def _on_engine_loaded(self, model: Model, path: Path, note: str) -> None:
        self.networks.use(model, path)
        self.status.set_state("Ready")
        if note:
            self.notice.add(note)
        self._pad_controller.set_available()
        self._switch.set_available()
        self._teaching.set_available()
        self._actions.runs.setEnabled(True)
        self.prediction.set_side_views_available()
        self.became_ready.emit()

    def _on_device_found(self, device: DeviceChoice) -> None:
        self.store_service.open()  # first: a training that was asked for begins with the training controller
        self.training_controller.open(device)

    def _on_recovery_progressed(self, share: float) -> None:
        self.status.tell(f"Recovering runs and drawings, {100 * share:.0f} %" if share < 1 else "Ready")

    def _on_running_changed(self, is_running: bool) -> None:
        """What went wrong the last time is no news any more."""
        self._is_training = is_running
        if is_running:
            self.notice.settle(_TRAINING)
        # What was said last is what goes on now; once it has ended, nothing does.
        self.status.set_state(self.status.text if is_running else "Ready")

    def _on_training_status(self, words: str) -> None:
        """While a run is under way this is how far it is, else what came of it."""
        if self._is_training:
            self.status.set_state(words)
        else:
            self.status.tell(words)

    def _on_engine_failed(self, sentence: str, details: str) -> None:
        self.status.set_state("No network")
        self.notice.add(sentence, details)

    def open_file(self, path: Path) -> None:
        """Open a picture or drawing on the pad, a network to read with, or whatever else can be opened."""
        self._router.take([path])

    def _open_picture(self, path: Path) -> None:
        self._show_pad()
        self.canvas.open_file(path)

    def _when_ready(self, take: Callable[[_T], None], what: _T) -> None:
        """Asked for at the start, a file is opened as soon as there is an engine to open it with."""
        if self.reader.is_ready:
            take(what)
        else:
            self.became_ready.connect(lambda: take(what))

    def _on_open_requested(self) -> None:
        path = file_dialogs.open_drawing(self)
        if path is not None:
            self.open_file(path)

    def _on_paste_requested(self) -> None:
        self._show_pad()
        self.canvas.paste()

    def _show_pad(self) -> None:
        """What comes onto the pad is seen: a page that stands in its place goes."""
        if self.canvas.isHidden():
            self._switch.dismiss()

    def _on_appearance_chosen(self, choice: QAction) -> None:
        self._settings.appearance = choice.data()
        self._theme.choose(choice.data())

    def _on_colours_changed(self) -> None:
        colours = self._theme.colours
        self.canvas.set_colours(colours.pad, colours.ink, colours.pad_text)
        self.prediction.set_colours(colours)
        self.training_controller.set_colours(colours)
        self._switch.set_colours(colours)
        self._teaching.set_colours(colours)

    def _on_full_screen_toggled(self, is_full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if is_full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _on_about_requested(self) -> None:
        from desktop.window.about_dialog import AboutDialog

        dialog = AboutDialog(*self.training_controller.device, self)
        dialog.folder_refused.connect(self.notice.tell)
        dialog.show()

    def _on_restore_requested(self) -> None:
        from desktop.dialogs.restore_dialog import RestoreDialog

        RestoreDialog(self, self._on_restore_confirmed).open()

    def _on_restore_confirmed(self) -> None:
        self._settings.restore_defaults()
        self._theme.choose(self._settings.appearance)
        self._restore()
        self._panels.forget_widths()
        self.training_controller.show_settings()
        self.status.tell("Default settings restored")

    def _on_details_requested(self, details: str) -> None:
        ErrorDialog(self.notice.text, details, self).show()

    def come_forward(self, files: list[Path]) -> None:
        """Another start was asked for: show this window instead, and open what that one was to open."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if not files:
            self.notice.tell("Scratchpad was open already: this is its window.", stays=False)
        for file in files:
            self.open_file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as it does in dialogs; Escape closes or clears."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._close_topmost()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _close_topmost(self) -> None:
        """Escape closes what is open, the notice first and a side view or page next, and only then clears."""
        if not self.notice.isHidden():
            self.notice.hide()
        elif not self._switch.dismiss() and self.canvas.hasFocus():
            self.canvas.clear()

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Tab goes through what there is now: pages and plots are made when they are wanted."""
        items = [self._bands.itemAt(index) for index in range(self._bands.count())]
        bands = [band for item in items if item is not None and (band := item.widget()) is not None]
        parts = [self._toolbar, *bands, *self._panels.parts, self.notice]
        stop = next_stop(self, parts, is_forward) if follows_tab_order() else None
        if stop is None:
            return super().focusNextPrevChild(is_forward)
        stop.setFocus(Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether pad and lesson both have room, and the network's name."""
        super().resizeEvent(event)
        self._network_controller.show_title()
        self._panels.fit_window()

    def showEvent(self, event: QShowEvent) -> None:
        """The pad has the keyboard at first, so that Delete and paste work at once."""
        super().showEvent(event)
        if not event.spontaneous():
            self.canvas.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, keep what was learnt, remember the window."""
        if not self._close_guard.may_close():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        if not self._panels.has_side_view:
            self._settings.splitter = self._panels.saveState()
        self.hide()
        self.canvas.close_opener()
        self._network_controller.close()
        self._switch.close()
        self._teaching.close()
        self.training_controller.close()
        self.store_service.close()
        if self._loader is not None:
            self._loader.wait()
        self._settings.save()
        super().closeEvent(event)
