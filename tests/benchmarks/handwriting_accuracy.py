"""Accuracy on real digits of a network that has seen nothing but built-in handwriting.

Run with ``python -m tests.benchmarks.handwriting_accuracy``; ``SCRATCHPAD_DATA`` names the folder that has
MNIST and pen digits. The styles in ``resources/shapes/digits.txt`` were chosen by MNIST's training digits and
by the pen digits of the 97 writers that the shipped network learned from; MNIST's test set and the other
writers judge.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training
from engine.data.pen_digits import load_pen_digits
from engine.evaluation.evaluate import evaluate
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of

COUNT = 120_000
HELD_OUT = 3_000
SETTINGS = TrainingSettings(hidden=(512, 256), epochs=20, warps=True, weight_decay=1e-4, averaging=True)


def main() -> None:
    """Write digits, train on them, and print the figures."""
    folder = os.environ.get("SCRATCHPAD_DATA")
    if not folder:
        raise SystemExit("Set SCRATCHPAD_DATA to the folder that has MNIST and pen digits.")
    torch.set_num_threads(1)
    sets = real_digits(Path(folder))
    begin = time.perf_counter()
    digits = make_handwriting(COUNT, seed=1)
    print(f"{COUNT:,} digits written in {time.perf_counter() - begin:.1f} s")
    training, validation = digits.split(HELD_OUT, seed=0)
    standardisation = Standardisation.of(training)
    begin = time.perf_counter()
    weights = None
    for result in fit(training, validation, SETTINGS, standardisation):
        if isinstance(result, EpochCompleted):
            weights = result.weights
            accuracy = 100 * result.validation_accuracy
            print(f"epoch {result.epoch:2}: {accuracy:.2f} % of fresh built-in digits", flush=True)
    print(f"trained in {time.perf_counter() - begin:.0f} s on one thread")
    assert weights is not None
    architecture = architecture_of(SETTINGS)
    network = Network.from_weights(architecture, weights)
    print("read by a network trained on built-in handwriting alone:")
    for name, real in sets.items():
        figures = evaluate(network, standardisation(real.intensities()), real.labels)
        print(f"{100 * figures.accuracy:.2f} % of {name} ({len(real):,})")


def real_digits(folder: Path) -> dict[str, Digits]:
    """The sets that chose the styles, and those that judge them."""
    training, validation = load_mnist_training(folder)
    learned_from, held_out = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()
    return {
        "MNIST's training digits, which chose": training.joined(validation),
        "pen digits of 97 writers, which chose": learned_from.normalised(),
        "MNIST's test set": load_mnist_test(folder),
        "pen digits of 24 other writers": held_out.normalised(),
    }


if __name__ == "__main__":
    main()
