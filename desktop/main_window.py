"""Main window: builds the panels and makes the connections between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from desktop import file_dialogs
from desktop.actions import Actions, build_toolbar
from desktop.canvas import Canvas
from desktop.collection import Collection
from desktop.desk import Desk
from desktop.digit_marks import DigitMarks
from desktop.engine_loader import EngineLoader
from desktop.error_dialog import ErrorDialog
from desktop.folders import data_folder, refusal
from desktop.guest_switch import GuestSwitch
from desktop.guests import Guests
from desktop.keeping import Keeping
from desktop.labelling import Labeller
from desktop.learning.teaching import Teaching
from desktop.live_reader import LiveReader
from desktop.model_library import ModelLibrary
from desktop.network_menu import NetworkMenu
from desktop.networks import Networks
from desktop.notice_bar import NoticeBar
from desktop.panels import Panels
from desktop.prediction_panel import PredictionPanel
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.training_panel import TrainingPanel
from desktop.training_session import TrainingSession
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.classifier import Reading
    from engine.device import DeviceChoice
    from engine.model import Model

_PAUSE_MS = 300
_MARGIN = 16
_LEAST_WIDTH, _LEAST_HEIGHT = 900, 560
_LEAST_TITLE_WIDTH, _TITLE_WIDTH = 40, 280


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
        self._told_unkept: list[Model] = []
        self._has_stopped_to_close = False
        self.setWindowTitle("Scratchpad")
        self.canvas = Canvas()
        self._marks = DigitMarks(self.canvas)
        self.prediction = PredictionPanel()
        self.training = TrainingPanel()
        self.notice = NoticeBar()
        self.networks = Networks(ModelLibrary(data_folder() / "networks"), settings, self)
        self.keeping = Keeping(data_folder(), self)
        self.keeping.notice_given.connect(self.notice.add)
        self.reader = LiveReader(self.canvas, self)
        self.collection = Collection(self.keeping, self)
        self.labeller = Labeller(self.canvas, self.reader, self.collection, self)
        self.session = TrainingSession(
            self.training, self.reader, self.networks, self.keeping, settings, self
        )
        self._actions = Actions(self)
        self._network_menu = NetworkMenu(self.networks, self)
        self._toolbar, self._network_button = build_toolbar(self, self._actions, self._network_menu)
        self._lay_out()
        self._switch = GuestSwitch(self._panels, theme.colours, self)
        self._switch.left.connect(self.canvas.setFocus)
        desk = Desk(
            self.canvas,
            self.prediction,
            self.training,
            self.reader,
            self.networks,
            self.session,
            self.keeping,
            self.collection,
            self.labeller,
            settings,
        )
        self._guests = Guests(self._switch, self._actions, desk)
        self._guests.digit_shown.connect(self._status.setText)
        self._teaching = Teaching(self._actions, desk, theme.colours, self._bands, self)
        self._teaching.notice_given.connect(self.notice.tell)
        self._teaching.pad_wanted.connect(self._switch.dismiss)
        self._connect_pad()
        self._connect_labels()
        self._connect_networks()
        self._connect_training()
        self._restore()
        self._on_colours_changed()
        self.prediction.set_waiting(True, False)
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
        self.setCentralWidget(middle)
        self._status = QLabel("The network is waking up")
        self._network_figures = QLabel()
        self._data_state = QLabel()
        self._device_state = QLabel()
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._status, 1)
        for label in (self._network_figures, self._data_state, self._device_state):
            bar.addPermanentWidget(label)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def _connect_pad(self) -> None:
        actions, canvas, stack = self._actions, self.canvas, self.canvas.undo_stack
        actions.clear.triggered.connect(canvas.clear)
        actions.undo.triggered.connect(stack.undo)
        actions.redo.triggered.connect(stack.redo)
        stack.canUndoChanged.connect(actions.undo.setEnabled)
        stack.canRedoChanged.connect(actions.redo.setEnabled)
        actions.paste.triggered.connect(canvas.paste)
        actions.copy.triggered.connect(canvas.copy)
        actions.copy_number.triggered.connect(self._on_copy_number_requested)
        actions.open.triggered.connect(self._on_open_requested)
        actions.save.triggered.connect(self._on_save_requested)
        actions.random.triggered.connect(self._on_random_requested)
        for action in (actions.undo, actions.redo, actions.random):
            action.setEnabled(False)
        canvas.picture_refused.connect(self.notice.tell)
        canvas.ink_changed.connect(self._on_ink_changed)
        canvas.opening_changed.connect(self._on_opening_changed)
        canvas.step_requested.connect(self.reader.step)
        self.prediction.digit_stepped.connect(self.reader.step)
        self.prediction.digit_selected.connect(self.reader.select)
        self.reader.number_completed.connect(self._on_number_completed)
        self.reader.reading_cleared.connect(self._on_reading_cleared)
        self.reader.reading_refused.connect(self._on_reading_refused)

    def _connect_labels(self) -> None:
        labeller, labels, undo = self.labeller, self.prediction.labels, self._actions.undo_label
        self.canvas.digit_typed.connect(labeller.label)
        labels.digit_chosen.connect(labeller.label)
        labels.undo_requested.connect(labeller.take_back)
        undo.triggered.connect(labeller.take_back)
        labeller.refused.connect(self.notice.tell)
        labeller.state_changed.connect(self._on_label_changed)

    def _connect_networks(self) -> None:
        actions = self._actions
        actions.open_network.triggered.connect(self._on_open_network_requested)
        actions.save_network.triggered.connect(self._on_save_network_requested)
        actions.former_network.triggered.connect(self.networks.use_former)
        actions.shipped_network.triggered.connect(self.networks.use_shipped)
        self._network_menu.add_actions(actions)
        self.networks.network_changed.connect(self._on_network_changed)
        self.networks.network_refused.connect(self.notice.tell)

    def _connect_training(self) -> None:
        actions = self._actions
        actions.train.triggered.connect(self.training.request_training)
        actions.stop.triggered.connect(self.session.stop)
        actions.about.triggered.connect(self._on_about_requested)
        actions.full_screen.toggled.connect(self._on_full_screen_toggled)
        actions.quit.triggered.connect(self.close)
        actions.appearance.triggered.connect(self._on_appearance_chosen)
        self.session.status_changed.connect(self._status.setText)
        self.session.data_state_changed.connect(self._data_state.setText)
        self.session.device_changed.connect(self._on_device_changed)
        self.canvas.ink_changed.connect(self.session.trainer.leave_a_core)
        self.session.notice_given.connect(self.notice.tell)
        self.notice.details_requested.connect(self._on_details_requested)
        self._theme.colours_changed.connect(self._on_colours_changed)

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.geometry):
            self.resize(1280, 800)
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
        self._status.setText("Ready")
        if note:
            self.notice.add(note)
        self._actions.random.setEnabled(True)
        self._switch.set_available()
        self._teaching.set_available()
        self._actions.runs.setEnabled(True)
        self.prediction.set_guests_available()
        self.became_ready.emit()

    def _on_device_found(self, device: DeviceChoice) -> None:
        """The plot takes a tenth of a second to import: not while someone draws, nor as soon as all is ready.

        Whoever waited for the first reading draws at once, and X11 drops the moves of a pen that nobody
        follows.
        """
        QTimer.singleShot(_PAUSE_MS, self, lambda: self._open_session(device))

    def _open_session(self, device: DeviceChoice) -> None:
        if self.canvas.is_drawing:
            self._on_device_found(device)
        else:
            self.keeping.open()  # first: a training that was asked for begins with the session
            self.session.open(device)

    def _on_engine_failed(self, sentence: str, details: str) -> None:
        self._status.setText("No network")
        self.notice.add(sentence, details)

    def _on_label_changed(self) -> None:
        labeller = self.labeller
        self.prediction.labels.set_label(labeller.label_in_force, labeller.is_kept, labeller.can_take_back)
        self._actions.undo_label.setEnabled(labeller.is_kept and labeller.can_take_back)

    def _on_ink_changed(self) -> None:
        self.prediction.labels.set_available(not self.canvas.is_empty)
        if not self.reader.is_ready:
            self.prediction.set_waiting(True, not self.canvas.is_empty)

    def _on_number_completed(self, readings: tuple[Reading, ...], selected: int) -> None:
        self.prediction.set_readings(readings, selected)
        number = self.reader.number
        if number is not None:
            self._marks.set_boxes(number.boxes, selected, number.found is not None)

    def _on_reading_refused(self, sentence: str) -> None:
        """Said beside the pad; while the pen moves, a notice with every move would be too much."""
        self.prediction.set_refused(sentence)
        if self.canvas.picture is not None:
            self.notice.tell(sentence)

    def _on_opening_changed(self, is_opening: bool) -> None:
        self._status.setText("Reading a large picture…" if is_opening else "Ready")

    def _on_copy_number_requested(self) -> None:
        text = self.reader.text
        if text:
            QGuiApplication.clipboard().setText(text)
        self._status.setText(f"Copied {text}" if text else "There is no number to copy: draw one first")

    def _on_reading_cleared(self) -> None:
        self._marks.set_boxes((), 0, False)
        self.prediction.set_waiting(not self.reader.is_ready, not self.canvas.is_empty)

    def _on_network_changed(self, model: Model) -> None:
        self.reader.use_model(model)
        self._show_network_title()
        test, validation = model.provenance.test_accuracy, model.provenance.validation_accuracy
        figure = test if test is not None else validation
        kind = "MNIST test" if test is not None else "validation"
        self._network_figures.setText("" if figure is None else f"{kind} {100 * figure:.1f} %")
        self._network_figures.setToolTip(f"{model.name}: trained on {model.provenance.data}")
        self._actions.former_network.setEnabled(bool(self.networks.former_title))
        self._actions.shipped_network.setEnabled(not self.networks.is_shipped)

    def _show_network_title(self) -> None:
        """A long name gives way where the toolbar would lose a button to it, and at last goes altogether."""
        button, title = self._network_button, self.networks.title
        button.setText("Network  ")
        room = min(_TITLE_WIDTH, self.width() - self._toolbar.sizeHint().width())
        shown = button.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        button.setText(f"Network  {shown}" if room >= _LEAST_TITLE_WIDTH else "Network")
        button.setToolTip(f"{title or 'No network'} reads; choose another one")

    def _on_device_changed(self, name: str, reason: str) -> None:
        self._device_state.setText(name)
        self._device_state.setToolTip(reason)

    def open_file(self, path: Path) -> None:
        """Open a picture or drawing on the pad, or a network to read with."""
        if path.suffix.lower() not in file_dialogs.NETWORK_SUFFIXES:
            self.canvas.open_file(path)
        elif self.reader.is_ready:
            self._open_network(path)
        else:
            # Asked for at the start: it is opened as soon as there is an engine to open it with.
            self.became_ready.connect(lambda: self._open_network(path))

    def _open_network(self, path: Path) -> None:
        former = self.networks.model
        self.networks.import_file(path)
        if self.networks.model is not former:
            self._status.setText(f"Reading with {self.networks.title}, from {path.name}")

    def _on_open_requested(self) -> None:
        path = file_dialogs.open_drawing(self)
        if path is not None:
            self.open_file(path)

    def _on_save_requested(self) -> None:
        path = file_dialogs.save_drawing(self)
        if path is None:
            return
        try:
            self.canvas.save_png(path)
        except ScratchpadError as error:
            self.notice.tell(str(error))
        else:
            self._status.setText(f"Saved {path.name}")

    def _on_random_requested(self) -> None:
        from random import SystemRandom

        from engine.handwriting import random_ink

        chance = SystemRandom()
        self.canvas.put_ink(random_ink(chance.randrange(10), chance.randrange(2**31)), "Random digit")

    def _on_open_network_requested(self) -> None:
        path = file_dialogs.open_network(self)
        if path is not None:
            self._open_network(path)

    def _on_save_network_requested(self) -> None:
        path = file_dialogs.save_network(self)
        if path is not None and self.networks.save_as(path):
            self._status.setText(f"Saved {path.name}")

    def _on_appearance_chosen(self, choice: QAction) -> None:
        self._settings.appearance = choice.data()
        self._theme.choose(choice.data())

    def _on_colours_changed(self) -> None:
        colours = self._theme.colours
        self.canvas.set_colours(colours.pad, colours.ink, colours.pad_text)
        self.prediction.set_colours(colours)
        self.session.set_colours(colours)
        self._switch.set_colours(colours)
        self._teaching.set_colours(colours)

    def _on_full_screen_toggled(self, is_full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if is_full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _on_about_requested(self) -> None:
        from desktop.about_dialog import AboutDialog

        dialog = AboutDialog(*self.session.device, self)
        dialog.folder_refused.connect(self.notice.tell)
        dialog.show()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether pad and lesson both have room, and the network's name."""
        super().resizeEvent(event)
        if self.networks.title:
            self._show_network_title()
        self._panels.fit_window()

    def showEvent(self, event: QShowEvent) -> None:
        """The pad has the keyboard at first, so that Delete and paste work at once."""
        super().showEvent(event)
        if not event.spontaneous():
            self.canvas.setFocus()

    def _may_close(self) -> bool:
        """Whether what was learnt is in files, or the user was told that it is not and closes once more."""
        may_stop = self.session.trainer.is_running and not self._has_stopped_to_close
        if may_stop and refusal(self.networks.library.folder):
            self._has_stopped_to_close = True
            self.session.stop()
            self.notice.tell("Not closed yet: what was learnt so far can be kept in no file.")
            return False
        self.networks.keep_rest()
        unkept, told = self.networks.unkept, self._told_unkept
        if all(any(model is other for other in told) for model in unkept):
            return True
        self._told_unkept = unkept
        names = " and ".join(f"“{model.name}”" for model in unkept)
        self.notice.tell(
            f"Not closed yet: {names} could not be kept and would be lost. Choose More, Save network as…, or "
            "close once more to let go of it."
        )
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, keep what was learnt, remember the window."""
        if not self._may_close():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        if not self._panels.has_guest:
            self._settings.splitter = self._panels.saveState()
        self.hide()
        self.canvas.close_opener()
        self._switch.close()
        self._teaching.close()
        self.session.close()
        self.keeping.close()
        if self._loader is not None:
            self._loader.wait()
        self._settings.save()
        super().closeEvent(event)
