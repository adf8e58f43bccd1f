"""Learning thread: one lesson, or the reading of what a lesson will need, away from the window."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.learning.rehearsal_cache import RehearsalCache
from desktop.networks.model_library import ModelLibrary
from desktop.services.freed_memory import give_back_freed_memory
from desktop.training.run_recording import RunRecording
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.adaptation.learn_drawings import Learned
    from engine.data.sources import TrainingData
    from engine.models.model import Model
    from engine.store.drawings import Drawing
    from engine.training.fit import StepsCompleted

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn.

    Attributes:
        model: The network to start from.
        drawings: Answers the drawings, oldest first; called in the thread, may raise `StoreError`.
        mnist_folder: Where MNIST is looked for.
        library: Keeps the network that comes of it; None for a network that nobody keeps.
        find_store: Answers where the lesson is recorded among the trainings, or None.
    """

    model: Model
    drawings: Callable[[], Sequence[Drawing]]
    mnist_folder: Path
    library: ModelLibrary | None
    find_store: FindStore


@dataclass(frozen=True, slots=True)
class LessonFinished:
    """How a lesson ended.

    Attributes:
        learned: What it came to; None if it was stopped or failed.
        path: Where the network was kept, or None.
        message: One sentence on what went wrong, or empty.
        details: For a bug report, or empty.
    """

    learned: Learned | None = None
    path: Path | None = None
    message: str = ""
    details: str = ""


class LearningThread(QThread):
    """One lesson.

    Signals:
        data_progressed: Share written of what is rehearsed, 0 to 1; silent where nothing has to be written.
        progressed: Share of all steps made, 0 to 1: of the lesson and of the test after it.
        testing_progressed: The same, once it is only tested any more.
        lesson_finished: A `LessonFinished`; the last signal.
    """

    data_progressed = Signal(float)
    progressed = Signal(float)
    testing_progressed = Signal(float)
    lesson_finished = Signal(object)

    def __init__(self, lesson: Lesson, cache: RehearsalCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lesson = lesson
        self._cache = cache
        self._recording = RunRecording(lesson.find_store)
        self._is_recorded = False

    def run(self) -> None:
        """Read, learn, measure, keep. Nothing escapes: the end is always told by `lesson_finished`."""
        try:
            finished = self._learn()
        except ScratchpadError as error:
            was_stopped = self.isInterruptionRequested()
            finished = LessonFinished() if was_stopped else LessonFinished(message=str(error))
        except Exception:
            _log.exception("learning failed")
            finished = LessonFinished(
                message="Learning failed unexpectedly; the network in use was not changed.",
                details=traceback.format_exc(),
            )
        self._recording.fail(finished.message)  # unless it has come to an end
        message = f"{finished.message} {self._recording.trouble}".strip()
        give_back_freed_memory()
        self.lesson_finished.emit(replace(finished, message=message))

    def _learn(self) -> LessonFinished:
        import torch

        from engine.adaptation.cross_validation import ValidationProgress
        from engine.adaptation.fine_tuning import check_drawings
        from engine.adaptation.learn_drawings import check_teachable, folds_to_test, learn
        from engine.data.drawing_names import SET_NAME
        from engine.store.own_drawings import pen_digits_of
        from engine.store.run import STOPPED
        from engine.training.fit import StepsCompleted
        from engine.training.thread_tuning import ThreadChooser

        torch.set_num_threads(1)  # until the first steps have shown what pays
        lesson = self._lesson
        drawings = lesson.drawings()
        digits = pen_digits_of(drawings, SET_NAME, lesson.model.classes)
        # Asked before what is rehearsed is read, which may take seconds.
        check_teachable(lesson.model)
        check_drawings(digits)
        known = self._cache.load(
            lesson.model, lesson.mnist_folder, self.data_progressed.emit, self.isInterruptionRequested
        )
        folds = folds_to_test(digits)
        for result in learn(lesson.model, digits, known, threads=ThreadChooser()):
            if self.isInterruptionRequested():
                break
            if isinstance(result, StepsCompleted):
                self._record(result, known)
                done = (result.first_step + len(result.losses)) / result.total_steps
                self.progressed.emit(done / (1 + folds))
            elif isinstance(result, ValidationProgress):
                self.testing_progressed.emit((1 + folds * result.share) / (1 + folds))
            else:
                return self._kept(result)
        self._recording.end(STOPPED)
        return LessonFinished()

    def _record(self, result: StepsCompleted, known: TrainingData) -> None:
        """A lesson is a training among others; how many steps it has is known once it has begun."""
        from engine.adaptation.fine_tuning import FineTuningSettings, training_settings
        from engine.store.run_recorder import RunDescription

        if not self._is_recorded:
            self._is_recorded = True
            model = self._lesson.model
            self._recording.begin(
                RunDescription(
                    f"{model.name}, being taught drawings",
                    f"drawings and {known.training.name}",
                    training_settings(model, len(known.training), FineTuningSettings()),
                    model.architecture,
                    model.standardisation,
                    result.total_steps,
                    "CPU",
                    known.attribution,
                )
            )
        self._recording.add(result)

    def _kept(self, learned: Learned) -> LessonFinished:
        from engine.store.run import FINISHED

        self._recording.end(FINISHED, learned.model)
        if self._lesson.library is None:
            return LessonFinished(learned)
        try:
            return LessonFinished(learned, self._lesson.library.keep(learned.model))
        except ScratchpadError as error:
            return LessonFinished(learned, message=str(error))


class RehearsalThread(QThread):
    """Reads what a lesson will need while its drawings are still being drawn."""

    def __init__(
        self, model: Model, mnist_folder: Path, cache: RehearsalCache, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._mnist_folder = mnist_folder
        self._cache = cache

    def run(self) -> None:
        """Read. What goes wrong is said by the lesson, which tries again."""
        from engine.adaptation.learn_drawings import check_teachable

        try:
            check_teachable(self._model)
            self._cache.load(self._model, self._mnist_folder, lambda _: None, self.isInterruptionRequested)
        except ScratchpadError:
            pass
        except Exception:
            _log.exception("what is rehearsed could not be read")
