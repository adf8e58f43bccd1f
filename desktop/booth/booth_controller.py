"""Booth controller: ties the booth's window to the network in use, to practice, and to the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.booth.booth_window import BoothWindow
from desktop.booth.idle_watch import COUNTDOWN_S, IdleWatch
from desktop.booth.visitor import Visitor
from desktop.desk import Desk
from desktop.learning.learning_controller import LearningController
from desktop.learning.practice_band import instruction
from desktop.learning.practice_controller import PracticeController
from desktop.reading.live_reader import LiveReader
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
        window: What the visitor sees.
        watch: How long nobody has done anything.
        practice: Collects the visitor's drawings.
        learning: Teaches them.
        visitor: What is known of whoever draws.

    Signals:
        notice_given: One sentence for the owner.
    """

    notice_given = Signal(str)

    def __init__(
        self, desk: Desk, cache: RehearsalCache, colours: Colours, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.window = BoothWindow()
        self.window.set_colours(colours)
        self.watch = IdleWatch(desk.settings.booth_idle_s)
        self.visitor = Visitor(desk.networks, self)
        canvas = self.window.canvas
        self._reader = LiveReader(canvas, self)
        self.learning = LearningController(
            desk.networks,
            self.visitor.drawings,
            desk.settings,
            desk.training_controller.training_lock,
            cache,
            desk.store_service.wait_for_store,
            True,
            self,
        )
        self.practice = PracticeController(canvas, self._reader, self.visitor.drawings, VISITOR, self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.on_tick)
        self._connect()

    def _connect(self) -> None:
        window, practice, learning = self.window, self.practice, self.learning
        window.left.connect(self.leave)
        window.forget_requested.connect(self.forget)
        window.practice_requested.connect(self._on_practice_requested)
        window.idle_chosen.connect(self._on_idle_chosen)
        window.escaped.connect(window.canvas.clear)
        window.touched.connect(self.watch.touch)
        window.canvas.ink_changed.connect(self._on_ink_changed)
        window.canvas.stroke_completed.connect(self.watch.touch)
        self._reader.number_completed.connect(window.reading.show_number)
        self._reader.reading_cleared.connect(window.reading.clear)
        window.practice.back_requested.connect(practice.back)
        window.practice.skip_requested.connect(practice.skip)
        window.practice.leave_requested.connect(practice.leave)
        window.practice.keep_requested.connect(practice.keep)
        window.practice.again_requested.connect(practice.draw_again)
        practice.asked.connect(self._on_asked)
        practice.doubted.connect(self._on_doubted)
        practice.completed.connect(self._on_practice_completed)
        practice.left.connect(self._on_practice_left)
        practice.refused.connect(self._say)
        window.learning.stop_requested.connect(learning.stop)
        window.learning.return_requested.connect(self.forget)
        learning.state_changed.connect(self._on_lesson_changed)
        learning.lesson_ended.connect(self._on_lesson_ended)
        self._desk.networks.network_changed.connect(self._on_network_changed)

    @property
    def is_open(self) -> bool:
        """Whether the booth is shown."""
        return self._tick.isActive()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.window.set_colours(colours)

    def open(self) -> None:
        """Fill the screen with a pad that knows nobody."""
        if self._desk.networks.model is not None:
            self._reader.use_model(self._desk.networks.model)
        self.window.set_idle(self._desk.settings.booth_idle_s)
        self.watch.clear_after_s = self._desk.settings.booth_idle_s
        self.forget()
        self._tick.start()
        # The owner's screen; kiosks often have no window manager that would make it full.
        self.window.setGeometry(self._desk.canvas.screen().geometry())
        self.window.showFullScreen()
        self.window.canvas.setFocus()
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
        self.window.canvas.close_opener()
        self.window.close()
        self.window.deleteLater()

    def forget(self) -> None:
        """Nothing of the visitor remains: drawings, network, pad, undo."""
        self.learning.stop()
        self.practice.leave()
        canvas = self.window.canvas
        canvas.cancel_stroke()
        canvas.clear()
        canvas.undo_stack.clear()
        self.visitor.forget()
        self.window.practice.hide()
        self.window.learning.hide()
        self.watch.touch()
        self._show_visitor()

    def on_tick(self) -> None:
        """Clear the pad or forget the visitor when it is time; count down before."""
        watch, canvas = self.watch, self.window.canvas
        if canvas.is_drawing or self.learning.is_running:
            watch.touch()
        left = watch.until_clear_s
        if left <= 0:
            self.window.learning.hide()
        may_clear = not canvas.is_empty and not self.practice.is_running
        if may_clear and left <= 0:
            canvas.clear()
            canvas.undo_stack.clear()
            may_clear = False
        self.window.show_countdown(left / COUNTDOWN_S if may_clear and left <= COUNTDOWN_S else None)
        if self.visitor.is_known or self.practice.is_running:
            if watch.until_forget_s <= 0:
                self.forget()
            else:
                self._show_visitor()

    def _show_visitor(self) -> None:
        visitor, left = self.visitor, self.watch.until_forget_s
        remark = "I have learnt how you write" if visitor.has_taught else ""
        if visitor.is_known and left <= self.watch.forget_after_s / 2:
            remark = f"Forgotten in {left:.0f} s, unless somebody draws"
        self.window.show_visitor(visitor.is_known, remark)

    def _say(self, sentence: str) -> None:
        from desktop.learning.learning_controller import LessonState

        self.window.learning.show_state(LessonState(sentence))

    def _on_ink_changed(self) -> None:
        if self.window.canvas.is_drawing:
            self.watch.touch()

    def _on_idle_chosen(self, seconds: int) -> None:
        self._desk.settings.booth_idle_s = seconds
        self.watch.clear_after_s = seconds
        self.window.canvas.setFocus()

    def _on_network_changed(self, model: Model) -> None:
        if self.is_open:
            self._reader.use_model(model)

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

    def _on_doubted(self, read: int, digit: int) -> None:
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
        self.window.set_teachable(not self.learning.is_running)
        self.window.canvas.setFocus()

    def _on_lesson_changed(self, state: LessonState) -> None:
        self.window.set_teachable(not state.is_running)
        # A lesson that ends because its visitor was forgotten is nothing to the next one.
        if self.visitor.is_known:
            self.window.learning.show_state(state)

    def _on_lesson_ended(self) -> None:
        self.watch.touch()
        self._show_visitor()
        self.window.canvas.setFocus()
