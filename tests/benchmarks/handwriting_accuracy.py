"""Accuracy on MNIST's test set of a network that has seen nothing but built-in handwriting.

Run with ``python -m tests.benchmarks.handwriting_accuracy``; ``SCRATCHPAD_DATA`` names the folder of MNIST.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import torch

from engine.data.digit_data import load_mnist_test
from engine.data.digits import Standardisation
from engine.data.synthetic_digits import make_handwriting
from engine.evaluation.evaluate import evaluate
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import architecture_of

COUNT = 60_000
HELD_OUT = 3_000
SETTINGS = TrainingSettings(hidden=(512, 256), epochs=10, warps=True, weight_decay=1e-4)


def main() -> None:
    """Write digits, train on them, and print the figures."""
    folder = os.environ.get("SCRATCHPAD_DATA")
    if not folder:
        raise SystemExit("Set SCRATCHPAD_DATA to the folder that holds MNIST.")
    torch.set_num_threads(1)
    test = load_mnist_test(Path(folder))
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
    figures = evaluate(network, standardisation(test.intensities()), test.labels)
    print(f"MNIST test accuracy, trained on built-in handwriting alone: {100 * figures.accuracy:.2f} %")


if __name__ == "__main__":
    main()
