"""Backward by hand: each layer's way forward and back for one mini-batch, in memory that is allocated once.

A step of a small network spends as much time on allocating memory and touching it for the first time as on
its sums; here every result has its buffer, and the next mini-batch is written over the last.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from engine.nn.activations import Activation
from engine.nn.layers import Layer, Linear
from engine.nn.matmul_backend import BackendChoice, backend_for


class Buffers(Protocol):
    """Memory for what a layer puts out.

    Attributes:
        outputs: (batch, outputs) float32, written on the way forward.
        gradient: Of the mini-batch's loss for `outputs`, the same shape; the next layer writes it on the way
            back.
    """

    outputs: Tensor
    gradient: Tensor


class BufferedLayer(Buffers, Protocol):
    """One layer with its buffers, forward and backward."""

    def forward(self, inputs: Tensor) -> Tensor:
        """(batch, inputs) to `outputs`."""
        ...

    def backward(self, inputs: Tensor, inputs_gradient: Tensor | None) -> None:
        """From `gradient`, write the gradients of the layer's own parameters to their ``grad``.

        Args:
            inputs: As `forward` had them; those that it worked in, as it left them.
            inputs_gradient: Where to write the gradient for `inputs`; None if nobody asks for it.
        """
        ...


class BufferedLinear:
    """``inputs @ weights + bias``.

    Each input counts through every output it feeds: ``inputs_gradient = gradient @ weights.T``. Each weight
    counts by its input, the bias by 1, both summed over the batch.
    """

    def __init__(
        self, layer: Linear, batch: int, momentum: float = 0.0, choose_backend: BackendChoice = backend_for
    ) -> None:
        """Allocate buffers for mini-batches of one length.

        Args:
            layer: Its parameters have a ``grad`` each.
            batch: The length.
            momentum: Share of what is in ``grad`` that the new gradients are added to.
            choose_backend: Which library multiplies.

        Raises:
            ValueError: The parameters have no ``grad``.
        """
        if layer.weights.grad is None or layer.bias.grad is None:
            raise ValueError("parameters without memory for their gradients")
        self._weights, self._weights_gradient = layer.weights.detach(), layer.weights.grad
        self._bias, self._bias_gradient = layer.bias.detach(), layer.bias.grad
        self._weights_transposed = self._weights.T
        inputs, outputs = layer.weights.shape
        self._backend = choose_backend(batch, inputs, outputs, layer.weights.device)
        self._momentum = momentum
        # Unit by unit rather than sample by sample in memory: so the product takes nine tenths of the time.
        self.outputs = torch.empty(len(layer.bias), batch, device=layer.bias.device).T
        self.gradient = torch.empty_like(self.outputs)
        self._gradient_transposed = self.gradient.T
        self._ones = torch.ones(batch, device=layer.bias.device)

    def forward(self, inputs: Tensor) -> Tensor:
        """Write the outputs."""
        with self._backend:
            torch.mm(inputs, self._weights, out=self.outputs)
        return self.outputs.add_(self._bias)

    def backward(self, inputs: Tensor, inputs_gradient: Tensor | None) -> None:
        """Write the gradients of weights, bias and inputs."""
        self._bias_gradient.addmv_(self._gradient_transposed, self._ones, beta=self._momentum)
        with self._backend:
            self._weights_gradient.addmm_(inputs.T, self.gradient, beta=self._momentum)
            if inputs_gradient is not None:
                torch.mm(self.gradient, self._weights_transposed, out=inputs_gradient)


class BufferedActivation:
    """Works in the buffers of the layer before it: what went in is not needed again."""

    def __init__(self, layer: Activation, before: Buffers) -> None:
        self.outputs = before.outputs
        self.gradient = before.gradient
        self._layer = layer
        self._scratch = torch.empty_like(before.outputs)

    def forward(self, inputs: Tensor) -> Tensor:
        """Replace the inputs by the outputs."""
        return self._layer.forward_in_place(inputs, self._scratch)

    def backward(self, inputs: Tensor, _inputs_gradient: Tensor | None) -> None:
        """Multiply the gradient by the derivative; `inputs` are the outputs by now."""
        self._layer.backward_in_place(self.gradient, inputs, self._scratch)


def buffered_layers(
    layers: list[Layer], batch: int, momentum: float = 0.0, choose_backend: BackendChoice = backend_for
) -> list[BufferedLayer]:
    """Each layer with its buffers, in their order; the arguments are those of `BufferedLinear`.

    Raises:
        TypeError: There is a layer whose derivatives are not known here.
    """
    buffered: list[BufferedLayer] = []
    for layer in layers:
        if isinstance(layer, Linear):
            buffered.append(BufferedLinear(layer, batch, momentum, choose_backend))
        elif isinstance(layer, Activation):
            buffered.append(BufferedActivation(layer, buffered[-1]))
        else:
            raise TypeError(f"the chain rule does not know the derivative of {type(layer).__name__}")
    return buffered


class CrossEntropyBackward:
    """Softmax and negative log-likelihood together, since their derivative is so simple together."""

    def __init__(self, before: Buffers) -> None:
        self._batch = len(before.outputs)
        self._gradient = before.gradient
        self._column = before.outputs.new_empty(self._batch, 1)
        self._truth = torch.full_like(self._column, -1 / self._batch)

    def backward(self, logits: Tensor, targets: Tensor) -> None:
        """The gradient of each sample's loss is prediction minus truth; the loss is their mean."""
        largest = torch.amax(logits, 1, keepdim=True, out=self._column)
        powers = torch.sub(logits, largest, out=self._gradient).exp_()  # none of them overflows
        prediction = powers.div_(torch.sum(powers, 1, keepdim=True, out=self._column).mul_(self._batch))
        prediction.scatter_add_(1, targets[:, None], self._truth)
