"""Learner: the parts of a rung put together, taking one mini-batch after another."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.digits import CLASSES, Digits, Standardisation
from engine.errors import SettingsError
from engine.network import Architecture, Weights
from engine.parts import TrainableNetwork
from engine.rungs import RUNGS
from engine.schedules import SCHEDULES
from engine.settings import TrainingSettings
from engine.warps import Warps


def architecture_of(settings: TrainingSettings, inputs: int = 784) -> Architecture:
    """The network that these settings ask for."""
    return Architecture((inputs, *settings.hidden, CLASSES), settings.activation)


def check_training(settings: TrainingSettings, training: Digits) -> None:
    """Do nothing if these settings can train on these digits.

    Raises:
        SettingsError: They cannot; names the field at fault.
    """
    settings.check()
    if len(training) == 0:
        raise SettingsError("data", "There are no digits to train on: choose other data.")
    if settings.batch_size > len(training):
        raise SettingsError(
            "batch_size", f"A mini-batch cannot hold more than the {len(training):,} training digits."
        )
    classes = torch.unique(training.labels)
    if len(classes) == 1:
        raise SettingsError(
            "data",
            f"All digits to train on are {int(classes)}s: choose data with two different digits or more.",
        )


class Learner:
    """A network in training.

    Attributes:
        settings: How it is trained.
        network: What is trained.
        batches: Its mini-batches; iterating once is one epoch.
        optimiser: What moves the network.
        steps: Taken so far.
        total_steps: Of the whole run, which the schedule is stretched over.
    """

    def __init__(
        self,
        training: Digits,
        settings: TrainingSettings,
        standardisation: Standardisation,
        device: torch.device | str = "cpu",
        start: Weights | None = None,
    ) -> None:
        """Put the parts together.

        Args:
            training: Digits to learn from.
            settings: Which rung's parts, and how they are used.
            standardisation: Of the inputs.
            device: Where data, network and warps live.
            start: Weights to go on from, instead of random ones.

        Raises:
            SettingsError: The settings or digits make no sense, or the weights are another network's.
        """
        check_training(settings, training)
        rung = RUNGS[settings.rung]
        self.settings = settings
        self.network = rung.network(
            architecture_of(settings, training.images.shape[1]), settings.seed, device
        )
        if start is not None:
            _load(self.network, start)
        inputs = training.intensities(device)
        if not settings.warps:  # warps work on intensities, so that what comes in at the edges is paper
            inputs = standardisation(inputs)
        self.batches = rung.loop.batches(
            inputs, training.labels.to(device), settings.batch_size, settings.seed
        )
        self.optimiser = rung.optimiser(self.network.parameters(), settings)
        self.steps = 0
        self.total_steps = len(self.batches) * settings.epochs
        self._zero = rung.loop.zero
        self._gradients = rung.gradients(self.network, rung.loop.loss)
        self._standardise = standardisation
        self._schedule = SCHEDULES[settings.schedule]
        self._warp = Warps()
        self._warp_generator = torch.Generator().manual_seed(settings.seed)

    def prepared(self, images: Tensor) -> Tensor:
        """A mini-batch of `batches`, (batch, 784) float32, as the network takes it: warped if asked for."""
        if not self.settings.warps:
            return images
        return self._standardise(self._warp(images, self._warp_generator))

    def scheduled_rate(self) -> float:
        """The learning rate of the next step."""
        progress = min(1.0, self.steps / max(1, self.total_steps - 1))
        return self.settings.learning_rate * self._schedule(progress)

    def take_step(
        self, inputs: Tensor, targets: Tensor, learning_rate: float | None = None
    ) -> tuple[Tensor, Tensor]:
        """One step on one mini-batch: forward, loss, backward, and against the gradient.

        Args:
            inputs: (batch, 784) float32, from `prepared`.
            targets: (batch,) int64.
            learning_rate: Of this step, if it is not to be that of the schedule.

        Returns:
            The loss before the step, (), and the log-probabilities, (batch, 10), both float32.
        """
        self.optimiser.learning_rate = self.scheduled_rate() if learning_rate is None else learning_rate
        self._zero(self.optimiser)
        loss, log_probabilities = self._gradients(inputs, targets)
        self.optimiser.step()
        self.steps += 1
        return loss, log_probabilities


def _load(network: TrainableNetwork, start: Weights) -> None:
    try:
        network.load(start)
    except ValueError as error:
        raise SettingsError("hidden", f"The weights to go on from do not fit: {error}.") from error
