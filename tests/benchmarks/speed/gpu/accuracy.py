"""Accuracy on the card: seconds to 98 and 99 %, and whether the precision of products costs any."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from engine.evaluation.evaluate import evaluate
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of
from engine.training.stretches.fused import PRECISIONS, USUAL_PRECISION
from engine.training.stretches.way import StretchWay
from tests.benchmarks.speed.gpu import ours
from tests.benchmarks.speed.gpu.bench import Bench, say, spread
from tests.benchmarks.speed.task import LEARNING_RATE, MOMENTUM

_WARPED = TrainingSettings(
    hidden=(512, 256), batch_size=512, learning_rate=0.2, warps=True, epochs=8, momentum=0.9
)
GOALS = (
    (0.98, 0.1, TrainingSettings(hidden=(160,), batch_size=256, learning_rate=0.2, epochs=4)),
    (0.99, 0.8, _WARPED),
)


def to_accuracy(bench: Bench) -> None:
    """Seconds from the call of `fit` to an accuracy on MNIST's test set, which is read while they stand."""
    for target, bound, settings in GOALS:
        way = bench.way(USUAL_PRECISION)
        _follow(bench, replace(settings, epochs=2), way)  # nothing is compiled after this
        found = [_follow(bench, replace(settings, seed=seed), way, target) for seed in bench.seeds]
        reached = sum(right >= target and seconds <= bound for seconds, right in found)
        words = ", ".join(f"{seconds:.3f} s {100 * right:.2f} %" for seconds, right in found)
        say(
            f"| to {100 * target:g} %, batch {settings.batch_size}, rate {settings.learning_rate:g} | "
            f"{words} | within {bound} s: {reached} of {len(found)} |"
        )


def precisions(bench: Bench) -> None:
    """Epochs and test accuracies of the usual training with TF32 products, and what is about float32."""
    if not bench.is_fused:
        return
    usual = TrainingSettings(learning_rate=LEARNING_RATE, momentum=MOMENTUM)
    for precision in PRECISIONS[:2]:
        if precision != USUAL_PRECISION:
            ours.note_epochs(bench, ours.title_of(precision), usual, bench.way(precision))
        for settings in (TrainingSettings(), GOALS[0][2]):
            way = bench.way(precision)
            found = [100 * _follow(bench, replace(settings, seed=seed), way)[1] for seed in bench.seeds]
            words = ", ".join(f"{each:.2f}" for each in found)
            title = f"{architecture_of(settings).describe()}, batch {settings.batch_size}"
            say(f"| {title}, {settings.epochs} epochs, {precision} | {words} % | {spread(found, 2)} |")


def _follow(
    bench: Bench, settings: TrainingSettings, way: StretchWay, target: float = 2.0
) -> tuple[float, float]:
    """Seconds to the target and the accuracy there, or those of the last epoch."""
    task, device = bench.task, bench.device
    inputs = task.standardisation(task.test.intensities(device))
    targets = task.test.labels.to(device)
    spent, accuracy = 0.0, 0.0
    bench.wait()
    began = time.perf_counter()
    for result in fit(task.digits, bench.few(), settings, task.standardisation, device, way=way):
        if isinstance(result, EpochCompleted):
            spent += time.perf_counter() - began
            network = Network.from_weights(architecture_of(settings), result.weights, device)
            with torch.no_grad():
                accuracy = evaluate(network, inputs, targets).accuracy
            if accuracy >= target:
                break
            began = time.perf_counter()
    return spent, accuracy
