"""Fit: `fit`, a plain generator of frozen results.

Stopping is not asking for the next result. Nothing here knows of windows, plots or files; what leaves the
loop is a copy.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import torch

from engine.data.digits import Digits, Standardisation
from engine.errors import DivergedError, SettingsError
from engine.evaluation.evaluate import evaluate
from engine.nn.matmul import fast_product
from engine.nn.network import Network, Weights
from engine.settings import TrainingSettings
from engine.training.device_errors import device_errors
from engine.training.epoch_figures import EpochFigures
from engine.training.learner import Learner, check_training
from engine.training.pace import Pace, pace_of
from engine.training.running_metrics import RunningMeans
from engine.training.stretches.way import StretchWay
from engine.training.thread_tuning import ThreadChooser


@dataclass(frozen=True, slots=True)
class StepsCompleted:
    """A chunk of steps.

    Attributes:
        first_step: Number of the first step in the chunk, counted from 0 over the whole run.
        losses: Loss of each step's mini-batch before its step.
        total_steps: Steps in the whole run.
        examples: Digits seen in the chunk.
        weights: Copy of the weights after the chunk.
        threads: CPU threads in use after the chunk.
    """

    first_step: int
    losses: tuple[float, ...]
    total_steps: int
    examples: int
    weights: Weights
    threads: int = 1


@dataclass(frozen=True, slots=True)
class EpochCompleted(EpochFigures):
    """An epoch is over: its figures, and what they are of.

    Attributes:
        epochs: Epochs in the whole run.
        weights: Copy of the weights that were validated (the running averages, if they are asked for).
    """

    epochs: int
    weights: Weights

    @property
    def figures(self) -> EpochFigures:
        """Without the weights, for whoever keeps the figures of many epochs."""
        return EpochFigures(*(getattr(self, each.name) for each in fields(EpochFigures)))


Result = StepsCompleted | EpochCompleted


def fit(
    training: Digits,
    validation: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    device: torch.device | str = "cpu",
    start: Weights | None = None,
    report_interval_s: float = 0.03,
    threads: ThreadChooser | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    way: StretchWay | None = None,
) -> Iterator[Result]:
    """Train a network from its first step to its last.

    The same settings on the same device give the same numbers, however often results are reported.

    Args:
        training: Digits to learn from.
        validation: Digits to measure each epoch on; never learned from.
        settings: Checked before anything starts.
        standardisation: Of the inputs.
        device: Where data, network and warps live.
        start: Weights to go on from, instead of random ones.
        report_interval_s: Seconds between two `StepsCompleted`; 0 reports every step, or every stretch where
            steps are recorded in stretches (see `engine.training.stretches`).
        threads: Chooses the number of CPU threads on the way, which may change the last digits of the
            numbers; without it that number is left alone.
        is_stopped: Asked after each `StepsCompleted`; when it says so, the epoch ends there, and the last
            result has the figures of the weights as they are then. Without a wish for figures, stop asking.
        way: How stretches of steps are recorded; by default the way of the device, if it is faster with one.

    Yields:
        `StepsCompleted` again and again, and `EpochCompleted` at the end of each epoch.

    Raises:
        SettingsError: The settings or sets make no sense.
        DivergedError: A loss was not finite. The last weights yielded are the last good ones.
        DeviceError: The device failed or ran out of memory.
    """
    check_training(settings, training)
    if len(validation) == 0:
        raise SettingsError("data", "There are no digits to validate on. Choose other data.")
    with device_errors(device):
        learner = Learner(training, settings, standardisation, device, start, keeps_gradients=False)
        pace = pace_of(learner, standardisation, device, threads, way)
        yield from _fit(learner, pace, validation, standardisation, device, report_interval_s, is_stopped)


def _fit(
    learner: Learner,
    pace: Pace,
    validation: Digits,
    standardise: Standardisation,
    device: torch.device | str,
    report_interval_s: float,
    is_stopped: Callable[[], bool],
) -> Iterator[Result]:
    settings, network = learner.settings, learner.network
    validation_inputs = standardise(validation.intensities(device))
    validation_targets = validation.labels.to(device)
    evaluation_network = Network(network.architecture, device=device, product=fast_product)
    for epoch in range(1, settings.epochs + 1):
        loss_sum, correct, digits = 0.0, 0, 0
        pace.begin_epoch()
        while learner.steps < epoch * len(learner.batches):
            means = pace.take(report_interval_s)
            loss_sum += sum(map(operator.mul, means.losses, means.lengths))
            correct += means.correct
            digits += sum(means.lengths)
            yield _steps_completed(learner, means)
            if is_stopped():
                break
        evaluation_network.load((pace.average or network).snapshot())
        figures = evaluate(evaluation_network, validation_inputs, validation_targets)
        yield EpochCompleted(
            epoch=epoch,
            epochs=settings.epochs,
            step=learner.steps,
            training_loss=loss_sum / digits,
            training_accuracy=correct / digits,
            validation_loss=figures.loss,
            validation_accuracy=figures.accuracy,
            weights=evaluation_network.snapshot(),
        )
        if learner.steps < epoch * len(learner.batches):
            return


def _steps_completed(learner: Learner, means: RunningMeans) -> StepsCompleted:
    weights = learner.network.snapshot()
    # A step may blow up the weights although its own loss, taken before it, was still finite.
    are_finite = all(map(math.isfinite, means.losses))
    first_step = learner.steps - len(means.losses)
    if not are_finite or not all(bool(each.isfinite().all()) for each in weights.values()):
        saved = "the last good weights were saved" if first_step else "there were no good weights to save yet"
        raise DivergedError(
            f"The loss stopped being a finite number: the learning rate of "
            f"{learner.settings.learning_rate:g} is too high for this network. Try a third of it; {saved}."
        )
    return StepsCompleted(
        first_step,
        means.losses,
        learner.total_steps,
        sum(means.lengths),
        weights,
        torch.get_num_threads(),
    )
