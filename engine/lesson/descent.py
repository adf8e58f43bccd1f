"""Gradient descent with one parameter: curves of a loss, and the steps that go down them.

What an optimiser does with millions of weights it does here with one, so that it can be drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import torch
from torch import Tensor

from engine.errors import SettingsError

LARGEST_RATE = 10.0
"""As for training; see `engine.settings`."""

_LARGEST = 1e12
_REACH = 1.0
_FLAT_SHARE = 0.002
_CRAWL_SHARE = 0.01
_SAME_SLOPE = 0.1
_BOUNCES = 4


@dataclass(frozen=True, slots=True)
class LossCurve:
    """A loss that depends on one parameter.

    Attributes:
        name: What programs call it, such as ``bowl``.
        title: What people call it.
        formula: The loss, from a tensor of any shape to one of the same shape.
        low: Lowest parameter worth drawing.
        high: Highest parameter worth drawing.
        start: Where descent starts unless told otherwise.
        rates: A rate that is too small, one that is good, and one that is too large.
    """

    name: str
    title: str
    formula: Callable[[Tensor], Tensor]
    low: float
    high: float
    start: float
    rates: tuple[float, float, float]

    @property
    def width(self) -> float:
        """Of the part worth drawing."""
        return self.high - self.low

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest parameter that still count; whoever is farther off has diverged."""
        return self.low - _REACH * self.width, self.high + _REACH * self.width

    def has_lost(self, parameter: float) -> bool:
        """Whether a parameter is so far off that no more steps are worth taking."""
        low, high = self.reach
        return not low <= parameter <= high

    def losses(self, parameters: list[float]) -> list[float]:
        """The loss at each parameter; what is larger than any chart, 10 to the 12th, is cut to that."""
        return _cut(self.formula(torch.tensor(parameters, dtype=torch.float64))).tolist()

    def loss_and_gradient(self, parameter: float) -> tuple[float, float]:
        """The loss at a parameter, and its derivative there by automatic differentiation.

        Raises:
            SettingsError: The parameter is not a finite number, or farther off than `reach`.
        """
        if not math.isfinite(parameter) or self.has_lost(parameter):
            low, high = self.reach
            raise SettingsError("start", f"Choose a start between {low:g} and {high:g}.")
        place = torch.tensor(parameter, dtype=torch.float64, requires_grad=True)
        loss = self.formula(place)
        (gradient,) = torch.autograd.grad(loss, place)
        return float(_cut(loss.detach())), float(_cut(gradient))


@dataclass(frozen=True, slots=True)
class DescentStep:
    """One step, all values finite.

    Attributes:
        parameter: Where it began.
        loss: There.
        gradient: There: the slope of the tangent.
        step: What was added to the parameter: minus the rate times the gradient.
        next_parameter: Where it ended.
        next_loss: There; at most 10 to the 12th.
    """

    parameter: float
    loss: float
    gradient: float
    step: float
    next_parameter: float
    next_loss: float


class Verdict(Enum):
    """What a step shows about its rate."""

    ARRIVED = "arrived"
    CRAWLS = "crawls"
    DESCENDS = "descends"
    OVERSHOOTS = "overshoots"
    CLIMBS = "climbs"
    DIVERGED = "diverged"


def check_rate(rate: float) -> None:
    """Do nothing if a learning rate makes sense.

    Raises:
        SettingsError: It does not; the field is ``learning_rate``.
    """
    bounds = f"above 0 and at most {LARGEST_RATE:g}"
    if not math.isfinite(rate):
        raise SettingsError("learning_rate", f"The learning rate must be a number {bounds}.")
    if rate == 0:
        raise SettingsError("learning_rate", f"With a rate of 0 nothing moves: choose one {bounds}.")
    if rate < 0:
        raise SettingsError("learning_rate", f"A negative rate would climb: choose one {bounds}.")
    if rate > LARGEST_RATE:
        raise SettingsError("learning_rate", f"{rate:g} is far too large: choose a rate {bounds}.")


def take_step(curve: LossCurve, parameter: float, rate: float) -> DescentStep:
    """Go down the slope: ``parameter - rate * gradient``.

    Raises:
        SettingsError: The rate makes no sense, or the parameter is off the curve's `LossCurve.reach`.
    """
    check_rate(rate)
    loss, gradient = curve.loss_and_gradient(parameter)
    step = -rate * gradient
    next_parameter = parameter + step
    return DescentStep(parameter, loss, gradient, step, next_parameter, curve.losses([next_parameter])[0])


def judge(curve: LossCurve, steps: Sequence[DescentStep]) -> Verdict:
    """What the last of one or more steps shows about its rate, from the slopes before and after it."""
    step = steps[-1]
    if curve.has_lost(step.next_parameter):
        return Verdict.DIVERGED
    _, next_gradient = curve.loss_and_gradient(step.next_parameter)
    is_short = abs(step.step) < _CRAWL_SHARE * curve.width
    flat = _FLAT_SHARE * max(curve.losses([curve.low, curve.high])) / curve.width
    if is_short and abs(next_gradient) < flat:
        return Verdict.ARRIVED
    has_crossed = next_gradient * step.gradient < 0
    # To bounce for ever between the same places is no progress, though every other step goes down; rounding
    # must not decide it.
    former = min(each.loss for each in steps[-_BOUNCES:]) if has_crossed else step.loss
    if step.next_loss > former * (1 - 1e-9):
        return Verdict.CLIMBS
    if has_crossed:
        return Verdict.OVERSHOOTS
    has_same_slope = abs(next_gradient - step.gradient) < _SAME_SLOPE * abs(step.gradient)
    return Verdict.CRAWLS if is_short and has_same_slope else Verdict.DESCENDS


def _cut(values: Tensor) -> Tensor:
    return values.clamp(-_LARGEST, _LARGEST)


def _bowl(weight: Tensor) -> Tensor:
    """Mean squared error of ``weight * x`` as a reading of y, for four pairs of x and y."""
    x = torch.tensor([-1.5, -0.5, 0.5, 1.5], dtype=weight.dtype)
    y = torch.tensor([-2.6, -1.3, 0.5, 3.4], dtype=weight.dtype)
    return (weight[..., None] * x - y).square().mean(dim=-1)


def _lopsided(weight: Tensor) -> Tensor:
    """Steep to the left of its lowest place, which is 0, and gentle to the right."""
    return 0.25 * torch.exp(-2 * weight) + torch.exp(0.5 * weight) - 1.25


def _two_valleys(weight: Tensor) -> Tensor:
    """A deep valley near -2 and a shallow one near 2."""
    return (weight.square() - 4).square() / 8 + 0.4 * weight + 1


CURVES = (
    LossCurve("bowl", "Bowl: mean squared error", _bowl, -3.0, 7.0, -1.8, (0.005, 0.2, 0.9)),
    LossCurve("lopsided", "Lopsided: steep and gentle", _lopsided, -1.6, 4.2, 3.6, (0.005, 0.3, 2.2)),
    LossCurve("two-valleys", "Two valleys", _two_valleys, -3.4, 3.4, 3.1, (0.002, 0.05, 0.7)),
)
"""The curves of the lesson."""
