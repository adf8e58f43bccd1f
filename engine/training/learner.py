"""Learner: the parts of a level put together, taking one mini-batch after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Digits, Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.preparation import Preparation
from engine.errors import SettingsError
from engine.levels.levels import LEVELS
from engine.levels.stepping import Batch
from engine.nn.network import Architecture, Weights
from engine.nn.protocols import TrainableNetwork
from engine.nn.schedules import SCHEDULES
from engine.nn.step_output import StepOutput
from engine.settings import TrainingSettings


def architecture_of(settings: TrainingSettings, classes: Classes = DIGITS, inputs: int = 784) -> Architecture:
    """The network that these settings ask for, for data of these classes."""
    return Architecture((inputs, *settings.hidden, len(classes)), settings.activation)


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
            "batch_size", f"A mini-batch cannot hold more than the {len(training):,} training pictures."
        )
    classes = torch.unique(training.labels)
    if len(classes) == 1:
        raise SettingsError(
            "data",
            f"Everything to train on is of the class {training.classes[int(classes)]}: choose data with two "
            "classes or more.",
        )


class Learner:
    """A network in training.

    Attributes:
        settings: How it is trained.
        network: What is trained.
        digits: To learn from, on the device.
        stepping: What takes the steps.
        batches: Its mini-batches, (batch, 784) float32 and (batch,) int64; iterating once is one epoch.
        optimiser: What moves the network.
        mode: Makes a context to take many steps in. Where nothing is differentiated automatically, PyTorch
            need not keep track of anything; what is made within it is of use only there.
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
        keeps_gradients: bool = True,
    ) -> None:
        """Put the parts together.

        Args:
            training: Digits to learn from.
            settings: Which level's parts, and how they are used.
            standardisation: Of the inputs.
            device: Where data, network and warps live.
            start: Weights to go on from, instead of random ones.
            keeps_gradients: Whether the network's gradients are wanted after each step. A level may go faster
                without: its numbers are the same up to rounding.

        Raises:
            SettingsError: The settings or digits make no sense, or the weights are another network's.
        """
        check_training(settings, training)
        level = LEVELS[settings.level]
        self.settings = settings
        self.network = level.make_network(
            architecture_of(settings, training.classes, training.images.shape[1]), settings.seed, device
        )
        if start is not None:
            _load(self.network, start)
        self.digits = training.on(device)
        self.batches = level.make_batches(
            self.digits.images,
            self.digits.labels,
            settings.batch_size,
            settings.seed,
            Preparation(standardisation, Warps() if settings.warps else None, settings.seed),
        )
        self.stepping = level.make_stepping(self.network, settings, keeps_gradients)
        self.optimiser = self.stepping.optimiser
        self.mode: Callable[[], AbstractContextManager[object]] = (
            torch.inference_mode if level.is_in_place else nullcontext
        )
        self.steps = 0
        self.total_steps = len(self.batches) * settings.epochs
        self._schedule = SCHEDULES[settings.schedule]

    def scheduled_rate(self) -> float:
        """The learning rate of the next step."""
        progress = min(1.0, self.steps / max(1, self.total_steps - 1))
        return self.settings.learning_rate * self._schedule(progress)

    def take_step(self, inputs: Tensor, targets: Tensor, learning_rate: float | None = None) -> StepOutput:
        """One step on one mini-batch: forward, loss, backward, and against the gradient.

        Args:
            inputs: (batch, 784) float32, from `batches`.
            targets: (batch,) int64.
            learning_rate: Of this step, if it is not to be that of the schedule.

        Returns:
            What the network answered before the step; the next step may write over it.
        """
        self.optimiser.learning_rate = self.scheduled_rate() if learning_rate is None else learning_rate
        output = self.stepping.step(inputs, targets)
        self.steps += 1
        return output

    def take_epoch(self) -> Iterator[StepOutput]:
        """The steps of one epoch, each when the next result is asked for, by the loop of the level.

        Yields:
            As `take_step` returns it.
        """
        for output in self.stepping.epoch(self._scheduled_batches()):
            self.steps += 1
            yield output

    def _scheduled_batches(self) -> Iterator[Batch]:
        """Mini-batches; with each comes the rate of its step."""
        for batch in self.batches:
            self.optimiser.learning_rate = self.scheduled_rate()
            yield batch


def _load(network: TrainableNetwork, start: Weights) -> None:
    try:
        network.load(start)
    except ValueError as error:
        raise SettingsError("hidden", f"The weights to continue from do not fit: {error}.") from error
