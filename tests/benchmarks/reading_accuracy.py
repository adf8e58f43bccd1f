"""Accuracy figures as a Markdown table: ``python -m tests.benchmarks.reading_accuracy [SHEET.png]``.

With a name, the pen digits that the shipped network misreads are painted on one sheet.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw and pen-digits/strokes.jsonl.
Training is on the CPU with one thread, so that the figures repeat.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

import resources
from engine.cli.evaluate import measure, renormalise
from engine.cli.options import DATA_VARIABLE
from engine.data.pen_digits import load_pen_digits
from engine.data.sources import MNIST, TrainingData, load_training_data
from engine.errors import DataError
from engine.models.model_file import load_model
from engine.nn.network import Architecture
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.run import finish_model
from tests.benchmarks.mistakes_sheet import save_mistakes


@dataclass(frozen=True)
class Figure:
    """One row.

    Attributes:
        what: Was measured.
        target: In words.
        measured: In words.
        is_reached: Whether the target is.
    """

    what: str
    target: str
    measured: str
    is_reached: bool

    @classmethod
    def of_accuracy(cls, what: str, target: float, accuracy: float) -> Figure:
        """A share of digits that must not be below its target."""
        words = f"{100 * target:.1f} % or more"
        return cls(what, words, f"{100 * accuracy:.2f} %", accuracy >= target)

    def row(self) -> str:
        """As Markdown."""
        return f"| {self.what} | {self.target} | {self.measured} | {'yes' if self.is_reached else 'no'} |"


def figures(folder: Path, sheet: Path | None = None) -> Iterator[Figure]:
    """Measure one after the other; takes a few minutes. Mistakes on pen digits are painted if asked for."""
    mnist = load_training_data(MNIST, folder)
    assert mnist.test is not None
    yield Figure.of_accuracy(
        "MNIST test, no hidden layer, 5 epochs", 0.92, trained(mnist, TrainingSettings(hidden=()))
    )
    yield Figure.of_accuracy("MNIST test, 784-100-10, 5 epochs", 0.978, trained(mnist, TrainingSettings()))
    path = resources.path("weights", "shipped.safetensors")
    shipped = load_model(path)
    accuracy = measure(shipped, mnist.test).accuracy
    yield Figure.of_accuracy(f"MNIST test, shipped {shipped.architecture.describe()}", 0.9945, accuracy)
    again = measure(shipped, renormalise(mnist.test)).accuracy
    lost = 100 * (accuracy - again)
    yield Figure(
        "MNIST test through the normaliser again, shipped",
        "at most 0.3 points lost",
        f"{100 * again:.2f} %, {lost:.2f} points lost",
        lost <= 0.3,
    )
    unknown = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()[1]
    if sheet is not None:
        save_mistakes(shipped, unknown.normalised(), sheet)
    yield Figure.of_accuracy(
        f"pen digits of {len(set(unknown.writers))} writers never trained on ({len(unknown):,}), shipped",
        0.989,
        measure(shipped, unknown.normalised()).accuracy,
    )
    size = path.stat().st_size
    yield Figure("shipped weights file", "3 MB or less", f"{size / 1e6:.2f} MB", size <= 3_000_000)


def trained(data: TrainingData, settings: TrainingSettings) -> float:
    """Accuracy on MNIST's test set after the last epoch."""
    architecture = Architecture((784, *settings.hidden, 10), settings.activation)
    *_, last = fit(data.training, data.validation, settings, data.standardisation, report_interval_s=60)
    assert isinstance(last, EpochCompleted)
    accuracy = finish_model(data, settings, architecture, last.weights).provenance.test_accuracy
    assert accuracy is not None
    return accuracy


def main() -> int:
    """Print the table row by row."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    print("| what | target | measured | reached |\n|---|---|---|---|")
    all_reached = True
    try:
        for figure in figures(Path(folder), Path(sys.argv[1]) if len(sys.argv) > 1 else None):
            print(figure.row(), flush=True)
            all_reached &= figure.is_reached
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if all_reached else 1


if __name__ == "__main__":
    sys.exit(main())
