"""Learning controller: teaches the network in use, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.learning import learning_text
from desktop.learning.learning_thread import LearningThread, Lesson, LessonFinished, RehearsalThread
from desktop.learning.rehearsal_cache import RehearsalCache
from desktop.networks.networks import Networks
from desktop.services.collection import KeepsDrawings
from desktop.settings.settings import Settings
from desktop.training.training_lock import TrainingLock
from engine.store.drawings import VISITOR

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.adaptation.learn_drawings import Learned
    from engine.models.model import Model
    from engine.store.drawings import Drawing
    from engine.training.replacement import Judgement

_NO_NETWORK = "There is no network to teach yet. Try again when it has loaded."


@dataclass(frozen=True, slots=True)
class LessonState:
    """What is to be shown of a lesson.

    Attributes:
        headline: One line.
        details: What else is to be known, or empty.
        share: Done, 0 to 1; None where that is not known or nothing runs.
        is_running: Whether there is something to stop.
        has_new_network: Whether a network was put to use that can be taken back.
        can_use: Whether there is a network that was not put to use, and can be: see `LearningController.use`.
        report: For a bug report, or empty.
    """

    headline: str
    details: str = ""
    share: float | None = None
    is_running: bool = False
    has_new_network: bool = False
    can_use: bool = False
    report: str = ""


class LearningController(QObject):
    """Teaches the network in use the drawings of the program's owner, or those of a visitor.

    What is learned from a visitor is in no file: the network is lent, and goes with the visitor.

    Attributes:
        taught: The network that came of the last lesson and was put to use; None before.

    Signals:
        state_changed: The `LessonState` to show.
        lesson_ended: A `LessonFinished`.
    """

    state_changed = Signal(object)
    lesson_ended = Signal(object)

    def __init__(
        self,
        networks: Networks,
        collection: KeepsDrawings,
        settings: Settings,
        training_lock: TrainingLock,
        cache: RehearsalCache,
        find_store: FindStore | None = None,
        is_for_visitor: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Teach nothing yet.

        Args:
            networks: The one in use is taught.
            collection: Has the drawings.
            settings: Knows where MNIST is.
            training_lock: Taken while a lesson is under way.
            cache: What the network sees again while it learns.
            find_store: Answers where lessons are recorded among the trainings; None records them nowhere.
            is_for_visitor: Whether a visitor's drawings are learned: no file keeps the network or a record.
            parent: Of this object.
        """
        super().__init__(parent)
        self._networks = networks
        self._collection = collection
        self._settings = settings
        self._training_lock = training_lock
        self._cache = cache
        self._find_store = find_store
        self._is_for_visitor = is_for_visitor
        self._thread: LearningThread | None = None
        self._preparation: RehearsalThread | None = None
        self._model: Model | None = None
        self._held_back: tuple[Model, Path | None] | None = None
        self.taught: Model | None = None
        self._is_waiting = False
        self._is_stopping = False
        training_lock.ended.connect(self._on_turn_ended)

    @property
    def is_running(self) -> bool:
        """Whether a lesson is under way or waits for its turn."""
        return self._thread is not None or self._is_waiting

    def prepare(self) -> None:
        """A lesson will be wanted soon: read now what it needs besides the drawings."""
        model = self._networks.model
        if model is not None and self._preparation is None and self._thread is None:
            self._preparation = RehearsalThread(model, self._settings.mnist_folder, self._cache, self)
            self._preparation.finished.connect(self._on_prepared)
            self._preparation.start()

    def learn(self) -> None:
        """Begin, or wait for a training to end, or say why not; ignored while a lesson is under way."""
        if self.is_running:
            return
        model, drawings = self._networks.model, self._collection.reader()
        if model is None or drawings is None:
            self._show(LessonState(self._collection.trouble if model is not None else _NO_NETWORK))
            return
        if not self._training_lock.take():
            self._is_waiting = True
            self._show(
                LessonState("A training is running. Learning starts when it is done.", is_running=True)
            )
            return
        self._start(model, drawings)

    def stop(self) -> None:
        """End the lesson after the step under way; the network in use stays as it is."""
        if self._is_waiting:
            self._is_waiting = False
            self._end(LessonFinished())
        elif self._thread is not None:
            self._is_stopping = True
            self._thread.requestInterruption()

    def use(self) -> None:
        """Put the network to use that was held back because it reads clearly worse."""
        if self._held_back is not None:
            model, path = self._held_back
            self._held_back = None
            self._networks.use(model, path)

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        self._is_waiting = False
        for thread in (self._thread, self._preparation):
            if thread is not None:
                thread.requestInterruption()
                thread.wait()

    def _start(self, model: Model, drawings: Callable[[], Sequence[Drawing]]) -> None:
        self._model = model
        self._held_back = None
        self._is_stopping = False

        def chosen() -> Sequence[Drawing]:
            return [each for each in drawings() if (each.writer == VISITOR) == is_for_visitor]

        is_for_visitor = self._is_for_visitor
        library = None if is_for_visitor else self._networks.library
        find_store = None if is_for_visitor else self._find_store
        lesson = Lesson(model, chosen, self._settings.mnist_folder, library, find_store or _nowhere)
        self._thread = LearningThread(lesson, self._cache, self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        self._thread.data_progressed.connect(self._on_data_progressed)
        self._thread.progressed.connect(self._on_progressed)
        self._thread.testing_progressed.connect(self._on_testing_progressed)
        self._thread.lesson_finished.connect(self._on_finished)
        self._show(LessonState("Learning from your drawings", "getting ready", 0.0, True))
        self._thread.start()

    def _on_turn_ended(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.learn()

    def _on_prepared(self) -> None:
        if self._preparation is not None:
            self._preparation.deleteLater()
            self._preparation = None

    def _on_data_progressed(self, share: float) -> None:
        words = f"generating digits to rehearse, {100 * share:.0f} %"
        self._show(LessonState("Learning from your drawings", words, 0.0, True))

    def _on_progressed(self, share: float) -> None:
        words = "mixed with digits that the network knows, so that it does not forget them"
        self._show(LessonState("Learning from your drawings", words, share, True))

    def _on_testing_progressed(self, share: float) -> None:
        words = "each drawing is read by a network that learns only from others"
        self._show(LessonState("Testing what it learned", words, share, True))

    def _on_finished(self, finished: LessonFinished) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        # A network that was ready at the same moment is not wanted either.
        self._end(LessonFinished() if self._is_stopping else finished)
        self._training_lock.end()

    def _end(self, finished: LessonFinished) -> None:
        """Put the network to use, and say what came of the lesson."""
        learned = finished.learned
        if learned is None:
            words = finished.message or "Stopped: the network in use was not changed."
            self._show(LessonState(words, report=finished.details))
        elif self._networks.model is not self._model:
            kept = (
                "" if self._is_for_visitor else f" “{learned.model.name}” was saved; choose it under Network."
            )
            self._show(LessonState(f"You chose another network while this one was learning.{kept}"))
        elif not (judgement := _judgement(learned)).may_replace:
            if not self._is_for_visitor:
                self._held_back = (learned.model, finished.path)
            words = f"“{learned.model.name}” {judgement.reason}. “{self._networks.title}” stays in use."
            self._show(
                LessonState(
                    "It got worse, so the network in use was not changed",
                    f"{words} {finished.message}".strip(),
                    can_use=not self._is_for_visitor,
                )
            )
        else:
            if self._is_for_visitor:
                self._networks.lend(learned.model)
            else:
                self._networks.use(learned.model, finished.path)
                self.taught = learned.model
            words = f"{learning_text.details(learned)} {finished.message}".strip()
            self._show(
                LessonState(learning_text.headline(learned), words, has_new_network=not self._is_for_visitor)
            )
        self._model = None
        self.lesson_ended.emit(finished)

    def _show(self, state: LessonState) -> None:
        self.state_changed.emit(state)


def _judgement(learned: Learned) -> Judgement:
    """On what the network knew before: a lesson must not cost it that, however well it reads drawings now."""
    from engine.training.replacement import Judgement, Verdict, judge

    known = learned.known
    if known.after >= known.before:  # however little that is
        return Judgement(Verdict.USABLE, known.after / known.digits)
    return judge(known.after / known.digits, known.before / known.digits, digits=known.digits)


def _nowhere() -> None:
    """Where a lesson is recorded that nobody keeps."""
