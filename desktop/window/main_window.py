"""Main window: builds the panels and makes the connections between them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from desktop.help.first_steps_controller import FirstStepsController
from desktop.networks.model_library import ModelLibrary
from desktop.networks.networks import Networks
from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from desktop.pad.document_opener import DocumentOpener
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.reading.panel import PredictionPanel
from desktop.services.collection import Collection
from desktop.services.folders import data_folder
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.training.panel import TrainingPanel
from desktop.training.unfinished_offer import UnfinishedOffer
from desktop.widgets.actions import Actions, build_toolbar
from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine
from desktop.widgets.small_widgets import ScrolledArea
from desktop.widgets.theme import Theme
from desktop.window.central_widget import CentralWidget
from desktop.window.close_guard import CloseGuard
from desktop.window.engine_start import EngineStart
from desktop.window.files.file_opener import FileOpener
from desktop.window.focus_keeper import FocusKeeper
from desktop.window.network_controller import NetworkController
from desktop.window.pad_controller import PadController
from desktop.window.program_controller import ProgramController
from desktop.window.side_view_factories import side_view_factories
from desktop.window.side_views import SideViews
from desktop.window.tab_order import follows_tab_order, next_stop
from desktop.window.teaching.teaching import Teaching
from desktop.window.training_status import TrainingStatus
from desktop.window.view_switch import ViewSwitch
from desktop.window.window_fit import WindowFit
from desktop.window.window_memory import WindowMemory


class MainWindow(QMainWindow):
    """The one window: pad, reading, training.

    Signals:
        became_ready: The first network is there; told once.
    """

    became_ready = Signal()

    def __init__(self, settings: Settings, theme: Theme) -> None:
        theme.zoom_to(settings.zoom)
        super().__init__()
        self._settings, self._theme = settings, theme
        self.setWindowTitle("Scratchpad")
        # Qt's windows follow the pointer for the edges of docks, of which there are none.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)
        self.notice, self.status = NoticeBar(), StatusLine(self)
        self._make_panels()
        # What was said before is over, what an action says of itself stays.
        self._actions = Actions(self, before_each=self.status.expire)
        self._lay_out()
        self._make_controllers()
        self._make_pages()
        FocusKeeper(self, self.canvas)
        self._theme.colours_changed.connect(self._on_colours_changed)
        self._memory.restore()
        self._on_colours_changed()
        if settings.notice:
            self.notice.show_notice(settings.notice)

    def _make_panels(self) -> None:
        """The pad, its reading and the training, and what leads each of them."""
        self.networks = Networks(ModelLibrary(data_folder() / "networks"), self._settings, self)
        self.store_service = StoreService(data_folder(), self)
        self.store_service.notice_given.connect(self.notice.add)
        self.collection = Collection(self.store_service, self)
        self._unfinished = UnfinishedOffer(self.store_service, self.networks, self._settings, self)
        self._unfinished.offered.connect(lambda sentence, offers: self.notice.add(sentence, offers=offers))
        self.document = PadDocument(self)
        self.canvas = Canvas(self.document)
        self.prediction = PredictionPanel()
        self.training = TrainingPanel()
        self._opener = DocumentOpener(self.document, self)
        self.reader = LiveReader(self.document, self)
        self.labeller = Labeller(self.document, self.reader, self.collection, self)
        self.training_controller = TrainingController(
            self.training, self.reader, self.networks, self.store_service, self._settings, self
        )
        self.document.changed.connect(self.training_controller.trainer.leave_a_core)
        self.collection.counts_changed.connect(self.training_controller.drawings.show_counts)

    def _make_controllers(self) -> None:
        """What ties the panels to actions, status line and notices."""
        actions, status, notice = self._actions, self.status, self.notice
        self._close_guard = CloseGuard(self.networks, self.training_controller, notice, self.store_service)
        self._engine_start = EngineStart(
            self.networks, self.store_service, self.training_controller, status, notice, self
        )
        self._engine_start.network_came.connect(self._on_network_came)
        self._network_controller = NetworkController(
            actions, self.networks, self.reader, status, notice, self._settings
        )
        self._toolbar, button = build_toolbar(self, actions, self._network_controller.menu)
        self._network_controller.set_button(self._toolbar, button)
        self._pad_controller = PadController(
            actions=actions,
            canvas=self.canvas,
            opener=self._opener,
            reader=self.reader,
            labeller=self.labeller,
            prediction=self.prediction,
            status=status,
            notice=notice,
        )
        self._panels.pad_shown_changed.connect(self._pad_controller.set_pad_shown)
        TrainingStatus(actions, self.training, self.training_controller, status, notice)
        self._program_controller = ProgramController(
            window=self,
            actions=actions,
            settings=self._settings,
            theme=self._theme,
            training_controller=self.training_controller,
            restore_window=self._memory.restore,
            fit=self._fit,
            panels=self._panels,
            status=status,
            notice=notice,
        )

    def _make_pages(self) -> None:
        """What is shown beside the pad or in its place, above it, and what files are opened with."""
        self._switch = ViewSwitch(self._panels, self._theme.colours, self)
        self._switch.left.connect(self.canvas.setFocus)
        self._side_views = SideViews(
            switch=self._switch,
            actions=self._actions,
            factories=side_view_factories(
                actions=self._actions,
                document=self.document,
                reader=self.reader,
                labeller=self.labeller,
                prediction=self.prediction,
                training=self.training,
                training_controller=self.training_controller,
                networks=self.networks,
                collection=self.collection,
                store_service=self.store_service,
                settings=self._settings,
            ),
            canvas=self.canvas,
            prediction=self.prediction,
            training=self.training,
            store_service=self.store_service,
        )
        self._side_views.digit_shown.connect(self.status.show_message)
        self._program_controller.settings_restored.connect(self._side_views.show_settings)
        self._make_teaching()
        if self._settings.shows_first_steps:
            bands, training = self._central.bands, self.training_controller
            FirstStepsController(bands, self._actions, self.reader, training, self._settings, self)
        self._files = FileOpener(
            actions=self._actions,
            canvas=self.canvas,
            opener=self._opener,
            open_network=self._network_controller.open_file,
            training=self.training_controller,
            side_views=self._side_views,
        )
        self._files.pad_wanted.connect(self._switch.dismiss)
        self._side_views.files_dropped.connect(self._files.take)
        self.training.files_dropped.connect(self._files.take_to_train_on)
        self._booth.files_dropped.connect(self._files.take)

    def _make_teaching(self) -> None:
        """Learning from drawings, practice, signs of the user's own, and the booth."""
        self._teaching = teaching = Teaching(
            actions=self._actions,
            canvas=self.canvas,
            reader=self.reader,
            labeller=self.labeller,
            labels=self.prediction.labels,
            networks=self.networks,
            collection=self.collection,
            store_service=self.store_service,
            training_controller=self.training_controller,
            settings=self._settings,
            bands=self._central.bands,
            colours=self._theme.colours,
            window=self,
        )
        self._learning, self._practice, self._signs = teaching.learning, teaching.practice, teaching.signs
        self._booth = teaching.booth
        teaching.notice_given.connect(self.notice.show_notice)
        teaching.pad_wanted.connect(self._switch.dismiss)

    def _lay_out(self) -> None:
        # On a screen that is smaller than all panels need at least, what there is no room for is scrolled to.
        area = ScrolledArea(self)
        self.setCentralWidget(area)
        self._central = CentralWidget(self.canvas, self.prediction, self.training, self.notice, area.room)
        self._panels = self._central.panels
        area.fill(self._central)
        self.setStatusBar(self.status)
        self._fit = WindowFit(self)
        self._memory = WindowMemory(self, self._fit, self._panels, self._settings)

    def load_engine(self) -> None:
        """Import PyTorch and read the network in a thread; drawing goes on meanwhile."""
        self._engine_start.begin(self._settings.device)

    def _on_network_came(self) -> None:
        self._pad_controller.set_available()
        self._side_views.set_available()
        self._teaching.set_available()
        self._files.set_available()
        self.became_ready.emit()

    def open_file(self, path: Path) -> None:
        """Open a picture or drawing on the pad, a network to read with, or whatever else can be opened."""
        self._files.open_file(path)

    def _on_colours_changed(self) -> None:
        colours = self._theme.colours
        self.canvas.set_colours(colours, colours.window)
        for part in (self.prediction, self.training_controller, self._switch, self._teaching):
            part.set_colours(colours)

    def come_forward(self, files: list[Path]) -> None:
        """Another start was asked for: show this window instead, and open what that one was to open."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if not files:
            self.notice.show_notice("Scratchpad was already open; this is its window.", stays=False)
        for file in files:
            self.open_file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as it does in dialogs.

        Escape closes what is open, the notice first and a side view or page next, and only then clears.
        """
        key, focused = event.key(), self.focusWidget()
        if key == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.notice.hide()
        elif key == Qt.Key.Key_Escape:
            if not self._switch.dismiss() and self.canvas.hasFocus():
                self.document.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Tab goes through what there is now: pages and plots are made when they are wanted."""
        parts = [self._toolbar, *self._central.parts]
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
        """Stop what runs, keep what was learned, remember the window."""
        if not self._close_guard.may_close():
            event.ignore()
            return
        self._memory.remember()
        self.hide()
        for part in (self._opener, self._network_controller, self._switch, self._teaching):
            part.close()
        for other in (self.training_controller, self.store_service, self._engine_start):
            other.close()
        self._settings.save()
        super().closeEvent(event)
