"""Slopes: how steep an activation is at a point, and on average between two points."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.nn.layers import ELU, Layer, LeakyReLU, ReLU, Sigmoid, Tanh


def derivative_at(activation: Layer, outputs: Tensor) -> Tensor:
    """The derivative, told from what came out.

    Args:
        activation: One of `engine.nn.layers.ACTIVATIONS`.
        outputs: What it made of its inputs, any shape, float32.

    Returns:
        The derivatives at those inputs, shape kept.

    Raises:
        TypeError: The derivative of such a layer is not known here.
    """
    if isinstance(activation, ReLU):
        return (outputs > 0).to(outputs.dtype)
    if isinstance(activation, LeakyReLU):
        return torch.where(outputs > 0, 1.0, activation.slope)
    if isinstance(activation, ELU):
        return torch.where(outputs > 0, 1.0, outputs + activation.alpha)
    if isinstance(activation, Tanh):
        return 1 - outputs**2
    if isinstance(activation, Sigmoid):
        return outputs * (1 - outputs)
    raise TypeError(f"the derivative of {type(activation).__name__} is not known")


def derivatives_between(activation: Layer, inputs: Tensor, outputs: Tensor) -> Tensor:
    """The mean slope from each point to the next: what came out more, divided by what went in more.

    Args:
        activation: One of `engine.nn.layers.ACTIVATIONS`.
        inputs: (points, units) float32, the points in order.
        outputs: (points, units) float32, what the activation made of them.

    Returns:
        (points - 1, units) float32; the derivative where a unit's input does not move.

    Raises:
        TypeError: The derivative of such a layer is not known here.
    """
    moved, rise = inputs.diff(dim=0), outputs.diff(dim=0)
    return torch.where(moved == 0, derivative_at(activation, outputs[1:]), rise / moved)
