"""Facts: what happened in the program that an exercise may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class LevelChosen:
    """A level was chosen on the Levels page, 1 at the least."""

    level: int


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A training is over.

    Attributes:
        settings: It was trained with.
        accuracy: On the validation digits, 0 to 1; None where it was not measured.
        was_stopped: Whether it ended early because someone asked.
        has_diverged: Whether its loss was no longer a number.
    """

    settings: TrainingSettings
    accuracy: float | None
    was_stopped: bool = False
    has_diverged: bool = False


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step on the Step page was shown.

    Attributes:
        number: Counted from 1.
        loss_before: Of its mini-batch before the step.
        loss_after: Of the same mini-batch after it.
        right: Digits of the mini-batch that were read correctly before the step.
        count: Digits in the mini-batch.
    """

    number: int
    loss_before: float
    loss_after: float
    right: int
    count: int


@dataclass(frozen=True, slots=True)
class RateChosen:
    """A learning rate went from the Rate page to the training panel."""

    rate: float


@dataclass(frozen=True, slots=True)
class DescentJudged:
    """A step on the Descent page.

    Attributes:
        number: Since the start, from 1.
        verdict: A value of `engine.lesson.descent.Verdict`.
    """

    number: int
    verdict: str


@dataclass(frozen=True, slots=True)
class ShapesCompared:
    """Two shapes of the user's own were compared; None as result where they do not match."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    result: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class DigitRead:
    """A digit on the pad was read, and has stood there for a moment.

    Attributes:
        probability: Of the digit that was read, 0 to 1.
        logits: Of the digits 0 to 9.
    """

    probability: float
    logits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MatricesTyped:
    """Two matrices of the user's own stand on the Matrix product page; their numbers of rows and columns."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProductCompleted:
    """The last step of a matrix product was reached, in the view with this name."""

    view: str


@dataclass(frozen=True, slots=True)
class UnitPointedAt:
    """A unit on the Network page.

    Attributes:
        is_answer: Whether it is one of the ten answers, rather than a hidden unit.
        is_chosen: Whether it is the answer that the network gives.
    """

    is_answer: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SpeedMeasured:
    """A measurement on the Speed page went to its end.

    Attributes:
        work_share: Share of the Python loop's time in which the processor worked for it; 1 on a machine that
            does nothing else.
    """

    work_share: float


Fact = (
    LevelChosen
    | RunEnded
    | StepTaken
    | RateChosen
    | DescentJudged
    | ShapesCompared
    | DigitRead
    | MatricesTyped
    | ProductCompleted
    | UnitPointedAt
    | SpeedMeasured
)
