"""Stretches of a training: each kind is recorded once, and run again in every epoch."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.settings import TrainingSettings
from engine.training.stretches.digits import StretchDigits, sent
from engine.training.stretches.numbers import numbers_of
from engine.training.stretches.plan import Lengths, stretches_of
from engine.training.stretches.program import Program
from engine.training.stretches.recorder import Recorder
from engine.training.stretches.recording import Recording

# Launched and not yet done: more would let Python run ahead of the card, and nobody could stop it.
_MOST_IN_FLIGHT = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What some stretches came to.

    Attributes:
        losses: For each network, that of each step's mini-batch before the step.
        lengths: Digits in each step's mini-batch.
        correct: For each network, digits of all these mini-batches that it read correctly.
    """

    losses: list[list[float]]
    lengths: tuple[int, ...]
    correct: list[int]


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
        rates: Sequence[float] | None = None,
        seed: int | None = None,
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
            rates: The learning rate of each network; those of the settings by default.
            seed: Of the orders and the warps; that of the settings by default.
        """
        warps = Warps() if settings.warps else None
        seed = settings.seed if seed is None else seed
        self._digits = StretchDigits(training, standardisation, warps, seed, device)
        self._program, self._recorder = program, recorder
        self._settings, self._total_steps = settings, total_steps
        self._rates = [settings.learning_rate] if rates is None else list(rates)
        self._recordings: dict[Lengths, Recording] = {}
        self._left: deque[Lengths] = deque()
        self._order = torch.empty(0)
        self._next_order: Tensor | None = None
        self._digits_taken = self._step = 0

    def change(self, program: Program, rates: Sequence[float]) -> None:
        """Go on with other networks, each with its rate: all is recorded anew."""
        self._program, self._rates = program, list(rates)
        self._recordings.clear()

    def begin_epoch(self, step: int) -> None:
        """Forget what is left of the last epoch; `step` is the first of the new one, counted from 0."""
        self._left = deque(stretches_of(len(self._digits), self._settings.batch_size))
        self._order = self._digits.order() if self._next_order is None else self._next_order
        self._next_order = None
        self._digits_taken, self._step = 0, step

    def take(self, longest_s: float) -> Reading:
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
            if self._next_order is None:
                self._next_order = self._digits.order()  # while the device is busy
            if len(in_flight) >= _MOST_IN_FLIGHT:
                in_flight.popleft()()
            if time.perf_counter() >= due:
                break
        # The last number of each is how many digits were read correctly.
        counts = torch.stack([each[:, -1] for each in results]).sum(0)
        losses = [each[:, :-1] for each in results]
        numbers = torch.cat([*losses, counts[:, None]], 1).tolist()
        return Reading([each[:-1] for each in numbers], tuple(lengths), [round(each[-1]) for each in numbers])

    def _run(self, lengths: Lengths) -> Tensor:
        """Launch a stretch; returns its results, (networks, steps + 1) float32, a tensor of its own."""
        recording = self._recordings.get(lengths)
        if recording is None:
            networks = len(self._rates)
            recording = Recording(lengths, self._program, self._digits, networks, self._recorder)
            self._recordings[lengths] = recording
        digits, steps = sum(lengths), len(lengths)
        chosen = self._order[self._digits_taken : self._digits_taken + digits]
        numbers = numbers_of(self._settings, self._step, steps, self._total_steps, self._rates)
        self._digits_taken += digits
        self._step += steps
        return recording.run(chosen, sent(numbers, self._digits.device), self._digits.draw(lengths))
