"""Gathering: the points of some mini-batches are put where the calls of their steps look for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.boundaries.quick.calls import Floats
from engine.boundaries.quick.program import Program


class Gathering:
    """Mini-batches of one length, some at once.

    Attributes:
        most: Points that there is room for.
    """

    def __init__(self, program: Program, inputs: Floats, truth: Floats, batch: int, batches: int) -> None:
        """Make room.

        Args:
            program: For mini-batches of this length.
            inputs: Of all points, (points, features + 1) float32, ones last.
            truth: Of all points, (points, classes) float32.
            batch: Points in a mini-batch.
            batches: As many at once.
        """
        self.most = batch * batches
        self._batch = batch
        self._inputs, self._truth = inputs, np.ascontiguousarray(truth.T)
        self._room = np.empty((self.most, inputs.shape[1]), np.float32)
        self._truth_room = np.empty((batches, truth.shape[1], batch), np.float32)
        self._steps = [
            program.calls(inputs, truth)
            for inputs, truth in zip(self._room.reshape(batches, batch, -1), self._truth_room, strict=True)
        ]

    def steps(self, chosen: NDArray[np.int64]) -> Iterator[None]:
        """A step on each mini-batch of these points, when the next is asked for.

        Args:
            chosen: (points,) places of the points, at most `most`.
        """
        points, batches = len(chosen), len(chosen) // self._batch
        # Without "clip" NumPy writes to a copy first, to leave all as it was if a place were wrong; none is.
        np.take(self._inputs, chosen, 0, self._room[:points], "clip")
        rows = self._truth.take(chosen, 1, None, "clip").reshape(-1, batches, self._batch)
        self._truth_room[:batches] = rows.transpose(1, 0, 2)
        for calls in self._steps[:batches]:
            for call in calls:
                call()
            yield
