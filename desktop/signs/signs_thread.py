"""Signs thread: one set of signs learned, away from the window."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.networks.model_library import ModelLibrary
from desktop.services.freed_memory import give_back_freed_memory
from desktop.training.run_recording import RunRecording
from engine.errors import ScratchpadError
from engine.training.run_states import FINISHED, STOPPED

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.data.pen_digits import PenDigits
    from engine.models.model import Model
    from engine.training.fit import StepsCompleted

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignsLearned:
    """How the learning of a set ended.

    Attributes:
        model: The network that tells the signs apart; None if it was stopped or failed.
        path: Where the network was kept, or None.
        message: One sentence on what went wrong, or empty.
        details: For a bug report, or empty.
    """

    model: Model | None = None
    path: Path | None = None
    message: str = ""
    details: str = ""


class SignsThread(QThread):
    """One set.

    Signals:
        progressed: Share of all steps made, 0 to 1.
        learned: A `SignsLearned`; the last signal.
    """

    progressed = Signal(float)
    learned = Signal(object)

    def __init__(
        self,
        drawings: Callable[[], PenDigits],
        library: ModelLibrary,
        find_store: FindStore,
        parent: QObject | None = None,
    ) -> None:
        """Know what to learn.

        Args:
            drawings: Answers what to learn; called in the thread, may raise `StoreError`.
            library: Has the networks to start from, and keeps the one that comes of it.
            find_store: Answers where the learning is recorded among the trainings, or None.
            parent: Of this object.
        """
        super().__init__(parent)
        self._drawings, self._library = drawings, library
        self._recording = RunRecording(find_store)
        self._is_recorded = False

    def run(self) -> None:
        """Read, learn, keep. Nothing escapes: the end is always told by `learned`."""
        try:
            learned = self._learned()
        except ScratchpadError as error:
            learned = SignsLearned(message=str(error))
        except Exception:
            _log.exception("signs could not be learned")
            learned = SignsLearned(
                message="The signs could not be learned; the network in use was not changed.",
                details=traceback.format_exc(),
            )
        was_stopped = self.isInterruptionRequested()
        if was_stopped:
            self._recording.end(STOPPED)
        self._recording.fail(learned.message)  # unless it has come to an end
        message = f"{learned.message} {self._recording.trouble}".strip()
        give_back_freed_memory()
        self.learned.emit(SignsLearned() if was_stopped else replace(learned, message=message))

    def _learned(self) -> SignsLearned:
        import torch

        from engine.adaptation.new_signs import learn_signs
        from engine.training.fit import StepsCompleted
        from engine.training.thread_tuning import ThreadChooser

        torch.set_num_threads(1)  # until the first steps have shown what pays
        drawings = self._drawings()
        # A set that has no name of its own is called by its signs already.
        name = drawings.name if drawings.name == drawings.classes.listed() else ""
        start = self._start_model()
        for result in learn_signs(
            start,
            drawings,
            threads=ThreadChooser(),
            is_stopped=self.isInterruptionRequested,
            name=name,
        ):
            if self.isInterruptionRequested():
                break
            if isinstance(result, StepsCompleted):
                self._record(result, start, drawings)
                self.progressed.emit((result.first_step + len(result.losses)) / result.total_steps)
            else:
                return self._kept(result)
        return SignsLearned()

    def _record(self, result: StepsCompleted, start: Model, drawings: PenDigits) -> None:
        """What is learned is a training among others; how many steps it has is known once it has begun."""
        from engine.adaptation.new_signs import NewSignsSettings, training_settings
        from engine.nn.network import Architecture
        from engine.training.run_events import RunDescription

        if not self._is_recorded:
            self._is_recorded = True
            sizes = (*start.architecture.sizes[:-1], len(drawings.classes))
            architecture = Architecture(sizes, start.architecture.activation)
            self._recording.begin(
                RunDescription(
                    f"{drawings.name}, on top of {start.name}",
                    f"drawings of {drawings.classes.listed()}",
                    training_settings(architecture, NewSignsSettings()),
                    architecture,
                    start.standardisation,
                    result.total_steps,
                    "CPU",
                    start.provenance.attribution,
                    classes=drawings.classes,
                )
            )
        self._recording.add(result)

    def _start_model(self) -> Model:
        """The network that has read letters and digits; the one of digits where that cannot be opened."""
        from engine.models.model_file import load_model

        try:
            return load_model(self._library.shipped_letters())
        except (ScratchpadError, OSError):
            _log.exception("the network of letters cannot be opened")
            return load_model(self._library.shipped())

    def _kept(self, model: Model) -> SignsLearned:
        self._recording.end(FINISHED, model)
        try:
            return SignsLearned(model, self._library.keep(model))
        except ScratchpadError as error:
            return SignsLearned(model, message=str(error))
