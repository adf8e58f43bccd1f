"""One kind of stretch, recorded: digits prepared, steps taken, losses and correct answers counted."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.training.stretches.digits import StretchDigits
from engine.training.stretches.numbers import COLUMNS
from engine.training.stretches.plan import Lengths
from engine.training.stretches.program import Program
from engine.training.stretches.recorder import Recorder


class Recording:
    """Runs a stretch with one call, on whatever digits and numbers it is given."""

    def __init__(
        self, lengths: Lengths, program: Program, digits: StretchDigits, networks: int, recorder: Recorder
    ) -> None:
        """Record; the program's state is as it was afterwards.

        Args:
            lengths: Of the mini-batches; only the last may be shorter.
            program: What takes the steps.
            digits: To prepare.
            networks: That the program trains.
            recorder: Of the device.
        """
        self._stretch = _Stretch(lengths, program, digits, networks)
        before = [tensor.clone() for tensor in program.state]
        self._replay = recorder.record(self._stretch.warm_up, self._stretch.take)
        for tensor, value in zip(program.state, before, strict=True):
            tensor.copy_(value)

    def run(self, chosen: Tensor, numbers: Tensor, drawn: Tensor | None) -> Tensor:
        """Launch the stretch.

        Args:
            chosen: (digits,) int64 places of its digits.
            numbers: (steps, networks, COLUMNS) float32, of its steps.
            drawn: Random numbers of its warps, if there are warps.

        Returns:
            (networks, steps + 1) float32: the loss of each mini-batch before its step, and how many digits
            were read correctly.
        """
        self._stretch.chosen.copy_(chosen)
        self._stretch.numbers.copy_(numbers)
        if self._stretch.drawn is not None and drawn is not None:
            self._stretch.drawn.copy_(drawn)
        self._replay()
        return self._stretch.results.clone()


class _Stretch:
    """What is recorded: it stays where it is.

    Attributes:
        chosen: (digits,) int64.
        numbers: (steps, networks, COLUMNS) float32.
        drawn: Random numbers of warps.
        results: (networks, steps + 1) float32.
    """

    def __init__(self, lengths: Lengths, program: Program, digits: StretchDigits, networks: int) -> None:
        self._lengths, self._program, self._digits = lengths, program, digits
        count, device = sum(lengths), digits.device
        self.chosen = torch.zeros(count, dtype=torch.int64, device=device)
        self.numbers = torch.ones(len(lengths), networks, COLUMNS, device=device)
        self.drawn = digits.placeholder(count)
        self.results = torch.zeros(networks, len(lengths) + 1, device=device)

    def warm_up(self) -> None:
        """A step of each length."""
        self._take(tuple(dict.fromkeys(self._lengths)))

    def take(self) -> None:
        """All steps."""
        self._take(self._lengths)

    def _take(self, lengths: Lengths) -> None:
        inputs, targets = self._digits.prepare(self.chosen, self.drawn)
        room = self._program.room(len(inputs), inputs)
        first = 0
        for place, length in enumerate(lengths):
            part = slice(first, first + length)
            first += length
            some_room = tuple(each[part] for each in room)
            self._program.step(inputs[part], targets[part], self.numbers[place], some_room)
        losses, are_right = self._program.tally(room, targets)
        steps, usual = len(self._lengths), self._lengths[0]
        is_short = self._lengths[-1] < usual
        whole = losses[:, : usual * (steps - is_short)]
        self.results[:, : steps - is_short].copy_(whole.reshape(len(whole), -1, usual).mean(2))
        if is_short:
            self.results[:, steps - 1].copy_(losses[:, -self._lengths[-1] :].mean(1))
        self.results[:, steps].copy_(are_right.sum(1))
