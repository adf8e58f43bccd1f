"""Whether networks are right as often as they say, before and after their temperature, and how long it takes.

The temperature is fitted on MNIST's 5,000 validation digits; the figures are those of its 10,000 test digits,
and of pen strokes of writers never trained on.

    python -m tests.benchmarks.reliability
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

import torch

import resources
from engine.data.digits import Digits
from engine.data.pen_digits import load_pen_digits
from engine.data.sources import MNIST, TrainingData, load_training_data
from engine.evaluation.calibration import fit_temperature, read_with, reliability
from engine.evaluation.permutation_importance import permutation_importance
from engine.evaluation.predictions import Predictions, predictions_of
from engine.models.model import Model
from engine.models.model_file import load_model
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.run import finish_model

TRAININGS = {
    "trained, 784-10": TrainingSettings(hidden=()),
    "trained, 784-100-10": TrainingSettings(hidden=(100,)),
    "trained, 784-512-256-10": TrainingSettings(hidden=(512, 256), epochs=8),
}
_AROUND_90 = 0.85, 0.95


def main() -> None:
    """Print one table of calibration and one of seconds."""
    torch.set_num_threads(1)
    folder = Path(os.environ["SCRATCHPAD_DATA"])
    data = load_training_data(MNIST, folder)
    assert data.test is not None
    pen_digits = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()[1].normalised()
    models = {"shipped": load_model(resources.path("weights", "shipped.safetensors"))}
    for name, settings in TRAININGS.items():
        *_, last = fit(data.training, data.validation, settings, data.standardisation)
        models[name] = finish_model(data, settings, architecture_of(settings), last.weights)
    print("| network | digits | temperature | calibration error | loss | said 85 to 95 %: digits, right |")
    print("|---|---|---|---|---|---|")
    for name, model in models.items():
        fitted = fit_temperature(_answers(model, data.validation))
        for title, digits in (("MNIST test", data.test), ("pen digits", pen_digits)):
            raw = _answers(model, digits)
            for temperature in (1.0, fitted):
                print(f"| {name} | {title} {_row(replace(raw, temperature=temperature))}")
    print("\n| network | read the test set | sort it | temperature | importance of all blocks, once |")
    print("|---|---|---|---|---|")
    for name, model in models.items():
        print(f"| {name} {_seconds(model, data)}")


def _answers(model: Model, digits: Digits) -> Predictions:
    return predictions_of(
        Network.from_weights(model.architecture, model.weights), digits, model.standardisation
    )


def _row(answers: Predictions) -> str:
    around = read_with(answers, *_AROUND_90)
    said = f"{around.count}: said {around.confidence:.1%}, right {around.accuracy:.1%}" if around else "none"
    return (
        f"| {answers.temperature:.2f} | {reliability(answers).expected_calibration_error:.2%} "
        f"| {float(answers.losses.mean()):.4f} "
        f"| {said} |"
    )


def _seconds(model: Model, data: TrainingData) -> str:
    test = data.test
    assert test is not None
    network = Network.from_weights(model.architecture, model.weights)
    read, ordered, fitted = [], [], []
    for _ in range(5):
        start = time.perf_counter()
        answers = predictions_of(network, test, model.standardisation)
        read.append(time.perf_counter() - start)
        start = time.perf_counter()
        (
            answers.most_confused(),
            answers.highest_losses(100),
            answers.accuracy_by_digit(),
            reliability(answers),
        )
        ordered.append(time.perf_counter() - start)
        validated = predictions_of(network, data.validation, model.standardisation)
        start = time.perf_counter()
        fit_temperature(validated)
        fitted.append(time.perf_counter() - start)
    start = time.perf_counter()
    for _ in permutation_importance(network, test, model.standardisation, repeats=1):
        pass
    spent = time.perf_counter() - start
    medians = " ".join(f"| {statistics.median(each):.3f} s" for each in (read, ordered, fitted))
    return f"{medians} | {spent:.2f} s |"


if __name__ == "__main__":
    main()
