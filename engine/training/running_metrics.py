"""Running metrics: losses and predictions of steps, left on the device until they are read."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.evaluation.evaluate import predict
from engine.nn.losses import log_softmax
from engine.nn.step_output import StepOutput

# Memory for so many digits' predictions, or for so many steps, whichever is less.
_MOST_DIGITS = 65_536
_MOST_STEPS = 256


@dataclass(frozen=True, slots=True)
class RunningMeans:
    """What some steps came to.

    Attributes:
        losses: Of each step's mini-batch.
        lengths: Digits in each.
        correct: Digits predicted correctly in all of them.
    """

    losses: tuple[float, ...]
    lengths: tuple[int, ...]
    correct: int


class RunningMetrics:
    """Reading a loss back after every step would halt a GPU, and cost a CPU several small sums a step."""

    def __init__(self, batch_size: int, device: torch.device | str, classes: int = 10) -> None:
        capacity = max(1, min(_MOST_STEPS, _MOST_DIGITS // batch_size))
        self._batch_size = batch_size
        self._losses = torch.empty(capacity, device=device)
        self._logits = torch.zeros(capacity, batch_size, classes, device=device)
        # One view for each step: taking them out anew costs as much as the copy itself.
        self._slots = list(zip(self._losses, self._logits, strict=True))
        self._targets: list[Tensor] = []
        self._losses_are_known = False

    @property
    def is_full(self) -> bool:
        """Whether it has to be read before the next step."""
        return len(self._targets) == len(self._slots)

    def add(self, output: StepOutput) -> None:
        """Copy what a step came to."""
        loss, logits = self._slots[len(self._targets)]
        length = len(output.targets)
        (logits if length == self._batch_size else logits[:length]).copy_(output.logits)
        self._losses_are_known = output.known_loss is not None
        if output.known_loss is not None:
            loss.copy_(output.known_loss)
        self._targets.append(output.targets)

    @torch.no_grad()
    def read(self) -> RunningMeans:
        """What was added since the last reading; it is forgotten."""
        steps = len(self._targets)
        lengths = tuple(map(len, self._targets))
        # Without the rows that a short last batch left empty.
        logits = self._logits[:steps].flatten(0, 1)
        if min(lengths) < self._batch_size:
            logits = torch.cat([each[:length] for each, length in zip(self._logits, lengths, strict=False)])
        targets = torch.cat(self._targets)
        if self._losses_are_known:
            losses = self._losses[:steps]
        else:
            likelihoods = log_softmax(logits).gather(1, targets[:, None])[:, 0]
            losses = -_means(likelihoods, lengths)
        correct = (predict(logits) == targets).sum()
        means = RunningMeans(tuple(losses.tolist()), lengths, int(correct))
        self._targets = []
        return means


def _means(values: Tensor, lengths: tuple[int, ...]) -> Tensor:
    """Of the stretches of those lengths, all but the last of which are equal."""
    if lengths[-1] == lengths[0]:
        return values.view(len(lengths), -1).mean(1)
    whole = values[: -lengths[-1]].view(len(lengths) - 1, -1).mean(1)
    return torch.cat([whole, values[-lengths[-1] :].mean()[None]])
