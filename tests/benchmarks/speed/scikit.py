"""scikit-learn's MLPClassifier, an epoch for each call of partial_fit."""

from __future__ import annotations

import importlib.util

import numpy as np

from tests.benchmarks.speed.task import CLASSES, HIDDEN, LEARNING_RATE, MOMENTUM, Task, UnavailableError


def seconds_per_epoch(task: Task) -> list[float]:
    """float32, with the threads that NumPy's matrix library takes by itself."""
    if importlib.util.find_spec("sklearn") is None:
        raise UnavailableError("scikit-learn is not installed")
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(
        (HIDDEN,),
        solver="sgd",
        alpha=0.0,
        batch_size=task.batch_size,
        learning_rate_init=LEARNING_RATE,
        momentum=MOMENTUM,
        nesterovs_momentum=False,
        random_state=1,
    )
    inputs, labels = task.inputs.numpy(), task.labels.numpy()
    classes = np.arange(CLASSES)
    return task.timed(lambda: network.partial_fit(inputs, labels, classes=classes))
