"""One training of ours, with the accuracy on MNIST's test set after each epoch: prints one line of JSON.

python -m tests.benchmarks.speed.accuracy_worker --hidden 256 --batch-size 256 --learning-rate 0.2
--epochs 3 --target 0.98

The clock starts when `fit` is called with digits in memory, and stands while the accuracy is checked.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from typing import Any

from engine.evaluation.evaluate import evaluate
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted
from engine.training.learner import architecture_of
from tests.benchmarks.speed.calibration import calibrate, others_share
from tests.benchmarks.speed.ours import train
from tests.benchmarks.speed.settings_options import add_settings, settings_of
from tests.benchmarks.speed.task import Task, UnavailableError, load_task


def main() -> None:
    """Train between two calibrations."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_settings(parser)
    parser.add_argument("--target", type=float, default=math.inf, help="accuracy to stop at, 0 to 1")
    parser.add_argument("--limit-s", type=float, default=math.inf, help="seconds to stop at")
    options = parser.parse_args()
    settings = settings_of(options)
    task = load_task(settings.batch_size, options.threads)
    try:
        before = calibrate(options.threads)
        curve = follow(task, settings, options.target, options.limit_s)
        after = calibrate(options.threads)
    except UnavailableError as error:
        print(json.dumps({"unavailable": str(error)}))
        return
    answer: dict[str, Any] = {
        "curve": curve,
        "calibration_s": max(before.product_s, after.product_s),
        "others": others_share(before, after),
    }
    print(json.dumps(answer))


def follow(
    task: Task, settings: TrainingSettings, target: float, limit_s: float
) -> list[tuple[float, float]]:
    """Seconds and accuracy after each epoch, until the target, the limit or the last epoch is reached."""
    inputs = task.standardisation(task.test.intensities())
    architecture = architecture_of(settings)
    curve: list[tuple[float, float]] = []
    spent = 0.0
    began = time.perf_counter()
    for result in train(task, settings):
        if spent + time.perf_counter() - began > limit_s:
            break
        if isinstance(result, EpochCompleted):
            spent += time.perf_counter() - began
            network = Network.from_weights(architecture, result.weights)
            curve.append((spent, evaluate(network, inputs, task.test.labels).accuracy))
            if curve[-1][1] >= target:
                break
            began = time.perf_counter()
    return curve


if __name__ == "__main__":
    main()
