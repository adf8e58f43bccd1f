"""Descent in words: what a step did, in numbers and as a verdict on its rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.lesson.descent import DescentStep, Verdict

_VERDICTS = {
    "arrived": ("Arrived", "the slope is almost flat here, so hardly any step is left to take."),
    "crawls": (
        "Crawls",
        "the step is tiny and the slope has hardly changed. A larger rate is faster.",
    ),
    "descends": ("Descends", "the loss falls, and we stay on the same side of the valley."),
    "overshoots": ("Overshoots but settles", "the step crossed the valley but landed lower than before."),
    "climbs": (
        "Overshoots and climbs",
        "the step jumped so far that the loss went up. Choose a smaller rate.",
    ),
    "diverged": (
        "Diverges",
        "the steps left the chart far behind and were stopped. Choose a smaller rate.",
    ),
}

WARNINGS = frozenset({"climbs", "diverged"})
"""Values of verdicts that speak against the rate."""

ENDS = frozenset({"arrived", "diverged"})
"""Values of verdicts after which there is nothing more to see."""


def number_text(value: float) -> str:
    """Three significant figures, with a true minus sign: ``−0.462``, ``2.31``, ``5.2e+08``."""
    if abs(value) < 5e-4:
        return "0" if value == 0 else _signed(f"{value:.0e}")
    if abs(value) >= 1e5:
        return _signed(f"{value:.1e}")
    if abs(value) >= 100:
        return _signed(f"{value:,.0f}")
    return _signed(f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}")


def start_text(parameter: float, loss: float, gradient: float) -> str:
    """Where descent is before its first step."""
    return (
        f"Start: w = {number_text(parameter)}, loss {number_text(loss)}, slope {number_text(gradient)}. "
        "Press Step or Run."
    )


def step_text(number: int, step: DescentStep, rate: float) -> str:
    """What a step did: ``Step 1: w = 2.31, slope 4.62, rate 0.1: step −0.462, loss 5.34 → 3.42``."""
    return (
        f"Step {number}: w = {number_text(step.parameter)}, slope {number_text(step.gradient)}, "
        f"rate {rate:g}: step {number_text(step.step)}, "
        f"loss {_change_text(step.loss, step.next_loss)}"
    )


def verdict_text(verdict: Verdict) -> tuple[str, str]:
    """A verdict in a word or three, and the reason."""
    return _VERDICTS[verdict.value]


def _change_text(before: float, after: float) -> str:
    """Two numbers with as many figures as tell them apart, six at most: ``1.778 → 1.776``."""
    texts = number_text(before), number_text(after)
    for decimals in range(3, 7):
        if texts[0] != texts[1] or before == after:
            break
        texts = _signed(f"{before:.{decimals}f}"), _signed(f"{after:.{decimals}f}")
    return " → ".join(texts)


def _signed(text: str) -> str:
    """With a minus sign as wide as a plus; the one of an exponent too."""
    return text.replace("-", "−")
