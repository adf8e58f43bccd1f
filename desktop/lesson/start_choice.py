"""Start choice: what the Step and Rate pages train, from fresh weights or from a network there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.lesson.network_choice import NetworkChoice
from desktop.lesson.network_sources import NetworkSources
from desktop.lesson.shown_network import READING, STEPPED
from desktop.lesson.start_weights import StartWeights, job_from
from engine.errors import SettingsError

if TYPE_CHECKING:
    from desktop.training.controller import TrainingController
    from desktop.training.training_job import TrainingJob

_IN_A_SENTENCE = {READING: "the network in use", STEPPED: "the Step page’s network"}


class StartChoice(QObject):
    """Puts together what a page's field says and what the training panel asks for.

    Signals:
        refused: One sentence: nothing can be trained from there.
    """

    refused = Signal(str)

    def __init__(
        self, choice: NetworkChoice, sources: NetworkSources, training: TrainingController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._sources = sources
        self._training = training
        sources.appeared.connect(self._on_appeared)
        self._on_appeared()

    def requested(self) -> tuple[TrainingJob, StartWeights | None] | None:
        """What is to be trained, and from where; None if that makes no sense, which is said."""
        job = self._training.requested_job()
        if job is None:
            return None
        source = self._choice.source
        try:
            return job_from(job, self._sources.network(source), _IN_A_SENTENCE.get(source, ""))
        except SettingsError as error:
            self.refused.emit(str(error))
            return None

    def _has(self, source: str) -> bool:
        return self._sources.network(source) is not None

    def _on_appeared(self) -> None:
        self._choice.set_available(self._has)
