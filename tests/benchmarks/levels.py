"""The levels as Markdown tables: time per epoch, accuracy and difference of each, and the tricks of the last.

    python -m tests.benchmarks.levels

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw. All levels of a network train side by
side, an epoch of each in turn, so that a disturbance of the machine does not fall on one of them alone. One
CPU thread; the greatest difference is that of the losses of single steps, relative to level 1. The tables of
the tricks lead from level 6, as the lesson prints it, to level 7: medians of turns taken by all of them.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch

from engine.cli.options import DATA_VARIABLE
from engine.data.sources import MNIST, TrainingData, load_training_data
from engine.lesson.tricks import measure_tricks
from engine.levels.descriptions import level_description
from engine.nn.network import Weights
from engine.settings import LEVELS, TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of
from engine.training.run import finish_model

NETWORKS = ((), (100,))
FIRST_STEPS = 200
TURNS = 60


@dataclass
class Run:
    """One level.

    Attributes:
        losses: Of every step.
        seconds: Of every epoch, validation included.
        weights: After the last epoch.
    """

    losses: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    weights: Weights | None = None


def main() -> int:
    """Print a table for each network."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder with MNIST/raw in it.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    data = load_training_data(MNIST, Path(folder))
    for hidden in NETWORKS:
        settings = TrainingSettings(hidden=hidden)
        print(f"\n{architecture_of(settings).describe()}, {settings.epochs} epochs\n")
        print(
            f"| level | s per epoch | MNIST test | greatest difference over {FIRST_STEPS} steps | "
            "mean difference over all |"
        )
        print("|---|---|---|---|---|")
        runs = train_side_by_side(data, settings)
        for number, run in runs.items():
            print(row(number, run, runs[1], data, settings), flush=True)
    for hidden in NETWORKS:
        print_tricks(TrainingSettings(hidden=hidden))
    return 0


def print_tricks(settings: TrainingSettings) -> None:
    """The way from level 6 to level 7; each row has the tricks of all rows above it, too."""
    print(f"\n{architecture_of(settings).describe()}, mini-batches of {settings.batch_size}\n")
    print("| trick | µs per step | s per epoch | gain | times as fast as level 6 |")
    print("|---|---|---|---|---|")
    *_, times = measure_tricks(settings, TURNS)
    for each in times:
        whole = times[0].step_s / each.step_s
        print(
            f"| {each.trick.title} | {1e6 * each.step_s:.0f} | {each.epoch_s:.3f} | "
            f"{'' if each.gain is None else f'{each.gain:.2f}'} | {whole:.2f} |",
            flush=True,
        )


def train_side_by_side(data: TrainingData, settings: TrainingSettings) -> dict[int, Run]:
    """Every level with the same settings, an epoch of each in turn."""
    runs = {number: Run() for number in LEVELS}
    trainings = {
        number: fit(
            data.training,
            data.validation,
            TrainingSettings(hidden=settings.hidden, level=number),
            data.standardisation,
        )
        for number in LEVELS
    }
    for _ in range(settings.epochs):
        for number, training in trainings.items():
            run = runs[number]
            began = time.perf_counter()
            for result in training:
                if isinstance(result, EpochCompleted):
                    run.weights = result.weights
                    break
                run.losses += result.losses
            run.seconds.append(time.perf_counter() - began)
    return runs


def row(number: int, run: Run, first: Run, data: TrainingData, settings: TrainingSettings) -> str:
    """One level as Markdown. Its first epoch also puts the data in place and does not count."""
    assert run.weights is not None
    accuracy = finish_model(data, settings, architecture_of(settings), run.weights).provenance.test_accuracy
    assert accuracy is not None
    early = greatest_difference(run.losses[:FIRST_STEPS], first.losses[:FIRST_STEPS])
    late = mean_difference(run.losses, first.losses)
    return (
        f"| {level_description(number).title} | {statistics.median(run.seconds[1:]):.2f} | "
        f"{100 * accuracy:.2f} % | {early:.1e} | {late:.1e} |"
    )


def greatest_difference(losses: list[float], expected: list[float]) -> float:
    """The greatest, relative to the expected loss of the step."""
    return max(abs(loss - other) / other for loss, other in zip(losses, expected, strict=True))


def mean_difference(losses: list[float], expected: list[float]) -> float:
    """The mean, relative to the mean loss: one tiny loss late in the training does not decide it."""
    apart = statistics.mean(abs(loss - other) for loss, other in zip(losses, expected, strict=True))
    return apart / statistics.mean(expected)


if __name__ == "__main__":
    raise SystemExit(main())
