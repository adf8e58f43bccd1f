"""Step output: what a step's forward pass computed."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from engine.nn.losses import log_softmax, negative_log_likelihood


@dataclass(slots=True)
class StepOutput:
    """Of one mini-batch, before the step. The logits are good until the next step, which may write over them.

    Attributes:
        logits: (batch, classes) float32. Log-probabilities are logits, too: their log-softmax is themselves.
        targets: (batch,) int64.
        known_loss: () float32, where the step needed the loss itself; its derivative does not.
    """

    logits: Tensor
    targets: Tensor
    known_loss: Tensor | None = None

    @property
    def loss(self) -> Tensor:
        """() float32."""
        if self.known_loss is not None:
            return self.known_loss
        return negative_log_likelihood(log_softmax(self.logits), self.targets)

    @property
    def log_probabilities(self) -> Tensor:
        """(batch, classes) float32, a tensor of its own."""
        return log_softmax(self.logits)
