"""Fit: `fit`, a plain generator of frozen results.

Stopping is not asking for the next result. Nothing here knows of windows, plots or files; what leaves the
loop is a copy.
"""

from __future__ import annotations

import math
import operator
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import torch

from engine.data.digits import Digits, Standardisation
from engine.errors import DivergedError, SettingsError
from engine.evaluation.evaluate import evaluate
from engine.nn.matmul import fast_product
from engine.nn.network import Network, Weights
from engine.nn.step_output import StepOutput
from engine.nn.weight_average import WeightAverage
from engine.settings import TrainingSettings
from engine.training.device_errors import device_errors
from engine.training.epoch_figures import EpochFigures
from engine.training.learner import Learner, check_training
from engine.training.running_metrics import RunningMeans, RunningMetrics
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
        report_interval_s: Seconds between two `StepsCompleted`; 0 reports every step.
        threads: Chooses the number of CPU threads on the way, which may change the last digits of the
            numbers; without it that number is left alone.
        is_stopped: Asked after each `StepsCompleted`; when it says so, the epoch ends there, and the last
            result has the figures of the weights as they are then. Without a wish for figures, stop asking.

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
        yield from _fit(learner, validation, standardisation, device, report_interval_s, threads, is_stopped)


def _fit(
    learner: Learner,
    validation: Digits,
    standardise: Standardisation,
    device: torch.device | str,
    report_interval_s: float,
    threads: ThreadChooser | None,
    is_stopped: Callable[[], bool],
) -> Iterator[Result]:
    settings, network = learner.settings, learner.network
    validation_inputs = standardise(validation.intensities(device))
    validation_targets = validation.labels.to(device)
    average = WeightAverage(network) if settings.averaging else None
    evaluation_network = Network(network.architecture, device=device, product=fast_product)
    metrics = RunningMetrics(settings.batch_size, device)
    for epoch in range(1, settings.epochs + 1):
        loss_sum, correct, digits = 0.0, 0, 0
        steps = learner.take_epoch()
        while learner.steps < epoch * len(learner.batches):
            _take_steps(learner, steps, metrics, report_interval_s, average, threads)
            means = metrics.read()
            loss_sum += sum(map(operator.mul, means.losses, means.lengths))
            correct += means.correct
            digits += sum(means.lengths)
            yield _steps_completed(learner, means)
            if is_stopped():
                break
        evaluation_network.load(average.snapshot() if average else network.snapshot())
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


def _take_steps(
    learner: Learner,
    steps: Iterator[StepOutput],
    metrics: RunningMetrics,
    longest_s: float,
    average: WeightAverage | None,
    threads: ThreadChooser | None,
) -> None:
    """One step at least, and as many as the time, the metrics or the epoch allow."""
    due = time.perf_counter() + longest_s
    with learner.mode():
        for output in steps:
            metrics.add(output)
            if average:
                average.update()
            if threads:
                threads.step_done()
            if metrics.is_full or time.perf_counter() >= due:
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
