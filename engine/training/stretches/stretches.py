"""Stretches of a training: each kind is recorded once, and run again in every epoch."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import torch
from torch import Tensor

from engine.data.augmentation import Warps
from engine.data.digits import Digits, Standardisation
from engine.settings import TrainingSettings
from engine.training.running_metrics import RunningMeans
from engine.training.stretches.digits import StretchDigits
from engine.training.stretches.numbers import numbers_of
from engine.training.stretches.plan import Lengths, stretches_of
from engine.training.stretches.program import Program
from engine.training.stretches.recorder import Recorder
from engine.training.stretches.recording import Recording

# Launched and not yet done: more would let Python run ahead of the card, and nobody could stop it.
_MOST_IN_FLIGHT = 2


class Stretches:
    """The epochs of a training in stretches."""

    def __init__(
        self,
        program: Program,
        recorder: Recorder,
        training: Digits,
        settings: TrainingSettings,
        standardisation: Standardisation,
        total_steps: int,
        device: torch.device | str,
    ) -> None:
        """Record nothing yet.

        Args:
            program: What takes the steps.
            recorder: Of the device.
            training: To learn from.
            settings: Of the training.
            standardisation: Of the inputs.
            total_steps: Of the whole run.
            device: Where all of it lives.
        """
        warps = Warps() if settings.warps else None
        self._digits = StretchDigits(training, standardisation, warps, settings.seed, device)
        self._program, self._recorder = program, recorder
        self._settings, self._total_steps = settings, total_steps
        self._recordings: dict[Lengths, Recording] = {}
        self._left: deque[Lengths] = deque()
        self._order = self._numbers = torch.empty(0)
        self._digits_taken = self._steps_taken = 0

    def begin_epoch(self, step: int) -> None:
        """Forget what is left of the last epoch; `step` is the first of the new one, counted from 0."""
        self._left = deque(stretches_of(len(self._digits), self._settings.batch_size))
        self._order = self._digits.order()
        count = sum(map(len, self._left))
        self._numbers = numbers_of(self._settings, step, count, self._total_steps).to(self._digits.device)
        self._digits_taken = self._steps_taken = 0

    def take(self, longest_s: float) -> RunningMeans:
        """A stretch at least, and as many as the time or the epoch allow."""
        due = time.perf_counter() + longest_s
        lengths: list[int] = []
        results: list[Tensor] = []
        in_flight: deque[Callable[[], None]] = deque()
        while self._left:
            stretch = self._left.popleft()
            results.append(self._run(stretch))
            lengths += stretch
            in_flight.append(self._recorder.mark())
            if len(in_flight) >= _MOST_IN_FLIGHT:
                in_flight.popleft()()
            if time.perf_counter() >= due:
                break
        # The last number of each is how many digits were read correctly.
        numbers = torch.cat(results).tolist()
        losses, correct = [], 0
        for result in results:
            losses += numbers[: len(result) - 1]
            correct += round(numbers[len(result) - 1])
            del numbers[: len(result)]
        return RunningMeans(tuple(losses), tuple(lengths), correct)

    def _run(self, lengths: Lengths) -> Tensor:
        """Launch a stretch; returns its results, (steps + 1,) float32, a tensor of its own."""
        recording = self._recordings.get(lengths)
        if recording is None:
            recording = Recording(lengths, self._program, self._digits, self._recorder)
            self._recordings[lengths] = recording
        digits, steps = sum(lengths), len(lengths)
        chosen = self._order[self._digits_taken : self._digits_taken + digits]
        numbers = self._numbers[self._steps_taken : self._steps_taken + steps]
        self._digits_taken += digits
        self._steps_taken += steps
        return recording.run(chosen, numbers, self._digits.draw(lengths))
