"""Activations: layers without parameters that treat each number by itself.

Each is written twice: `__call__` makes a new tensor, and PyTorch can differentiate it; the two methods
``…_in_place`` write over memory that is there already, for the chain rule by hand in `engine.nn.backward`.
`engine.nn.registry` lists them.
"""

from __future__ import annotations

import torch
from torch import Tensor


class Activation:
    """Base of all activations. A new one needs `__call__` and `derivative`; the rest may be made faster."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, any shape, which is kept; float32."""
        raise NotImplementedError

    def derivative(self, outputs: Tensor) -> Tensor:
        """The derivative at the inputs that gave these outputs; shape kept, float32."""
        raise NotImplementedError

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """Replace inputs by outputs.

        Args:
            values: Any shape, float32; inputs before, outputs after.
            scratch: The same shape, to compute in.

        Returns:
            `values`.
        """
        return values.copy_(self(values))

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Multiply a gradient by the derivative.

        Args:
            gradient: Of the loss for the outputs before, for the inputs after; any shape, float32.
            outputs: What `forward_in_place` left, the same shape; unchanged.
            scratch: The same shape, to compute in.
        """
        gradient.mul_(self.derivative(outputs))

    def mean_slopes(self, inputs: Tensor, outputs: Tensor) -> Tensor:
        """The mean slope from each point to the next: the rise of the outputs over that of the inputs.

        Args:
            inputs: (points, units) float32, the points in order.
            outputs: (points, units) float32, what the activation made of them.

        Returns:
            (points - 1, units) float32; the derivative where a unit's input does not change.
        """
        run, rise = inputs.diff(dim=0), outputs.diff(dim=0)
        return torch.where(run == 0, self.derivative(outputs[1:]), rise / run)

    def parameters(self) -> dict[str, Tensor]:
        """None."""
        return {}

    def __repr__(self) -> str:
        """Such as ``ELU(alpha=0.5)``."""
        numbers = ", ".join(f"{name}={number:g}" for name, number in vars(self).items())
        return f"{type(self).__name__}({numbers})"


class ReLU(Activation):
    """``max(x, 0)``: passes what is positive."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        # At exactly 0 nothing passes back, where clamp would pass all; large layers take 0.6 of clamp's time.
        return inputs * (inputs > 0)

    def derivative(self, outputs: Tensor) -> Tensor:
        """1 where positive, else 0."""
        return (outputs > 0).to(outputs.dtype)

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """Cut off what is below 0."""
        return values.clamp_(min=0)

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Times 1 or 0: passed back where it was passed on, and not at exactly 0."""
        gradient.mul_(torch.sign(outputs, out=scratch))


class LeakyReLU(Activation):
    """``x`` where positive, else ``slope * x``, for slopes below 1: a unit never falls quite silent."""

    def __init__(self, slope: float = 0.01) -> None:
        self.slope = slope

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.where(inputs > 0, inputs, self.slope * inputs)

    def derivative(self, outputs: Tensor) -> Tensor:
        """1 where positive, else the slope."""
        return torch.where(outputs > 0, 1.0, self.slope)

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """The larger of the two is always the one meant."""
        return torch.maximum(values, torch.mul(values, self.slope, out=scratch), out=values)

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Times 1 or the slope; an output has the sign of its input."""
        gradient.mul_(torch.sign(outputs, out=scratch).clamp_(min=self.slope))


class ELU(Activation):
    """``x`` where positive, else ``alpha * (exp(x) - 1)``: smooth, with a floor at ``-alpha``."""

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        # exp must not overflow where its value is not used; else its gradient would be NaN. At exactly 0 the
        # gradient passes, where clamp's depends on the version of PyTorch.
        is_positive = inputs > 0
        below = torch.where(is_positive, 0.0, inputs)
        return torch.where(is_positive, inputs, self.alpha * torch.expm1(below))

    def derivative(self, outputs: Tensor) -> Tensor:
        """1 where positive, else the output plus alpha."""
        return torch.where(outputs > 0, 1.0, outputs + self.alpha)

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """The two halves; each is 0 where the other is not."""
        below = torch.clamp(values, max=0, out=scratch).expm1_().mul_(self.alpha)
        return values.clamp_(min=0).add_(below)

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Times 1, or the output plus alpha."""
        slope = torch.clamp(outputs, max=0, out=scratch).add_(self.alpha)
        if self.alpha != 1:
            slope.masked_fill_(outputs > 0, 1)
        gradient.mul_(slope)


class Tanh(Activation):
    """``tanh(x)``: between -1 and 1, flat far from 0."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.tanh(inputs)

    def derivative(self, outputs: Tensor) -> Tensor:
        """1 less the square of the output."""
        return 1 - outputs**2

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """In place."""
        return values.tanh_()

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Times 1 less the square of the output."""
        gradient.mul_(torch.mul(outputs, outputs, out=scratch).neg_().add_(1))


class Sigmoid(Activation):
    """``1 / (1 + exp(-x))``: between 0 and 1, flat far from 0."""

    def __call__(self, inputs: Tensor) -> Tensor:
        """Element by element, shape kept."""
        return torch.sigmoid(inputs)

    def derivative(self, outputs: Tensor) -> Tensor:
        """The output times what it lacks of 1."""
        return outputs * (1 - outputs)

    def forward_in_place(self, values: Tensor, scratch: Tensor) -> Tensor:
        """In place."""
        return values.sigmoid_()

    def backward_in_place(self, gradient: Tensor, outputs: Tensor, scratch: Tensor) -> None:
        """Times the output, and times what that lacks of 1."""
        gradient.mul_(outputs).mul_(torch.neg(outputs, out=scratch).add_(1))
