"""Passes: each layer's way there and back for one mini-batch, written into memory that is made once.

A step of a small network spends as much time on finding memory and on taking it up for the first time as on
its sums; here every result has its place, and the next mini-batch is written over the last.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from engine.nn.layers import ELU, Layer, LeakyReLU, Linear, ReLU, Sigmoid, Tanh
from engine.nn.matmul_backend import product_library


class Room(Protocol):
    """Memory for what a layer puts out.

    Attributes:
        outputs: (batch, outputs) float32, written on the way there.
        gradient: Of the mini-batch's loss for `outputs`, the same shape; whoever comes next on the way there
            writes it.
    """

    outputs: Tensor
    gradient: Tensor


class Pass(Room, Protocol):
    """One layer on the way there and back."""

    def forward(self, inputs: Tensor) -> Tensor:
        """(batch, inputs) to `outputs`."""
        ...

    def backward(self, inputs: Tensor, back: Tensor | None) -> None:
        """From `gradient`, write the gradients of the layer's own parameters to their ``grad``.

        Args:
            inputs: As `forward` had them; those that it worked in, as it left them.
            back: Where to write the gradient for `inputs`; None if nobody asks for it.
        """
        ...


class LinearPass:
    """``inputs @ weights + bias``.

    Each input counts through every output it feeds: ``back = gradient @ weights.T``. Each weight counts by
    its input, the bias by 1, both summed over the batch.
    """

    def __init__(self, layer: Linear, batch: int, kept: float = 0.0) -> None:
        """Make room for mini-batches of one length.

        Args:
            layer: Its parameters have a ``grad`` each.
            batch: The length.
            kept: Share of what is in ``grad`` that the new gradients are added to.

        Raises:
            ValueError: The parameters have no ``grad``.
        """
        if layer.weights.grad is None or layer.bias.grad is None:
            raise ValueError("parameters without memory for their gradients")
        self._weights, self._weights_gradient = layer.weights.detach(), layer.weights.grad
        self._bias, self._bias_gradient = layer.bias.detach(), layer.bias.grad
        self._weights_back = self._weights.T
        inputs, outputs = layer.weights.shape
        self._library = product_library(batch, inputs, outputs, layer.weights.device)
        self._kept = kept
        # Unit by unit rather than digit by digit in memory: so the product takes nine tenths of the time.
        self.outputs = torch.empty(len(layer.bias), batch, device=layer.bias.device).T
        self.gradient = torch.empty_like(self.outputs)
        self._gradient_back = self.gradient.T
        self._ones = torch.ones(batch, device=layer.bias.device)

    def forward(self, inputs: Tensor) -> Tensor:
        """Write the outputs."""
        with self._library:
            torch.mm(inputs, self._weights, out=self.outputs)
        return self.outputs.add_(self._bias)

    def backward(self, inputs: Tensor, back: Tensor | None) -> None:
        """Write the gradients of weights, bias and inputs."""
        self._bias_gradient.addmv_(self._gradient_back, self._ones, beta=self._kept)
        with self._library:
            self._weights_gradient.addmm_(inputs.T, self.gradient, beta=self._kept)
            if back is not None:
                torch.mm(self.gradient, self._weights_back, out=back)


class _ActivationPass:
    """Works in the outputs of the layer before it: what went in is not needed again."""

    def __init__(self, before: Room) -> None:
        self.outputs = before.outputs
        self.gradient = before.gradient
        self._room = torch.empty_like(before.outputs)


class ReLUPass(_ActivationPass):
    """``max(x, 0)``; passed back where it was passed on, and not at exactly 0."""

    def __init__(self, _layer: ReLU, before: Room) -> None:
        super().__init__(before)

    def forward(self, inputs: Tensor) -> Tensor:
        """Cut off what is below 0."""
        return inputs.clamp_(min=0)

    def backward(self, inputs: Tensor, _back: Tensor | None) -> None:
        """Times 1 or 0."""
        self.gradient.mul_(torch.sign(inputs, out=self._room))


class LeakyReLUPass(_ActivationPass):
    """``x`` where positive, else ``slope * x``, for slopes below 1."""

    def __init__(self, layer: LeakyReLU, before: Room) -> None:
        super().__init__(before)
        self._slope = layer.slope

    def forward(self, inputs: Tensor) -> Tensor:
        """The larger of the two is always the one meant."""
        return torch.maximum(inputs, torch.mul(inputs, self._slope, out=self._room), out=inputs)

    def backward(self, inputs: Tensor, _back: Tensor | None) -> None:
        """Times 1 or the slope; the sign of what came out is that of what went in."""
        self.gradient.mul_(torch.sign(inputs, out=self._room).clamp_(min=self._slope))


class ELUPass(_ActivationPass):
    """``x`` where positive, else ``alpha * (exp(x) - 1)``, whose derivative is itself plus alpha."""

    def __init__(self, layer: ELU, before: Room) -> None:
        super().__init__(before)
        self._alpha = layer.alpha

    def forward(self, inputs: Tensor) -> Tensor:
        """The two halves; each is 0 where the other is not."""
        below = torch.clamp(inputs, max=0, out=self._room).expm1_().mul_(self._alpha)
        return inputs.clamp_(min=0).add_(below)

    def backward(self, inputs: Tensor, _back: Tensor | None) -> None:
        """Times 1, or what came out plus alpha."""
        slope = torch.clamp(inputs, max=0, out=self._room).add_(self._alpha)
        if self._alpha != 1:
            slope.masked_fill_(inputs > 0, 1)
        self.gradient.mul_(slope)


class TanhPass(_ActivationPass):
    """``tanh(x)``, whose derivative is 1 less its own square."""

    def __init__(self, _layer: Tanh, before: Room) -> None:
        super().__init__(before)

    def forward(self, inputs: Tensor) -> Tensor:
        """In place."""
        return inputs.tanh_()

    def backward(self, inputs: Tensor, _back: Tensor | None) -> None:
        """Times 1 less the square of what came out."""
        self.gradient.mul_(torch.mul(inputs, inputs, out=self._room).neg_().add_(1))


class SigmoidPass(_ActivationPass):
    """``1 / (1 + exp(-x))``, whose derivative is itself times what it lacks of 1."""

    def __init__(self, _layer: Sigmoid, before: Room) -> None:
        super().__init__(before)

    def forward(self, inputs: Tensor) -> Tensor:
        """In place."""
        return inputs.sigmoid_()

    def backward(self, inputs: Tensor, _back: Tensor | None) -> None:
        """Times what came out, and times what that lacks of 1."""
        self.gradient.mul_(inputs).mul_(torch.neg(inputs, out=self._room).add_(1))


def passes_of(layers: list[Layer], batch: int, kept: float = 0.0) -> list[Pass]:
    """A pass for each layer, in their order; the arguments are those of `LinearPass`.

    Raises:
        TypeError: There is a layer whose derivatives are not known here.
    """
    passes: list[Pass] = []
    for layer in layers:
        if isinstance(layer, Linear):
            passes.append(LinearPass(layer, batch, kept))
        else:
            passes.append(activation_pass(layer, passes[-1]))
    return passes


def activation_pass(layer: Layer, before: Room) -> Pass:
    """The pass of a layer without parameters, in the memory of the one before it.

    Raises:
        TypeError: Its derivative is not known here.
    """
    if isinstance(layer, ReLU):
        return ReLUPass(layer, before)
    if isinstance(layer, LeakyReLU):
        return LeakyReLUPass(layer, before)
    if isinstance(layer, ELU):
        return ELUPass(layer, before)
    if isinstance(layer, Tanh):
        return TanhPass(layer, before)
    if isinstance(layer, Sigmoid):
        return SigmoidPass(layer, before)
    raise TypeError(f"the chain rule does not know the derivative of {type(layer).__name__}")


class CrossEntropyPass:
    """Softmax and negative log-likelihood together, since their derivative is so simple together."""

    def __init__(self, before: Room) -> None:
        self._batch = len(before.outputs)
        self._gradient = before.gradient
        self._column = before.outputs.new_empty(self._batch, 1)
        self._truth = torch.full_like(self._column, -1 / self._batch)

    def backward(self, logits: Tensor, targets: Tensor) -> None:
        """The gradient of each digit's loss for its logits is answer minus truth; their mean is the loss."""
        largest = torch.amax(logits, 1, keepdim=True, out=self._column)
        powers = torch.sub(logits, largest, out=self._gradient).exp_()  # none of them overflows
        answer = powers.div_(torch.sum(powers, 1, keepdim=True, out=self._column).mul_(self._batch))
        answer.scatter_add_(1, targets[:, None], self._truth)
