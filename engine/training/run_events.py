"""Run events: what a training run tells of its beginning, its way and its end, and what records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.data.classes import DIGITS, Classes

if TYPE_CHECKING:
    from engine.data.digits import Standardisation
    from engine.errors import ScratchpadError
    from engine.models.model import Model
    from engine.nn.network import Architecture
    from engine.settings import TrainingSettings
    from engine.training.fit import Result
    from engine.training.replacement import Judgement


UNEXPECTED = "Training failed unexpectedly; the network in use was not changed."
"""What is told of a run that ended in an error that nobody expected."""


@dataclass(frozen=True, slots=True)
class RunDescription:
    """What is about to be trained, for whoever records it.

    Attributes:
        name: What to call the run.
        data: What it learns from, in words.
        settings: How it is trained.
        architecture: Of its network.
        standardisation: Of its inputs.
        total_steps: Of the whole run.
        device: It is trained on.
        attribution: Whom to name for the data.
        classes: Of the data.
    """

    name: str
    data: str
    settings: TrainingSettings
    architecture: Architecture
    standardisation: Standardisation
    total_steps: int
    device: str = "cpu"
    attribution: str = ""
    classes: Classes = DIGITS


class Recording(Protocol):
    """Records a run while it goes on. It raises nothing: a training that it cannot record goes on.

    Attributes:
        name: What the run is called once it was ended, since somebody may have renamed it; empty if it was
            not recorded.
    """

    name: str

    def begin(self, description: RunDescription) -> None:
        """The first step is about to be taken."""
        ...

    def add(self, result: Result) -> None:
        """Take in a result; takes microseconds."""
        ...

    def end(self, state: str, model: Model | None = None, message: str = "") -> None:
        """The run is over; does nothing if none was begun or it was ended.

        Args:
            state: How it ended, one of `engine.training.run_states`.
            model: What came of it; without one, the newest weights are recorded.
            message: One sentence on what went wrong, or empty.
        """
        ...


class NoRecording:
    """Records nothing."""

    name = ""

    def begin(self, description: RunDescription) -> None:
        """Nothing."""

    def add(self, result: Result) -> None:
        """Nothing."""

    def end(self, state: str, model: Model | None = None, message: str = "") -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The data are there and the first step is about to be taken.

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
        classes: Of the network in training.
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
    classes: Classes = DIGITS


@dataclass(frozen=True, slots=True)
class RunMessage:
    """One or two sentences for the user while the run goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended; the last that is told of it.

    Attributes:
        state: `FINISHED`, `STOPPED`, `FAILED` or `INTERRUPTED` of `engine.training.run_states`.
        steps: Taken.
        model: The last good weights, measured; None if there was no step that could be kept.
        judgement: Whether the model may take the place of the one in use; None without a model.
        message: What the user has to know, in sentences; empty if all went well.
        error: What ended the training before its time, or None; its text is part of the message.
    """

    state: str
    steps: int
    model: Model | None = None
    judgement: Judgement | None = None
    message: str = ""
    error: ScratchpadError | None = None
