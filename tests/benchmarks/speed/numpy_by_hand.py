"""NumPy by hand: float32, every gradient written out, in place wherever NumPy can."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.speed.task import CLASSES, HIDDEN, INPUTS, LEARNING_RATE, MOMENTUM, Task


def seconds_per_epoch(task: Task) -> list[float]:
    """With the threads that NumPy's matrix library takes by itself."""
    network = HandNetwork(task.batch_size)
    inputs, labels = task.inputs.numpy(), task.labels.numpy()
    random = np.random.default_rng(1)
    rows = np.empty((task.batch_size, INPUTS), np.float32)

    def run_epoch() -> None:
        order = random.permutation(len(labels))
        for begin in range(0, len(labels), task.batch_size):
            chosen = order[begin : begin + task.batch_size]
            # Any mode but the default, which checks every index first, writes without a copy between.
            batch = np.take(inputs, chosen, axis=0, out=rows[: len(chosen)], mode="clip")
            network.take_step(batch, labels[chosen])

    return task.timed(run_epoch)


class HandNetwork:
    """784-100-10 with room for everything it calculates."""

    def __init__(self, batch_size: int) -> None:
        random = np.random.default_rng(1)
        sizes = ((INPUTS, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,))
        starts = [random.standard_normal(size, np.float32) * (2 / size[0]) ** 0.5 for size in sizes]
        starts[1][:], starts[3][:] = 0, 0
        self.parameters = starts
        self._gradients = [np.empty_like(start) for start in starts]
        self._velocities = [np.zeros_like(start) for start in starts]
        self._rows = np.arange(batch_size)
        self._hidden = np.empty((batch_size, HIDDEN), np.float32)
        self._hidden_error = np.empty((batch_size, HIDDEN), np.float32)
        self._outputs = np.empty((batch_size, CLASSES), np.float32)

    def take_step(self, inputs: np.ndarray, labels: np.ndarray) -> None:
        """Forward, backward, and one step of SGD with momentum."""
        count = len(labels)
        first, first_bias, second, second_bias = self.parameters
        hidden, outputs = self._hidden[:count], self._outputs[:count]
        np.matmul(inputs, first, out=hidden)
        hidden += first_bias
        np.maximum(hidden, 0, out=hidden)
        np.matmul(hidden, second, out=outputs)
        outputs += second_bias
        outputs -= outputs.max(axis=1, keepdims=True)
        np.exp(outputs, out=outputs)
        outputs /= outputs.sum(axis=1, keepdims=True)
        outputs[self._rows[:count], labels] -= 1
        outputs /= count
        error = self._hidden_error[:count]
        np.matmul(outputs, second.T, out=error)
        error *= hidden > 0
        np.matmul(inputs.T, error, out=self._gradients[0])
        np.sum(error, axis=0, out=self._gradients[1])
        np.matmul(hidden.T, outputs, out=self._gradients[2])
        np.sum(outputs, axis=0, out=self._gradients[3])
        for parameter, velocity, gradient in zip(
            self.parameters, self._velocities, self._gradients, strict=True
        ):
            velocity *= MOMENTUM
            velocity += gradient
            np.multiply(velocity, LEARNING_RATE, out=gradient)
            parameter -= gradient
