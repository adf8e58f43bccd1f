"""Results thread: reads a whole set and permutes its pixels, away from the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services import gc_tuning
from desktop.services.command_thread import CommandThread
from desktop.services.folders import handwriting_folder
from engine.errors import ScratchpadError, StoppedError
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from engine.data.digits import Digits
    from engine.data.held_out import HeldOut
    from engine.evaluation.calibration import Reliability
    from engine.evaluation.predictions import Predictions
    from engine.models.model import Model

# More pictures of the importance than this are work that nobody sees.
_SHOWN_EACH_S = 0.08


@dataclass(frozen=True, slots=True)
class Read:
    """Read the whole set with a network.

    Attributes:
        model: The network.
        mnist_folder: MNIST's set if the folder has it, else built-in handwriting, is read by networks of
            digits.
        own_set: Path of the set of the user's own that a network of other classes learned from.
    """

    model: Model
    mnist_folder: Path
    own_set: str = ""


@dataclass(frozen=True, slots=True)
class Permute:
    """Measure the importance of every block of pixels for a network, on the same set."""

    model: Model
    mnist_folder: Path
    own_set: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for now."""


Command = Read | Permute | Pause


@dataclass(frozen=True, slots=True)
class Results:
    """What a network made of a set.

    Attributes:
        model: The network.
        digits: The set.
        set_name: What to call it.
        predictions: To each digit of it, with the network's own temperature.
        fitted_temperature: The one that suits the validation set best.
        plain: Reliability at a temperature of 1.
        tempered: Reliability at the fitted temperature.
    """

    model: Model
    digits: Digits
    set_name: str
    predictions: Predictions
    fitted_temperature: float
    plain: Reliability
    tempered: Reliability


class ResultsThread(CommandThread[Command]):
    """A new command ends what runs.

    Signals:
        data_progressed: Share of the digits written or of the set read, 0 to 1, and which of the two it is.
        results_completed: A `Results`.
        importance_measured: The `Model`, and an `engine.evaluation.permutation_importance.Importance`.
        failed: One sentence.
        became_idle: Nothing runs any more.
    """

    data_progressed = Signal(float, str)
    results_completed = Signal(object)
    importance_measured = Signal(object, object)
    failed = Signal(str)
    became_idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("The results could not be computed. Choose the network again to retry.", parent)
        self._sets: HeldOut | None = None
        # Of the sets: where they came from.
        self._place: tuple[Path | None, str] | None = None

    def prepare(self) -> None:
        """Nobody should notice but for the figures."""
        import torch

        torch.set_num_threads(1)

    def tell_failure(self, _command: Command, error: ScratchpadError) -> None:
        """Tell."""
        self.failed.emit(str(error))

    def tell_idle(self) -> None:
        """Tell."""
        self.became_idle.emit()

    def do(self, command: Command) -> None:
        """Read or permute."""
        if isinstance(command, Pause) or self.is_superseded():
            return
        sets = self._load(command)
        if sets is None or self.is_superseded():
            return
        if isinstance(command, Read):
            self.results_completed.emit(_read(command.model, sets))
        else:
            self._permute(command.model, sets)

    def _load(self, command: Read | Permute) -> HeldOut | None:
        """The sets, kept once they are there; MNIST takes the place of handwriting when it has come."""
        from engine.data.held_out import load_held_out, own_held_out
        from engine.data.mnist.files import has_all_files

        folder = command.mnist_folder if has_all_files(command.mnist_folder) else None
        place = (None, command.own_set) if command.own_set else (folder, "")
        if self._sets is None or place != self._place:
            self._sets = None
            try:
                self._sets = (
                    own_held_out(
                        Path(command.own_set),
                        command.model.classes,
                        self._teller(f"Reading {plain_name(Path(command.own_set).name)}"),
                        self.isInterruptionRequested,
                    )
                    if command.own_set
                    else load_held_out(
                        command.mnist_folder,
                        self._teller("MNIST is not on this computer. Generating test digits"),
                        self.isInterruptionRequested,
                        handwriting_folder(),
                    )
                )
            except StoppedError:
                return None
            self._place = place
            gc_tuning.freeze_imports()  # loading has imported torchvision
        return self._sets

    def _teller(self, words: str) -> Callable[[float], None]:
        """Tells shares that come as often as a set has lines: each whole per cent once."""
        told = -1

        def tell(share: float) -> None:
            nonlocal told
            if int(100 * share) != told:
                told = int(100 * share)
                self.data_progressed.emit(share, words)

        return tell

    def _permute(self, model: Model, sets: HeldOut) -> None:
        from engine.evaluation.permutation_importance import permutation_importance
        from engine.nn.network import Network

        network = Network.from_weights(model.architecture, model.weights)
        last_s = 0.0
        for importance in permutation_importance(network, sets.test, model.standardisation):
            if self.is_superseded():
                return
            now = time.monotonic()
            if now - last_s >= _SHOWN_EACH_S or importance.done == importance.total:
                last_s = now
                self.importance_measured.emit(model, importance)


def _read(model: Model, sets: HeldOut) -> Results:
    from engine.evaluation.calibration import fit_temperature, reliability
    from engine.evaluation.predictions import predictions_of, require_finite
    from engine.nn.network import Network

    network = Network.from_weights(model.architecture, model.weights)
    predictions = predictions_of(network, sets.test, model.standardisation, model.temperature)
    require_finite(predictions.logits)
    fitted = fit_temperature(predictions_of(network, sets.validation, model.standardisation))
    return Results(
        model,
        sets.test,
        sets.name,
        predictions,
        fitted,
        reliability(replace(predictions, temperature=1.0)),
        reliability(replace(predictions, temperature=fitted)),
    )
