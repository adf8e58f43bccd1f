"""Program facts: what trainings, steps and readings tell, as facts for exercises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.exercises.facts import DigitRead, Fact, RunEnded, StepTaken
from desktop.lesson.exercises.settled import Settled

if TYPE_CHECKING:
    from desktop.lesson.step_runner import StepRunner
    from desktop.reading.live_reader import LiveReader
    from desktop.training.controller import TrainingController
    from desktop.training.training_job import RunFinished
    from engine.models.classifier import Reading
    from engine.training.step_by_step import ObservedStep


class ProgramFacts(QObject):
    """Tells of what happens whichever page is shown."""

    def __init__(
        self,
        training: TrainingController,
        reader: LiveReader,
        step_runner: StepRunner,
        tell: Callable[[Fact], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._training, self._tell = training, tell
        self.digit = Settled(tell, self)
        training.trainer.run_finished.connect(self._on_run_finished)
        step_runner.step_observed.connect(self._on_step_observed)
        reader.reading_completed.connect(self._on_reading_completed)
        reader.reading_cleared.connect(self._on_reading_cleared)

    def _on_run_finished(self, finished: RunFinished) -> None:
        if finished.settings is None:
            return
        model = finished.model
        accuracy = model.provenance.validation_accuracy if model is not None else None
        self._tell(RunEnded(finished.settings, accuracy, finished.was_stopped, finished.has_diverged))

    def _on_step_observed(self, step: ObservedStep) -> None:
        right = int((step.probabilities.argmax(dim=1) == step.targets).sum())
        self._tell(StepTaken(step.number, step.loss_before, step.loss_after, right, len(step.targets)))

    def _on_reading_completed(self, reading: Reading) -> None:
        # A network in training reads the same digit anew, many times a second.
        if not self._training.is_running:
            self.digit.put(DigitRead(reading.probability, reading.scaled_logits))

    def _on_reading_cleared(self) -> None:
        self.digit.put(None)
