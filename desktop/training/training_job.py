"""Training job: what goes into a run of the trainer, and what is told of its beginning and its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.settings import TrainingSettings
from engine.training.run_events import RunStarted as RunStarted

if TYPE_CHECKING:
    from engine.models.model import Model
    from engine.store.own_drawings import OwnDrawings
    from engine.training.replacement import Judgement


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """What to train.

    Attributes:
        data: A name in `engine.data.sources.DATA_SOURCES`, that of the user's drawings, or the path of a set
            of the user's own.
        mnist_folder: Where MNIST is looked for.
        settings: How to train.
        device: ``auto``, ``cuda``, ``mps`` or ``cpu``.
        drawings_percent: Of what is learned from that are the user's drawings, where data are others.
        read_drawings: Answers the user's drawings, in any thread; None where none are wanted.
    """

    data: str
    mnist_folder: Path
    settings: TrainingSettings
    device: str
    drawings_percent: int = 0
    read_drawings: Callable[[], OwnDrawings] | None = None


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
        settings: It was trained with; None if it ended before its first step.
        has_diverged: Whether its loss was no longer a number.
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
    has_diverged: bool = False
