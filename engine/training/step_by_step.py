"""Step by step: training one mini-batch at a time, with everything that happens in a step laid open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.digits import Digits, Standardisation
from engine.errors import DivergedError
from engine.nn.network import Architecture, Weights
from engine.settings import TrainingSettings
from engine.training.learner import Learner


@dataclass(frozen=True, slots=True)
class ObservedStep:
    """One step. All tensors are copies on the CPU.

    Attributes:
        number: Counted from 1.
        total_steps: Of the whole run.
        images: (batch, 784) float32, 0 background to 1 ink, as the network saw them (warped, if asked for).
        targets: (batch,) int64, the true labels.
        probabilities: (batch, 10) float32, the network's answers before the step.
        loss_before: Of this mini-batch before the step.
        loss_after: Of the same mini-batch after it.
        learning_rate: Of this step.
        next_rate: Of the step after it; that of this step at the end.
        settings: Of the whole run: the peak rate, its schedule, the momentum.
        weights: Before the step.
        gradients: Of the loss for each of the weights.
        steps: What was added to each of the weights.
    """

    number: int
    total_steps: int
    images: Tensor
    targets: Tensor
    probabilities: Tensor
    loss_before: float
    loss_after: float
    learning_rate: float
    next_rate: float
    settings: TrainingSettings
    weights: Weights
    gradients: Weights
    steps: Weights

    @property
    def weights_after(self) -> Weights:
        """After the step."""
        return {name: weight + self.steps[name] for name, weight in self.weights.items()}


class StepByStep:
    """A training that waits to be asked for each step.

    Attributes:
        architecture: Of the network in training.
        standardisation: Of its inputs.
        total_steps: Of the whole run; there is none after them.
    """

    def __init__(
        self,
        training: Digits,
        settings: TrainingSettings,
        standardisation: Standardisation,
        device: torch.device | str = "cpu",
        start: Weights | None = None,
    ) -> None:
        """Begin before the first step.

        Args:
            training: Digits to learn from.
            settings: How to train.
            standardisation: Of the inputs.
            device: Where to train.
            start: Weights to start from instead of random ones; they are copied, never changed.

        Raises:
            SettingsError: The settings or digits make no sense, or the weights are another network's.
        """
        self._learner = Learner(training, settings, standardisation, device, start)
        self._stream = self._mini_batches()
        self.architecture: Architecture = self._learner.network.architecture
        self.standardisation = standardisation
        self.total_steps = self._learner.total_steps

    @property
    def steps(self) -> int:
        """Taken so far."""
        return self._learner.steps

    @property
    def is_over(self) -> bool:
        """Whether all steps were taken."""
        return self._learner.steps >= self.total_steps

    @property
    def weights(self) -> Weights:
        """A copy of the present weights on the CPU."""
        return self._learner.network.snapshot()

    def step(self) -> ObservedStep:
        """Take one step and lay it open.

        Raises:
            DivergedError: The weights or the loss are no longer finite.
            StopIteration: All steps were taken.
        """
        learner = self._learner
        inputs, targets = next(self._stream)
        before = learner.network.snapshot()
        output = learner.take_step(inputs, targets)
        after = learner.network.snapshot()
        gradients = learner.network.gradients()
        with torch.no_grad():
            log_likelihoods = learner.network.log_probabilities(inputs).gather(1, targets[:, None])
        observed = ObservedStep(
            number=learner.steps,
            total_steps=self.total_steps,
            images=self.standardisation.undo(inputs).clamp(0, 1).to("cpu", copy=True),
            targets=targets.to("cpu", copy=True),
            probabilities=output.log_probabilities.exp().to("cpu", copy=True),
            loss_before=float(output.loss),
            loss_after=-float(log_likelihoods.mean()),
            learning_rate=learner.optimiser.learning_rate,
            next_rate=learner.scheduled_rate(),  # by now that of the step to come
            settings=learner.settings,
            weights=before,
            gradients=gradients,
            steps={name: after[name] - before[name] for name in before},
        )
        self._check_finite(observed.loss_before)
        self._check_finite(observed.loss_after)
        return observed

    def run(self, count: int) -> tuple[float, ...]:
        """Take up to `count` steps without looking closely; the loss of each before its step.

        Raises:
            DivergedError: A loss is no longer finite.
        """
        losses: list[Tensor] = []
        for inputs, targets in self._stream:
            losses.append(self._learner.take_step(inputs, targets).loss.clone())
            if len(losses) == count:
                break
        values: list[float] = torch.stack(losses).tolist() if losses else []
        for loss in values:
            self._check_finite(loss)
        return tuple(values)

    def _mini_batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Epoch after epoch, as long as there are steps to take."""
        while not self.is_over:
            yield from self._learner.batches

    def _check_finite(self, loss: float) -> None:
        if not torch.tensor(loss).isfinite():
            raise DivergedError(
                f"The loss stopped being a finite number: a learning rate of "
                f"{self._learner.settings.learning_rate:g} is too high. Lower it and reset."
            )
