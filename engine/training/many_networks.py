"""Many networks: trained side by side on the same mini-batches, each layer of all of them as one product.

For searches: the same data with other first weights or learning rates. A small network's step is mostly the
way from one operation to the next; here many networks share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.data.augmentation import Warps
from engine.data.batch_preparation import Preparation
from engine.data.digits import Digits, Standardisation
from engine.errors import SettingsError
from engine.evaluation.evaluate import evaluate
from engine.levels.levels import IN_PLACE
from engine.nn.activations import Activation
from engine.nn.backward import BufferedActivation
from engine.nn.matmul_backend import backend_for
from engine.nn.network import Architecture, Network, Weights
from engine.nn.registry import ACTIVATIONS
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings
from engine.training.learner import architecture_of, check_training


@dataclass(frozen=True, slots=True)
class Variant:
    """What one of many networks has for itself.

    Attributes:
        seed: Of its first weights.
        learning_rate: Of its steps; the peak of a schedule.
    """

    seed: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class ManyCompleted:
    """One epoch of all networks, in the order of their variants.

    Attributes:
        epoch: Counted from 1.
        validation_losses: Of each.
        validation_accuracies: Of each, 0 to 1.
        weights: Of each; copies on the CPU.
    """

    epoch: int
    validation_losses: tuple[float, ...]
    validation_accuracies: tuple[float, ...]
    weights: tuple[Weights, ...]


def fit_many(
    training: Digits,
    validation: Digits,
    settings: TrainingSettings,
    standardisation: Standardisation,
    variants: Sequence[Variant],
    device: torch.device | str = "cpu",
) -> Iterator[ManyCompleted]:
    """Train one network for each variant with SGD and momentum; all see the same mini-batches.

    Args:
        training: Digits to learn from.
        validation: Digits to measure each epoch on.
        settings: What the networks have in common; the seed decides the order of the digits.
        standardisation: Of the inputs.
        variants: One for each network.
        device: Where all of them live.

    Yields:
        `ManyCompleted` after each epoch.

    Raises:
        SettingsError: The settings, sets or variants make no sense.
    """
    check_training(settings, training)
    if not variants:
        raise SettingsError("seed", "There are no networks to train: name a seed and a rate for each.")
    if settings.optimiser != "sgd" or settings.weight_decay:
        raise SettingsError("optimiser", "Many networks at once train with SGD and without weight decay.")
    networks = ManyNetworks(architecture_of(settings), variants, settings.momentum, device)
    preparation = Preparation(standardisation, Warps() if settings.warps else None, settings.seed)
    batches = IN_PLACE.make_batches(
        training.images.to(device),
        training.labels.to(device),
        settings.batch_size,
        settings.seed,
        preparation,
    )
    inputs, targets = standardisation(validation.intensities(device)), validation.labels.to(device)
    schedule = SCHEDULES[settings.schedule]
    steps, total_steps = 0, len(batches) * settings.epochs
    for epoch in range(1, settings.epochs + 1):
        for images, labels in batches:
            networks.take_step(images, labels, schedule(min(1.0, steps / max(1, total_steps - 1))))
            steps += 1
        weights = tuple(networks.snapshot(index) for index in range(len(variants)))
        figures = [
            evaluate(Network.from_weights(networks.architecture, each, device), inputs, targets)
            for each in weights
        ]
        yield ManyCompleted(
            epoch,
            tuple(each.loss for each in figures),
            tuple(each.accuracy for each in figures),
            weights,
        )


class ManyNetworks:
    """Networks of one architecture with the weights of each layer stacked, and their velocities.

    Attributes:
        architecture: Of each of them.
    """

    def __init__(
        self,
        architecture: Architecture,
        variants: Sequence[Variant],
        momentum: float = 0.9,
        device: torch.device | str = "cpu",
    ) -> None:
        self.architecture = architecture
        self._momentum = momentum
        self._rates = torch.tensor([each.learning_rate for each in variants], device=device)[:, None, None]
        starts = [Network(architecture, each.seed).snapshot() for each in variants]
        layers = range(len(architecture.sizes) - 1)
        # (networks, outputs, inputs) and (networks, outputs, 1): a whole layer of all is one matrix.
        self._weights = [torch.stack([s[f"{n}.weights"].T for s in starts]).to(device) for n in layers]
        self._biases = [torch.stack([s[f"{n}.bias"] for s in starts])[..., None].to(device) for n in layers]
        self._velocities = [
            (torch.zeros_like(weights), torch.zeros_like(bias))
            for weights, bias in zip(self._weights, self._biases, strict=True)
        ]
        self._layers: dict[int, list[_ManyLayer]] = {}

    @torch.inference_mode()
    def take_step(self, inputs: Tensor, targets: Tensor, share: float = 1.0) -> None:
        """One step of every network on the same mini-batch.

        Args:
            inputs: (batch, sizes[0]) float32.
            targets: (batch,) int64.
            share: Of each network's learning rate, as a schedule has it.
        """
        batch = len(targets)
        layers = self._layers.get(batch)
        if layers is None:
            layers = self._layers[batch] = self._make_layers(batch)
        values = inputs.T
        for layer in layers:
            values = layer.forward(values)
        layers[-1].derive_loss(targets)
        for layer, before in zip(reversed(layers), reversed(layers[:-1]), strict=False):
            layer.backward(before.outputs, before.gradient)
        layers[0].backward(inputs.T, None)
        step = -share * self._rates
        for weights, bias, (weights_velocity, bias_velocity) in zip(
            self._weights, self._biases, self._velocities, strict=True
        ):
            weights.addcmul_(weights_velocity, step)
            bias.addcmul_(bias_velocity, step)

    def snapshot(self, index: int) -> Weights:
        """A copy of one network's parameters on the CPU."""
        copies: dict[str, Tensor] = {}
        for number, (weights, bias) in enumerate(zip(self._weights, self._biases, strict=True)):
            copies[f"{number}.weights"] = weights[index].T.contiguous().to("cpu", copy=True)
            copies[f"{number}.bias"] = bias[index, :, 0].to("cpu", copy=True)
        return copies

    def _make_layers(self, batch: int) -> list[_ManyLayer]:
        last = len(self._weights) - 1
        activation = ACTIVATIONS[self.architecture.activation].layer_class
        return [
            _ManyLayer(
                weights, bias, velocities, batch, self._momentum, None if index == last else activation()
            )
            for index, (weights, bias, velocities) in enumerate(
                zip(self._weights, self._biases, self._velocities, strict=True)
            )
        ]


class _ManyLayer:
    """One layer of all networks with buffers for mini-batches of one length."""

    def __init__(
        self,
        weights: Tensor,
        bias: Tensor,
        velocities: tuple[Tensor, Tensor],
        batch: int,
        momentum: float,
        activation: Activation | None,
    ) -> None:
        self._weights, self._bias = weights, bias
        self._weights_velocity, self._bias_velocity = velocities
        self._momentum, self._batch = momentum, batch
        networks, units = weights.shape[:2]
        # (networks, units, batch), in one piece for each network.
        # The products of all networks together, which is what one operation computes.
        self._backend = backend_for(networks * units, weights.shape[2], batch, weights.device)
        self.outputs = weights.new_empty(networks, units, batch)
        self.gradient = torch.empty_like(self.outputs)
        self._column = weights.new_empty(networks, 1, batch)
        self._truth = torch.full_like(self._column, -1 / batch)
        self._ones = weights.new_ones(batch)
        self._activation = None if activation is None else BufferedActivation(activation, self)

    def forward(self, values: Tensor) -> Tensor:
        """(inputs, batch) of all networks or (networks, inputs, batch) to `outputs`."""
        with self._backend:
            if values.dim() == 2:
                flat = self.outputs.view(-1, values.shape[1])
                torch.addmm(self._bias.view(-1, 1), self._weights.flatten(0, 1), values, out=flat)
            else:
                torch.baddbmm(self._bias, self._weights, values, out=self.outputs)
        return self.outputs if self._activation is None else self._activation.forward(self.outputs)

    def derive_loss(self, targets: Tensor) -> None:
        """Of the last layer: prediction minus truth for each network and digit; a loss is a mean."""
        largest = torch.amax(self.outputs, 1, keepdim=True, out=self._column)
        powers = torch.sub(self.outputs, largest, out=self.gradient).exp_()
        powers.div_(torch.sum(powers, 1, keepdim=True, out=self._column).mul_(self._batch))
        powers.scatter_add_(1, targets.expand_as(self._column), self._truth)

    def backward(self, values: Tensor, values_gradient: Tensor | None) -> None:
        """Add the gradients to the velocities; `values` are as `forward` had them."""
        if self._activation is not None:
            self._activation.backward(self.outputs, None)
        flat = self.gradient.flatten(0, 1)
        self._bias_velocity.view(-1).addmv_(flat, self._ones, beta=self._momentum)
        with self._backend:
            if values.dim() == 2:
                self._weights_velocity.flatten(0, 1).addmm_(flat, values.T, beta=self._momentum)
            else:
                self._weights_velocity.baddbmm_(self.gradient, values.mT, beta=self._momentum)
            if values_gradient is not None:
                torch.bmm(self._weights.mT, self.gradient, out=values_gradient)
