"""Training job: what goes into a run of the trainer, and what is told of its beginning and its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from engine.data.digits import Standardisation
    from engine.models.model import Model
    from engine.nn.network import Architecture
    from engine.training.replacement import Judgement


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """What to train.

    Attributes:
        data: ``mnist`` or ``handwriting``.
        mnist_folder: Where MNIST is looked for.
        settings: How to train.
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
    """

    data: str
    mnist_folder: Path
    settings: TrainingSettings
    device: str


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The data are there and the first step is about to be made.

    Attributes:
        architecture: Of the network in training.
        standardisation: Of its inputs.
        title: Data, sizes and level, such as ``MNIST 784-100-10 · level 5``.
        level: Whose parts it trains with.
        likeness: What two runs must have in common for their losses to be the same on every level.
        steps: Of the whole run.
        epochs: Of the whole run.
        device: Its name.
        device_reason: One sentence.
    """

    architecture: Architecture
    standardisation: Standardisation
    title: str
    level: int
    likeness: object
    steps: int
    epochs: int
    device: str
    device_reason: str


@dataclass(frozen=True, slots=True)
class RunFinished:
    """How a run ended.

    Attributes:
        model: What was trained, or None if it ended before its first step.
        path: Where the model was kept among the networks; None if it was not, or could not be.
        was_stopped: Whether it ended early because someone asked.
        message: One sentence on what went wrong, or empty.
        field: The setting at fault, or empty.
        details: For a bug report, or empty.
        unkept: One sentence on what of the run could not be kept among the runs, or empty.
        judgement: Whether the model is put to use without asking; None without a model.
        is_held: Whether some file holds the model: that of the run, if not one among the networks.
        settings: It was trained with, or None.
    """

    model: Model | None
    path: Path | None
    was_stopped: bool
    message: str = ""
    details: str = ""
    field: str = ""
    unkept: str = ""
    judgement: Judgement | None = None
    is_held: bool = False
    settings: TrainingSettings | None = None
