"""Step text: how a step's learning rate comes about, and what else than the gradient is in the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.text.short_number import short_number

if TYPE_CHECKING:
    from engine.training.step_by_step import ObservedStep

_AT_THE_PEAK = 0.995
_PLAIN = "Plain SGD without a schedule or momentum is under More settings, Settings, As in the lesson."


def state_text(step: ObservedStep) -> str:
    """Number, rate and momentum: ``Step 3 of 938 · rate 0.002 · momentum 0.9``."""
    rate, momentum = step.learning_rate, step.settings.momentum
    return f"Step {step.number:,} of {step.total_steps:,} · rate {rate:.2g} · " + (
        f"momentum {momentum:g}" if momentum else "no momentum"
    )


def rate_text(step: ObservedStep) -> str:
    """Why the rate of the step is what it is, compared with the one that is set."""
    settings, rate = step.settings, step.learning_rate
    peak = settings.learning_rate
    if rate == peak == step.next_rate:
        return f"Every step has the rate that is set, {peak:g}."
    schedule = f"The {settings.schedule} schedule"
    if rate >= _AT_THE_PEAK * peak:
        how = f"{schedule} is at its peak: {rate:.2g} of {peak:g}."
    elif step.next_rate > rate:
        how = f"{schedule} is still warming up: {rate:.2g} of a peak of {peak:g}."
    else:
        how = f"{schedule} is past its peak and slows down: {rate:.2g} of a peak of {peak:g}."
    return f"{how} {_PLAIN}"


def composition_text(step: ObservedStep) -> str:
    """Whether the step is just the gradient times the learning rate, or what else is in it."""
    settings, rate = step.settings, step.learning_rate
    largest, expected = 0.0, 0.0
    for name, gradient in step.gradients.items():
        largest = max(largest, float((step.steps[name] + rate * gradient).abs().max()))
        expected = max(expected, float((rate * gradient).abs().max()))
    if largest <= 1e-3 * expected + 1e-7:
        return f"The step is the gradient times the rate of {rate:.2g}, with the opposite sign."
    if settings.optimiser != "sgd":
        from engine.nn.registry import OPTIMISERS

        return (
            f"{OPTIMISERS[settings.optimiser].title} does more than multiply the gradient by the rate, so "
            "the two pictures differ: it weighs each gradient against those that it has seen before."
        )
    carried = []
    if settings.momentum:
        carried.append(f"momentum carries on {settings.momentum:g} of the direction of the step before")
    if settings.weight_decay:
        carried.append(f"weight decay pulls each weight towards 0 by {settings.weight_decay:g} of its size")
    if not carried:
        return "The step and the gradient times the rate differ."
    return f"The step is not just the gradient times the rate: {', and '.join(carried)}."


def loss_text(step: ObservedStep) -> str:
    """The loss of the mini-batch before and after: ``Loss 2.3026 → 2.2817  (0.0209 lower)``."""
    change = step.loss_after - step.loss_before
    before, after, by = (short_number(loss, 4) for loss in (step.loss_before, step.loss_after, abs(change)))
    return f"Loss {before} → {after}  ({by} {'lower' if change < 0 else 'higher'})"
