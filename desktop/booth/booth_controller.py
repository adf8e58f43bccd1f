"""Booth controller: ties the booth's window to the network in use, to practice, and to the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.booth.booth_window import BoothWindow
from desktop.booth.idle_watch import COUNTDOWN_S, IdleWatch
from desktop.booth.visitor import Visitor
from desktop.learning.learning_controller import LearningController
from desktop.learning.practice_band import instruction
from desktop.learning.practice_controller import PracticeController
from desktop.learning.practice_keys import PracticeKeys
from desktop.networks.networks import Networks
from desktop.pad.document import PadDocument
from desktop.pad.document_opener import DocumentOpener
from desktop.reading.live_reader import LiveReader
from desktop.settings.settings import Settings
from desktop.training.training_lock import TrainingLock
from desktop.widgets.theme import Colours
from engine.store.drawings import VISITOR

if TYPE_CHECKING:
    from desktop.learning.learning_controller import LessonState
    from desktop.learning.practice_round import PracticeRound
    from desktop.learning.rehearsal_cache import RehearsalCache
    from engine.models.model import Model

TICK_MS = 100


class BoothController(QObject):
    """Lives as long as the main window, on top of which its own window is shown while the booth is open.

    The pad is the booth's own: what the owner was drawing stays on the other one, undo and all.

    Attributes:
        document: What the visitor draws.
        window: What the visitor sees.
        watch: How long nobody has done anything.
        practice: Collects the visitor's drawings.
        learning: Teaches them.
        visitor: What is known of whoever draws.

    Signals:
        files_dropped: Paths, of files that are no pictures and so not for the booth's pad.
    """

    files_dropped = Signal(object)

    def __init__(
        self,
        *,
        networks: Networks,
        settings: Settings,
        training_lock: TrainingLock,
        rehearsal_cache: RehearsalCache,
        owner_window: QWidget,
        colours: Colours,
        parent: QObject | None = None,
    ) -> None:
        """Make what the booth needs; `open` shows it.

        Args:
            networks: One of them is taught for the visitor, and given back.
            settings: Has the seconds after which the pad is cleared.
            training_lock: Taken while a visitor's network learns.
            rehearsal_cache: What networks see again while they learn.
            owner_window: The booth fills the screen that this one is on.
            colours: Of the appearance.
            parent: Of this object.
        """
        super().__init__(parent)
        self._networks, self._settings, self._owner_window = networks, settings, owner_window
        self.document = PadDocument(self)
        self.window = BoothWindow(self.document)
        self.window.set_colours(colours)
        self.watch = IdleWatch(settings.booth_idle_s)
        self._opener = DocumentOpener(self.document, self)
        self.visitor = Visitor(networks, self)
        self._reader = LiveReader(self.document, self)
        self.learning = LearningController(
            networks,
            self.visitor.drawings,
            settings,
            training_lock,
            rehearsal_cache,
            is_for_visitor=True,
            parent=self,
        )
        self.practice = PracticeController(
            self.document, self._reader, self.visitor.drawings, VISITOR, parent=self
        )
        PracticeKeys(self.practice, self.window.canvas)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.on_tick)
        self._connect()

    def _connect(self) -> None:
        window, practice, learning, document = self.window, self.practice, self.learning, self.document
        window.left.connect(self.leave)
        window.forget_requested.connect(self.forget)
        window.practice_requested.connect(self._on_practice_requested)
        window.idle_chosen.connect(self._on_idle_chosen)
        window.escaped.connect(document.clear)
        window.touched.connect(self.watch.touch)
        window.canvas.picture_dropped.connect(self._opener.drop)
        window.canvas.files_dropped.connect(self.files_dropped)
        self._opener.refused.connect(self._show_refusal)
        document.changed.connect(self._on_document_changed)
        document.stroke_completed.connect(self.watch.touch)
        self._reader.number_completed.connect(window.reading.show_number)
        self._reader.reading_cleared.connect(window.reading.clear)
        window.practice.back_requested.connect(practice.back)
        window.practice.skip_requested.connect(practice.skip)
        window.practice.leave_requested.connect(practice.leave)
        window.practice.keep_requested.connect(practice.keep)
        window.practice.again_requested.connect(practice.draw_again)
        window.practice.again_requested.connect(window.canvas.setFocus)
        practice.asked.connect(self._on_asked)
        practice.doubted.connect(self._on_doubted)
        practice.completed.connect(self._on_practice_completed)
        practice.left.connect(self._on_practice_left)
        practice.refused.connect(self._show_refusal)
        window.learning.stop_requested.connect(learning.stop)
        window.learning.return_requested.connect(self.forget)
        learning.state_changed.connect(self._on_lesson_changed)
        learning.lesson_ended.connect(self._on_lesson_ended)
        self._networks.network_changed.connect(self._on_network_changed)

    @property
    def is_open(self) -> bool:
        """Whether the booth is shown."""
        return self._tick.isActive()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.window.set_colours(colours)

    def open(self) -> None:
        """Fill the screen with a pad that knows nobody."""
        if self._networks.model is not None:
            self._reader.use_model(self._networks.model)
        self.window.set_idle(self._settings.booth_idle_s)
        self.watch.clear_after_s = self._settings.booth_idle_s
        self.forget()
        self._tick.start()
        # The owner's screen; kiosks often have no window manager that would make it full.
        self.window.setGeometry(self._owner_window.screen().geometry())
        self.window.showFullScreen()
        self.window.canvas.setFocus()
        self._set_teachable(True)
        if self._reader.classes.are_digits:
            self.learning.prepare()

    def leave(self) -> None:
        """Back to the window, which is as it was; the visitor is forgotten."""
        if self._tick.isActive():
            self._tick.stop()
            self.forget()
            self.window.hide()

    def close(self) -> None:
        """The main window closes: forget, end what runs and wait for it."""
        self.leave()
        self.learning.close()
        self.window.close()
        self.window.deleteLater()

    def forget(self) -> None:
        """Nothing of the visitor remains: drawings, network, pad, undo."""
        self.learning.stop()
        self.practice.leave()
        self._opener.close()
        self.document.cancel_stroke()
        self._clear()
        self.visitor.forget()
        self.window.practice.hide()
        self.window.learning.hide()
        self.watch.touch()
        self._show_visitor()

    def _clear(self) -> None:
        self.document.clear()
        self.document.history.clear()

    def on_tick(self) -> None:
        """Clear the pad or forget the visitor when it is time; count down before."""
        watch, document = self.watch, self.document
        if document.is_drawing or self.learning.is_running:
            watch.touch()
        left = watch.until_clear_s
        if left <= 0:
            self.window.learning.hide()
        may_clear = not document.is_empty and not self.practice.is_running
        if may_clear and left <= 0:
            self._clear()
            may_clear = False
        self.window.show_countdown(left / COUNTDOWN_S if may_clear and left <= COUNTDOWN_S else None)
        if self.visitor.is_known or self.practice.is_running:
            if watch.until_forget_s <= 0:
                self.forget()
            else:
                self._show_visitor()

    def _show_visitor(self) -> None:
        visitor, left = self.visitor, self.watch.until_forget_s
        remark = "I have learned your handwriting" if visitor.has_taught else ""
        if visitor.is_known and left <= self.watch.forget_after_s / 2:
            remark = f"Forgotten in {left:.0f} s, unless someone draws"
        self.window.show_visitor(visitor.is_known, remark)

    def _show_refusal(self, sentence: str) -> None:
        from desktop.learning.learning_controller import LessonState

        self.window.learning.show_state(LessonState(sentence))

    def _on_document_changed(self) -> None:
        if self.document.is_drawing:
            self.watch.touch()

    def _on_idle_chosen(self, seconds: int) -> None:
        self._settings.booth_idle_s = seconds
        self.watch.clear_after_s = seconds
        self.window.canvas.setFocus()

    def _on_network_changed(self, model: Model) -> None:
        if self.is_open:
            self._reader.use_model(model)

    def _set_teachable(self, is_idle: bool) -> None:
        """Only networks of digits can be taught."""
        self.window.set_teachable(is_idle and self._reader.classes.are_digits)

    def _on_practice_requested(self) -> None:
        self.window.learning.hide()
        self.practice.begin(1)

    def _on_asked(self, asked: PracticeRound) -> None:
        self.watch.touch()
        self.window.practice.show_round(asked)
        self.window.canvas.set_hint(instruction(asked.digit) if asked.digit is not None else "")
        self.window.reading.set_inviting(False)
        self.window.set_teachable(False)
        self._show_visitor()

    def _on_doubted(self, read: int | None, digit: int) -> None:
        self.watch.touch()
        self.window.practice.show_doubt(read, digit)

    def _on_practice_completed(self, kept: int) -> None:
        self._on_practice_left(kept)
        if kept:
            self.learning.learn()

    def _on_practice_left(self, _kept: int) -> None:
        self.window.practice.hide()
        self.window.canvas.set_hint()
        self.window.reading.set_inviting(True)
        self._set_teachable(not self.learning.is_running)
        self.window.canvas.setFocus()

    def _on_lesson_changed(self, state: LessonState) -> None:
        self._set_teachable(not state.is_running)
        # A lesson that ends because its visitor was forgotten is nothing to the next one.
        if self.visitor.is_known:
            self.window.learning.show_state(state)

    def _on_lesson_ended(self) -> None:
        self.watch.touch()
        self._show_visitor()
        self.window.canvas.setFocus()
