"""Gradients: of the loss for every parameter, by the chain rule, written over those of the last step."""

from __future__ import annotations

from torch import Tensor

from engine.nn.backward import BufferedLayer, CrossEntropyBackward, buffered_layers
from engine.nn.losses import negative_log_likelihood
from engine.nn.network import Network
from engine.nn.parameter_block import ParameterBlock
from engine.nn.protocols import Loss, TrainableNetwork
from engine.nn.step_output import StepOutput


class ChainRule:
    """The derivatives by hand: from the loss back through one layer after another."""

    def __init__(self, network: TrainableNetwork, loss: Loss, momentum: float = 0.0) -> None:
        """Put the network's parameters beside each other.

        Args:
            network: One of ours.
            loss: `negative_log_likelihood`, whose derivative is known.
            momentum: Share of the last gradients that the new ones are added to. What is in ``grad`` then is
                the velocity of SGD with that momentum, and there is one sum less in every step.

        Raises:
            TypeError: The derivatives of network or loss are not known.
        """
        if not isinstance(network, Network):
            raise TypeError("the chain rule needs layers whose derivatives are known")
        if loss is not negative_log_likelihood:
            raise TypeError("the chain rule knows the derivative of one loss only")
        self._layers = network.layers
        self._block = ParameterBlock(network)
        self.momentum = momentum
        self._buffered: dict[int, tuple[list[BufferedLayer], CrossEntropyBackward]] = {}
        self.parameters = [self._block.values]

    @property
    def state(self) -> tuple[Tensor, Tensor]:
        """All parameters and all gradients, (parameters,) float32 each, as they live."""
        return self._block.values, self._block.gradients

    def __call__(self, inputs: Tensor, targets: Tensor) -> StepOutput:
        """Forward and backward; the loss itself is not needed for its derivative."""
        layers, cross_entropy = self._buffered_for(len(targets))
        logits = inputs
        for layer in layers:
            logits = layer.forward(logits)
        cross_entropy.backward(logits, targets)
        for layer, before in zip(reversed(layers), reversed(layers[:-1]), strict=False):
            layer.backward(before.outputs, before.gradient)
        layers[0].backward(inputs, None)  # nobody asks for the gradient for the inputs
        self._block.values.grad = self._block.gradients
        return StepOutput(logits, targets)

    def _buffered_for(self, batch: int) -> tuple[list[BufferedLayer], CrossEntropyBackward]:
        """Made once for each length: that of nearly all mini-batches, and that of an epoch's last."""
        known = self._buffered.get(batch)
        if known is None:
            layers = buffered_layers(self._layers, batch, self.momentum)
            known = self._buffered[batch] = (layers, CrossEntropyBackward(layers[-1]))
        return known
