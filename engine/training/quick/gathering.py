"""Gathering: the points of some mini-batches are put where the calls of their steps look for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.training.quick.calls import Floats
from engine.training.quick.program import Program
from engine.training.quick.sources import Source


class Gathering:
    """Mini-batches of one length, some at once.

    Attributes:
        most: Points that there is room for.
    """

    def __init__(self, program: Program, source: Source, truth: Floats, batch: int, batches: int) -> None:
        """Make room.

        Args:
            program: For mini-batches of this length.
            source: Of the inputs.
            truth: Of all points, (points, classes) float32.
            batch: Points in a mini-batch.
            batches: As many at once.
        """
        self.most = batch * batches
        self._batch = batch
        self._source, self._truth = source, np.ascontiguousarray(truth.T)
        self._room = source.room(self.most)
        self._truth_room = np.empty((batches, truth.shape[1], batch), np.float32)
        self._logits = program.logits
        self._steps = [
            program.calls(self._room[first : first + batch], truth)
            for first, truth in zip(range(0, self.most, batch), self._truth_room, strict=True)
        ]

    def steps(self, chosen: NDArray[np.int64]) -> Iterator[Floats]:
        """A step on each mini-batch of these points, when the next is asked for.

        Args:
            chosen: (points,) places of the points, at most `most`.

        Yields:
            The logits before the step, as `engine.training.quick.program.Program` has them; the next step
            writes over them.
        """
        points, batches = len(chosen), len(chosen) // self._batch
        self._source.fetch(chosen, self._room[:points])
        rows = self._truth.take(chosen, 1, None, "clip").reshape(-1, batches, self._batch)
        self._truth_room[:batches] = rows.transpose(1, 0, 2)
        for calls in self._steps[:batches]:
            for call in calls:
                call()
            yield self._logits
