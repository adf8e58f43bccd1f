"""A trial: one training of a search, run to its end or until it is told to stop.

What goes to a trial and what comes of it may cross from one process, or machine, to another: plain numbers
and NumPy's arrays. The test set is not among it.
"""

from __future__ import annotations

import math
import time
import uuid
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.classes import Classes
from engine.data.digits import Digits, Standardisation
from engine.errors import ScratchpadError
from engine.nn.network import Weights
from engine.search.objective import score_of
from engine.settings import TrainingSettings
from engine.training.epoch_figures import EpochFigures
from engine.training.fit import EpochCompleted, fit
from engine.training.run_states import FAILED, FINISHED, STOPPED

SentWeights = Mapping[str, NDArray[np.float32]]
"""Weights by their names, as arrays."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be trained.

    Attributes:
        number: Of the trial in its search, from 1 on; the same however often it is tried.
        point: Of the space, by the number of its proposal.
        settings: Of the training.
    """

    number: int
    point: int
    settings: TrainingSettings


@dataclass(frozen=True, slots=True)
class SearchData:
    """What trials learn from and are measured on.

    Attributes:
        training: To learn from.
        validation: To measure each epoch on.
        standardisation: Of the training set.
    """

    training: Digits
    validation: Digits
    standardisation: Standardisation


class SetNames(NamedTuple):
    """What the arrays of the sets do not say.

    Attributes:
        training: What to call the set to learn from.
        validation: What to call the set to measure on.
        classes: Names of the classes of both.
    """

    training: str
    validation: str
    classes: tuple[str, ...]

    @classmethod
    def of(cls, data: SearchData) -> SetNames:
        """The names in these data."""
        return cls(data.training.name, data.validation.name, data.training.classes.names)


@dataclass(frozen=True, slots=True)
class TrialReport:
    """A trial has come to the end of an epoch.

    Attributes:
        number: Of the trial.
        attempt: Differs where a trial is run again, since a worker was lost.
        figures: Of the epoch.
    """

    number: int
    attempt: str
    figures: EpochFigures


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """What came of a trial.

    Attributes:
        number: Of the trial.
        state: `FINISHED`; `STOPPED` if it was told to stop, with what it was at the end of its last whole
            epoch; `FAILED` if its loss diverged, its device failed, or its settings do not fit the data.
        figures: Of each whole epoch.
        losses: Of each step of these epochs, float32; empty where they were not kept.
        weights: After the last of these epochs; None where there are none to keep.
        seconds: It took.
        message: One sentence on what went wrong, or empty.
    """

    number: int
    state: str
    figures: tuple[EpochFigures, ...] = ()
    losses: array[float] = field(default_factory=lambda: array("f"))
    weights: SentWeights | None = None
    seconds: float = 0.0
    message: str = ""

    def at(self, epoch: int) -> TrialOutcome:
        """As it was when it was told to stop, however far it came before it heard of that.

        Weights of a later epoch are none of it.
        """
        if not self.figures or self.figures[-1].epoch <= epoch:
            return self
        figures = tuple(each for each in self.figures if each.epoch <= epoch)
        steps = len(self.losses) * len(figures) // len(self.figures)
        return replace(self, state=STOPPED, figures=figures, losses=self.losses[:steps], weights=None)


Report = Callable[[TrialReport], None]
"""Told of each epoch of each trial."""
IsStopped = Callable[[int], bool]
"""Asked after every few steps whether the trial of that number is to stop."""


def run_trial(
    trial: Trial,
    data: SearchData,
    report: Report = lambda _: None,
    is_stopped: IsStopped = lambda _: False,
    device: torch.device | str = "cpu",
) -> TrialOutcome:
    """Train as `engine.training.fit.fit` does, with the same numbers.

    Returns:
        What came of it; a training that fails is an outcome, too.
    """
    began, attempt = time.perf_counter(), uuid.uuid4().hex
    figures: list[EpochFigures] = []
    losses, pending = array("f"), array("f")
    weights: Weights | None = None
    state, message = FINISHED, ""
    try:
        for result in fit(
            data.training,
            data.validation,
            trial.settings,
            data.standardisation,
            device,
            report_interval_s=_REPORT_INTERVAL_S,
            is_stopped=lambda: is_stopped(trial.number),
        ):
            if not isinstance(result, EpochCompleted):
                pending.extend(result.losses)
                continue
            if result.step < result.epoch * -(-len(data.training) // trial.settings.batch_size):
                state = STOPPED  # within an epoch, which is left out
                break
            figures.append(result.figures)
            losses.extend(pending)
            del pending[:]
            weights = result.weights
            report(TrialReport(trial.number, attempt, result.figures))
            if result.epoch < result.epochs and is_stopped(trial.number):
                state = STOPPED
                break
    except ScratchpadError as error:
        state, message = FAILED, str(error)
    return TrialOutcome(
        trial.number,
        state,
        tuple(figures),
        losses,
        None if weights is None else sent(weights),
        time.perf_counter() - began,
        message,
    )


# Nobody looks at the single steps: their losses come with the outcome.
_REPORT_INTERVAL_S = 0.2


def final_score(outcome: TrialOutcome, objective: str) -> float | None:
    """The score after the last epoch; None of a trial that failed, or whose score is no number."""
    if outcome.state == FAILED or not outcome.figures:
        return None
    score = score_of(outcome.figures[-1], objective)
    return score if math.isfinite(score) else None


def sent(weights: Weights) -> SentWeights:
    """Weights as they cross to another process."""
    return {name: each.detach().cpu().numpy() for name, each in weights.items()}


def received(weights: SentWeights) -> Weights:
    """The weights that were sent."""
    return {name: torch.from_numpy(np.array(each)) for name, each in weights.items()}


def data_arrays(data: SearchData) -> dict[str, NDArray[Any]]:
    """The sets as arrays, to be sent or written: uint8 images and int64 labels of both."""
    return {
        "training_images": data.training.images.cpu().numpy(),
        "training_labels": data.training.labels.cpu().numpy(),
        "validation_images": data.validation.images.cpu().numpy(),
        "validation_labels": data.validation.labels.cpu().numpy(),
    }


def data_from(
    arrays: Mapping[str, NDArray[Any]], names: SetNames, standardisation: Standardisation
) -> SearchData:
    """The sets from their arrays, which may be mapped from a file."""
    training, validation = (
        Digits(
            torch.from_numpy(arrays[f"{part}_images"]),
            torch.from_numpy(arrays[f"{part}_labels"]),
            name,
            Classes(names.classes),
        )
        for part, name in zip(("training", "validation"), (names.training, names.validation), strict=True)
    )
    return SearchData(training, validation, standardisation)
