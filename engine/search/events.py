"""Search events: what a search tells of its beginning, its trials and its end."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.data.sources import MNIST, source_of
from engine.models.model import Model
from engine.search.space import Space, Value
from engine.search.trial import Trial
from engine.training.epoch_figures import EpochFigures


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The data were sent, and the first trial is about to begin; workers may still be starting.

    Attributes:
        search: Number of the search in the store; None if it is not kept.
        space: Where it looks.
        total: Trials of the whole search, those included that an earlier run of it has done.
        done: Of them, those done already; a `TrialCompleted` for each follows.
        jobs: Tasks that run at the same time.
        way: Where trials run, in a few words.
    """

    search: int | None
    space: Space
    total: int
    done: int
    jobs: int
    way: str


@dataclass(frozen=True, slots=True)
class TrialStarted:
    """A trial was handed to a worker; a trial whose worker was lost starts again.

    Attributes:
        trial: What is trained.
        values: What it has for each setting that the space names, by its name.
    """

    trial: Trial
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class TrialProgress:
    """A trial has come to the end of an epoch.

    Attributes:
        trial: Its number.
        figures: Of the epoch.
        epochs: Of the whole trial.
        score: After the epoch.
    """

    trial: int
    figures: EpochFigures
    epochs: int
    score: float


@dataclass(frozen=True, slots=True)
class TrialCompleted:
    """A trial is over; each number comes once.

    Attributes:
        trial: What was trained.
        values: What it has for each setting that the space names, by its name.
        state: `FINISHED`; `STOPPED` if it was given up early since others were better; `FAILED` if its loss
            diverged or it could not be run.
        score: Validation accuracy or loss after its last epoch; None if it failed.
        figures: Of each epoch.
        losses: Of each step, float32; empty where they were not kept.
        seconds: It took.
        message: What went wrong, in a sentence, or empty.
        run: Number of its run in the store, or None.
        model: The network, if it is the best so far; it may be read with. Else None.
        is_known: Whether an earlier run of this search has done it.
        completed: Trials that are over, this one included.
    """

    trial: Trial
    values: Mapping[str, Value]
    state: str
    score: float | None
    figures: tuple[EpochFigures, ...]
    seconds: float
    completed: int
    losses: array[float] = field(default_factory=lambda: array("f"))
    message: str = ""
    run: int | None = None
    model: Model | None = None
    is_known: bool = False

    @property
    def is_best(self) -> bool:
        """Whether no trial before was better."""
        return self.model is not None


@dataclass(frozen=True, slots=True)
class SearchMessage:
    """One or two sentences for the user while the search goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class SearchEnded:
    """The search is over; the last that is told of it.

    Attributes:
        state: `FINISHED`, or `STOPPED` if it can be gone on with.
        trials: All that are over, best first; those without a score last.
        best: The best of them, None if there is none.
        model: Its network, measured on the test set for the first time; its provenance has both figures.
        point_score: Mean score of the best point over its seeds; None if there is none.
        point_spread: Standard deviation of it over its seeds; None with fewer than two.
    """

    state: str
    trials: tuple[TrialCompleted, ...]
    best: TrialCompleted | None = None
    model: Model | None = None
    point_score: float | None = None
    point_spread: float | None = None

    @property
    def validation_accuracy(self) -> float | None:
        """Of the best, 0 to 1."""
        return None if self.model is None else self.model.provenance.validation_accuracy

    @property
    def test_accuracy(self) -> float | None:
        """Of the best, 0 to 1; None where there is no test set."""
        return None if self.model is None else self.model.provenance.test_accuracy

    @property
    def choosing_cost(self) -> float | None:
        """Test minus validation accuracy: what choosing the best of many did to the score.

        None where one of them is not there, and where the search learned from other digits than the test
        set's: then the difference says how unlike the digits are.
        """
        validation, test = self.validation_accuracy, self.test_accuracy
        if self.model is None or validation is None or test is None:
            return None
        return test - validation if source_of(self.model.provenance.data) == MNIST else None


SearchEvent = SearchStarted | TrialStarted | TrialProgress | TrialCompleted | SearchMessage | SearchEnded
