"""The command ``evaluate``: a network's figures on digits that it has not learned from."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch

from engine.cli.confusion_table import confusion_table
from engine.cli.network import load_network
from engine.cli.progress import Progress
from engine.cli.read import load_shipped
from engine.cli.shown_reading import read_shown
from engine.data.digits import Digits
from engine.data.mnist.digit_data import load_mnist_test
from engine.data.pen_digits import load_pen_digits
from engine.data.sets.training_sets import measured_digits
from engine.errors import DataError
from engine.evaluation.calibration import fit_temperature, reliability
from engine.evaluation.evaluate import Evaluation
from engine.evaluation.evaluate import evaluate as evaluate_network
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.nn.network import Network
from engine.preprocessing.normaliser import SIDE, normalise_picture


def evaluate(chosen: argparse.Namespace) -> int:
    """Measure a network on every set that was named, and print the figures.

    Raises:
        ScratchpadError: The network or a set cannot be read.
    """
    torch.set_num_threads(1)  # a single pass: more threads would only wait for each other
    model = load_shipped() if chosen.model is None else load_network(chosen.model, chosen)
    if chosen.data_folder is None and chosen.pen_digits is None and not chosen.data:
        raise DataError(
            "Say what to evaluate on, with --data-folder for MNIST, --data for another set or --pen-digits "
            "for strokes."
        )
    print(f"{model.name}: {model.architecture.describe()}, {model.architecture.activation}")
    for path in chosen.data:
        found = read_shown(path, Progress())
        print(f"{found.name}: {found.sentence()}")
        _print_all(found.name, model, measured_digits(found).known_to(model.classes))
    if chosen.data_folder is not None and not chosen.data:
        test = load_mnist_test(chosen.data_folder).known_to(model.classes)
        figures = measure(model, test)
        print(describe("MNIST test set", figures, len(test)))
        print(describe_calibration(model, test))
        progress = Progress()
        try:
            renormalised = renormalise(test, lambda share: progress.show(share, "re-normalising"))
        finally:
            progress.clear()
        again = measure(model, renormalised)
        print(describe("MNIST test set, re-normalised", again, len(test)))
        print(f"  points lost by re-normalising: {100 * (figures.accuracy - again.accuracy):.2f}")
        print(confusion_table(figures.confusion, test.classes))
    if chosen.pen_digits is not None:
        pen_digits = load_pen_digits(chosen.pen_digits)
        whose = "all writers"
        if not chosen.all_writers:
            pen_digits = pen_digits.split_by_writer()[1]
            whose = "held-out writers"
        title = f"Pen digits of {whose} ({len(set(pen_digits.writers))})"
        _print_all(title, model, pen_digits.normalised().known_to(model.classes))
    return 0


def _print_all(title: str, model: Model, digits: Digits) -> None:
    figures = measure(model, digits)
    print(describe(title, figures, len(digits)))
    print(describe_calibration(model, digits))
    print(confusion_table(figures.confusion, digits.classes))


def measure(model: Model, digits: Digits) -> Evaluation:
    """A network's figures on a set that is labelled by its classes, on the CPU."""
    network = Network.from_weights(model.architecture, model.weights)
    return evaluate_network(network, model.standardisation(digits.intensities()), digits.labels)


def renormalise(digits: Digits, on_progress: Callable[[float], None] | None = None) -> Digits:
    """Every image through the normaliser once more, as a picture of a digit would go."""
    images = np.empty((len(digits), SIDE * SIDE), dtype=np.uint8)
    for index, image in enumerate(digits.images.numpy().reshape(-1, SIDE, SIDE)):
        images[index] = normalise_picture(image) * 255 + 0.5
        if on_progress is not None:
            on_progress((index + 1) / len(digits))
    return replace(digits, images=torch.from_numpy(images), name=f"{digits.name}, re-normalised")


def describe(title: str, figures: Evaluation, count: int) -> str:
    """One line of figures."""
    wrong = count - sum(row[place] for place, row in enumerate(figures.confusion))
    share = f"{100 * figures.accuracy:.2f} % right"
    return f"{title}: {share} ({wrong:,} of {count:,} wrong), loss {figures.loss:.4f}"


def describe_calibration(model: Model, digits: Digits) -> str:
    """A line on whether a network is right as often as it says, and at which temperature it would be here."""
    network = Network.from_weights(model.architecture, model.weights)
    predictions = predictions_of(network, digits, model.standardisation, model.temperature)
    fitted = fit_temperature(predictions)
    own, best = (
        100 * reliability(replace(predictions, temperature=temperature)).expected_calibration_error
        for temperature in (model.temperature, fitted)
    )
    return (
        f"  expected calibration error: {own:.2f} points at its temperature of {model.temperature:.2f}, "
        f"{best:.2f} at {fitted:.2f}, fitted to these very digits"
    )
