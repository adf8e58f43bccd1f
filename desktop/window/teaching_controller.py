"""Teaching controller: learning from drawings, practice and booth, and what in the window calls for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from desktop.services.networks import Networks
from desktop.services.settings import Settings
from desktop.services.store_service import StoreService
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours
from desktop.window.lazy import Lazy

if TYPE_CHECKING:
    from desktop.booth.booth_controller import BoothController
    from desktop.learning.learning_band import LearningBand
    from desktop.learning.learning_controller import LearningController, LessonState
    from desktop.learning.practice_band import PracticeBand
    from desktop.learning.practice_controller import PracticeController
    from desktop.learning.practice_round import PracticeRound
    from desktop.learning.rehearsal_cache import RehearsalCache


_NO_DRAWINGS = (
    "There are no drawings to learn from yet. Draw a digit and press its key, 0 to 9, to save it, or choose "
    "More, Practice."
)


class TeachingController(QObject):
    """Each part is imported and made when it is first wanted.

    Attributes:
        rehearsal_cache: What networks see again while they learn, for the window and the booth.
        learning: Teaches the owner's drawings.
        learning_band: How a lesson goes.
        practice: Collects the owner's drawings.
        practice_band: Asks for digits.
        booth: The pad for visitors.

    Signals:
        notice_given: One sentence, and details or an empty text.
        pad_wanted: Somebody is about to draw: what covers the pad must go.
    """

    notice_given = Signal(str, str)
    pad_wanted = Signal()

    def __init__(
        self,
        *,
        actions: Actions,
        canvas: Canvas,
        reader: LiveReader,
        labeller: Labeller,
        labels: QWidget,
        networks: Networks,
        collection: Collection,
        store_service: StoreService,
        training_controller: TrainingController,
        settings: Settings,
        bands: QVBoxLayout,
        colours: Colours,
        parent: QObject,
    ) -> None:
        """Connect what calls for it: the bands come into `bands`; `labels` are hidden while it practises."""
        super().__init__(parent)
        self._actions, self._canvas, self._reader = actions, canvas, reader
        self._labeller, self._labels = labeller, labels
        self._networks, self._collection, self._store_service = networks, collection, store_service
        self._training_controller, self._settings = training_controller, settings
        self._bands, self._colours = bands, colours
        self._has_engine = False
        self.rehearsal_cache = Lazy(self._make_rehearsal_cache)
        self.learning = Lazy(self._make_learning)
        self.learning_band = Lazy(self._make_learning_band)
        self.practice = Lazy(self._make_practice)
        self.practice_band = Lazy(self._make_practice_band)
        self.booth = Lazy(self._make_booth)
        actions.learn.triggered.connect(self._on_learning_wanted)
        actions.drawings.toggled.connect(self._on_gallery_toggled)
        actions.practise.triggered.connect(self._on_practice_wanted)
        actions.booth.triggered.connect(self._on_booth_wanted)

    def _make_rehearsal_cache(self) -> RehearsalCache:
        from desktop.learning.rehearsal_cache import RehearsalCache

        return RehearsalCache(self._training_controller.trainer.cache)

    def _make_learning(self) -> LearningController:
        from desktop.learning.learning_controller import LearningController

        controller = LearningController(
            self._networks,
            self._collection,
            self._settings,
            self._training_controller.training_lock,
            self.rehearsal_cache.get(),
            self._store_service.wait_for_store,
            parent=self,
        )
        controller.state_changed.connect(self._on_lesson_changed)
        return controller

    def _make_learning_band(self) -> LearningBand:
        from desktop.learning.learning_band import LearningBand

        band = LearningBand()
        band.stop_requested.connect(lambda: self.learning.get().stop())
        band.return_requested.connect(self._on_return_requested)
        band.use_requested.connect(lambda: self.learning.get().use())
        self._bands.addWidget(band)
        return band

    def _make_practice(self) -> PracticeController:
        from desktop.learning.practice_controller import PracticeController
        from desktop.learning.practice_keys import PracticeKeys

        canvas = self._canvas
        controller = PracticeController(canvas.document, self._reader, self._collection, parent=self)
        PracticeKeys(controller, canvas)
        controller.asked.connect(self._on_asked)
        controller.doubted.connect(lambda read, digit: self.practice_band.get().show_doubt(read, digit))
        controller.completed.connect(self._on_practice_completed)
        controller.left.connect(self._on_practice_left)
        controller.refused.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        return controller

    def _make_practice_band(self) -> PracticeBand:
        from desktop.learning.practice_band import PracticeBand

        band = PracticeBand()
        band.set_colours(self._colours)
        band.begin_requested.connect(self._on_practice_chosen)
        band.back_requested.connect(lambda: self.practice.get().back())
        band.skip_requested.connect(lambda: self.practice.get().skip())
        band.leave_requested.connect(self._on_leave_requested)
        band.keep_requested.connect(lambda: self.practice.get().keep())
        band.again_requested.connect(self._on_again_requested)
        self._bands.insertWidget(0, band)
        return band

    def _make_booth(self) -> BoothController:
        from desktop.booth.booth_controller import BoothController

        return BoothController(
            networks=self._networks,
            settings=self._settings,
            training_lock=self._training_controller.training_lock,
            rehearsal_cache=self.rehearsal_cache.get(),
            owner_window=self._canvas.window(),
            colours=self._colours,
            parent=self,
        )

    @property
    def is_running(self) -> bool:
        """Whether a lesson is under way."""
        learning = self.learning.made
        return learning is not None and learning.is_running

    def set_available(self) -> None:
        """There is a network to teach."""
        self._has_engine = True
        for action in (self._actions.learn, self._actions.practise, self._actions.booth):
            action.setEnabled(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        for part in (self.practice_band.made, self.booth.made):
            if part is not None:
                part.set_colours(colours)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        if (booth := self.booth.made) is not None:
            booth.close()
        if (practice := self.practice.made) is not None:
            practice.leave()
        if (learning := self.learning.made) is not None:
            learning.close()

    def _on_gallery_toggled(self, is_shown: bool) -> None:
        """A lesson from the gallery is likely: what it rehearses is read meanwhile."""
        if is_shown and self._has_engine and sum(self._collection.counts) > 0:
            self.learning.get().prepare()

    def _on_learning_wanted(self) -> None:
        """Its keys are heard without drawings, too, and answered."""
        collection = self._collection
        if sum(collection.counts) > 0 or collection.trouble:
            self.learning.get().learn()
        else:
            self.notice_given.emit(_NO_DRAWINGS, "")

    def _on_return_requested(self) -> None:
        from desktop.learning.learning_controller import LessonState

        networks, taught = self._networks, self.learning.get().taught
        if taught is None or networks.model is not taught:
            self.learning_band.get().show_state(
                LessonState(f"“{networks.title}” is already in use; nothing was changed.")
            )
            return
        networks.use_former()
        self.learning_band.get().show_state(
            LessonState(
                f"Undone: “{networks.title}” is in use again.",
                f"“{taught.name}” can still be chosen under Network.",
            )
        )

    def _on_lesson_changed(self, state: LessonState) -> None:
        self.learning_band.get().show_state(state)
        if state.report:
            self.notice_given.emit(state.headline, state.report)

    def _on_practice_wanted(self) -> None:
        refusal = self._collection.refusal
        if refusal:
            self.notice_given.emit(f"Practice cannot begin: {refusal}", "")
        elif not self.practice.get().is_running:
            self.pad_wanted.emit()
            if (band := self.learning_band.made) is not None and not self.is_running:
                band.hide()
            self.practice_band.get().show_choice()
            self.learning.get().prepare()

    def _on_asked(self, asked: PracticeRound) -> None:
        from desktop.learning.practice_band import instruction

        self.practice_band.get().show_round(asked)
        self._canvas.set_hint(instruction(asked.digit) if asked.digit is not None else "")

    def _on_practice_chosen(self, of_each: int) -> None:
        self.pad_wanted.emit()
        self._set_labels_wanted(False)
        self.practice.get().begin(of_each)

    def _on_again_requested(self) -> None:
        self.practice.get().draw_again()
        self._canvas.setFocus()

    def _on_leave_requested(self) -> None:
        practice = self.practice.get()
        if practice.is_running:
            practice.leave()
        else:
            self._end_practice()

    def _on_practice_completed(self, kept: int) -> None:
        self._end_practice()
        if kept:
            self.learning.get().learn()

    def _on_practice_left(self, kept: int) -> None:
        self._end_practice()
        if kept:
            drawings = f"{kept} drawing{'s were' if kept != 1 else ' was'}"
            self.notice_given.emit(f"{drawings} saved. Choose More, Learn from my drawings to use them.", "")

    def _end_practice(self) -> None:
        self.practice_band.get().hide()
        self._canvas.set_hint()
        self._set_labels_wanted(True)
        self._canvas.setFocus()

    def _set_labels_wanted(self, are_wanted: bool) -> None:
        """While digits are asked for, each is kept under the label that was asked for."""
        self._labeller.is_resting = not are_wanted
        self._labels.setVisible(are_wanted)

    def _on_booth_wanted(self) -> None:
        booth, practice = self.booth.get(), self.practice.made
        if booth.is_open:
            booth.leave()
            return
        if practice is not None:
            practice.leave()
        booth.open()
