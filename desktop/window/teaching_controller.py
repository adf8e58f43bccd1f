"""Teaching controller: learning from drawings, practice and booth, and what in the window calls for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.desk import Desk
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from desktop.booth.booth_controller import BoothController
    from desktop.learning.learning_band import LearningBand
    from desktop.learning.learning_controller import LearningController, LessonState
    from desktop.learning.practice_band import PracticeBand
    from desktop.learning.practice_controller import PracticeController
    from desktop.learning.practice_round import PracticeRound
    from desktop.learning.rehearsal_cache import RehearsalCache


_NO_DRAWINGS = (
    "There are no drawings to learn from yet: draw a digit and press its key, 0 to 9, to keep it, or choose "
    "More, Practice."
)


class TeachingController(QObject):
    """Each part is imported and made when it is first wanted.

    Signals:
        notice_given: One sentence, and details or an empty text.
        pad_wanted: Somebody is about to draw: what covers the pad must go.
    """

    notice_given = Signal(str, str)
    pad_wanted = Signal()

    def __init__(
        self, actions: Actions, desk: Desk, colours: Colours, room: QVBoxLayout, parent: QObject
    ) -> None:
        """Connect what calls for it.

        Args:
            actions: `learn`, `practise` and `booth` are ours.
            desk: What to work with.
            colours: Of the appearance.
            room: Takes in the bands, above the panels.
            parent: Of this object.
        """
        super().__init__(parent)
        self._actions = actions
        self._desk = desk
        self._colours = colours
        self._room = room
        self._has_engine = False
        actions.learn.triggered.connect(self._on_learning_wanted)
        actions.drawings.toggled.connect(self._on_gallery_toggled)
        actions.practise.triggered.connect(self._on_practice_wanted)
        actions.booth.triggered.connect(self._on_booth_wanted)

    @cached_property
    def cache(self) -> RehearsalCache:
        """What networks rehearse, for the window and the booth."""
        from desktop.learning.rehearsal_cache import RehearsalCache

        return RehearsalCache(self._desk.training_controller.trainer.cache)

    @cached_property
    def learning(self) -> LearningController:
        """Teaches the owner's drawings."""
        from desktop.learning.learning_controller import LearningController

        desk = self._desk
        controller = LearningController(
            desk.networks,
            desk.collection,
            desk.settings,
            desk.training_controller.training_lock,
            self.cache,
            desk.store_service.wait_for_store,
            parent=self,
        )
        controller.state_changed.connect(self._on_lesson_changed)
        return controller

    @cached_property
    def learning_band(self) -> LearningBand:
        """How a lesson goes."""
        from desktop.learning.learning_band import LearningBand

        band = LearningBand()
        band.stop_requested.connect(self.learning.stop)
        band.return_requested.connect(self._on_return_requested)
        band.use_requested.connect(self.learning.use)
        self._room.addWidget(band)
        return band

    @cached_property
    def practice(self) -> PracticeController:
        """Collects the owner's drawings."""
        from desktop.learning.practice_controller import PracticeController

        desk = self._desk
        controller = PracticeController(desk.canvas, desk.reader, desk.collection, parent=self)
        controller.asked.connect(self._on_asked)
        controller.doubted.connect(self.practice_band.show_doubt)
        controller.completed.connect(self._on_practice_completed)
        controller.left.connect(self._on_practice_left)
        controller.refused.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        return controller

    @cached_property
    def practice_band(self) -> PracticeBand:
        """Asks for digits."""
        from desktop.learning.practice_band import PracticeBand

        band = PracticeBand()
        band.set_colours(self._colours)
        band.begin_requested.connect(self._on_practice_chosen)
        band.back_requested.connect(lambda: self.practice.back())
        band.skip_requested.connect(lambda: self.practice.skip())
        band.leave_requested.connect(self._on_leave_requested)
        band.keep_requested.connect(lambda: self.practice.keep())
        band.again_requested.connect(lambda: self.practice.draw_again())
        self._room.insertWidget(0, band)
        return band

    @cached_property
    def booth(self) -> BoothController:
        """The pad for visitors."""
        from desktop.booth.booth_controller import BoothController

        booth = BoothController(self._desk, self.cache, self._colours, self)
        booth.notice_given.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        return booth

    @property
    def is_running(self) -> bool:
        """Whether a lesson is under way."""
        return "learning" in vars(self) and self.learning.is_running

    def set_available(self) -> None:
        """There is a network to teach."""
        self._has_engine = True
        for action in (self._actions.learn, self._actions.practise, self._actions.booth):
            action.setEnabled(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        for name in ("practice_band", "booth"):
            if name in vars(self):
                getattr(self, name).set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        for name in ("booth", "practice", "learning"):
            part = vars(self).get(name)
            if part is not None:
                part.leave() if name == "practice" else part.close()

    def _on_gallery_toggled(self, is_shown: bool) -> None:
        """A lesson from the gallery is likely: what it rehearses is read meanwhile."""
        if is_shown and self._has_engine and sum(self._desk.collection.counts) > 0:
            self.learning.prepare()

    def _on_learning_wanted(self) -> None:
        """Its keys are heard without drawings, too, and answered."""
        collection = self._desk.collection
        if sum(collection.counts) > 0 or collection.trouble:
            self.learning.learn()
        else:
            self.notice_given.emit(_NO_DRAWINGS, "")

    def _on_return_requested(self) -> None:
        from desktop.learning.learning_controller import LessonState

        networks, taught = self._desk.networks, self.learning.taught
        if taught is None or networks.model is not taught:
            self.learning_band.show_state(
                LessonState(f"“{networks.title}” reads already: nothing was changed.")
            )
            return
        networks.use_former()
        self.learning_band.show_state(
            LessonState(
                f"Lesson undone: “{networks.title}” reads again.",
                f"“{taught.name}” can still be chosen under Network.",
            )
        )

    def _on_lesson_changed(self, state: LessonState) -> None:
        self.learning_band.show_state(state)
        if state.report:
            self.notice_given.emit(state.headline, state.report)

    def _on_practice_wanted(self) -> None:
        refusal = self._desk.collection.refusal
        if refusal:
            self.notice_given.emit(f"Practice cannot begin: {refusal}", "")
        elif not self.practice.is_running:
            self.pad_wanted.emit()
            if "learning_band" in vars(self) and not self.is_running:
                self.learning_band.hide()
            self.practice_band.show_choice()
            self.learning.prepare()

    def _on_asked(self, asked: PracticeRound) -> None:
        from desktop.learning.practice_band import instruction

        self.practice_band.show_round(asked)
        self._desk.canvas.set_hint(instruction(asked.digit) if asked.digit is not None else "")

    def _on_practice_chosen(self, of_each: int) -> None:
        self.pad_wanted.emit()
        self._set_labels_wanted(False)
        self.practice.begin(of_each)

    def _on_leave_requested(self) -> None:
        if self.practice.is_running:
            self.practice.leave()
        else:
            self._end_practice()

    def _on_practice_completed(self, kept: int) -> None:
        self._end_practice()
        if kept:
            self.learning.learn()

    def _on_practice_left(self, kept: int) -> None:
        self._end_practice()
        if kept:
            drawings = f"{kept} drawing{'s were' if kept != 1 else ' was'}"
            self.notice_given.emit(f"{drawings} kept: choose More, Learn from my drawings to use them.", "")

    def _end_practice(self) -> None:
        self.practice_band.hide()
        self._desk.canvas.set_hint()
        self._set_labels_wanted(True)
        self._desk.canvas.setFocus()

    def _set_labels_wanted(self, are_wanted: bool) -> None:
        """While digits are asked for, each is kept under the label that was asked for."""
        self._desk.labeller.is_resting = not are_wanted
        self._desk.prediction.labels.setVisible(are_wanted)

    def _on_booth_wanted(self) -> None:
        if self.booth.is_open:
            self.booth.leave()
            return
        if "practice" in vars(self):
            self.practice.leave()
        self.booth.open()
