"""Words of the Why place: what a score means, and what its parts are called."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.explain.explanation import Against, Method

if TYPE_CHECKING:
    from engine.data.classes import Classes
    from engine.explain.explanation import Explanation

METHOD_NAMES = {
    Method.INPUT_TIMES_WEIGHT: "Input × weight",
    Method.GRADIENT_TIMES_INPUT: "Gradient × input",
    Method.INTEGRATED_GRADIENTS: "Integrated gradients",
}
"""What to call the methods in front of a user."""

AGAINST_NAMES = {
    Against.RUNNER_UP: "over the runner-up",
    Against.OTHERS: "over the others",
    Against.NOTHING: "by itself",
}
"""What to call the comparisons in front of a user."""

_ROWS = ("Top", "Upper", "Lower", "Bottom")
_COLUMNS = ("far left", "left", "right", "far right")

REGION_NAMES = [f"{row} {column}" for row in _ROWS for column in _COLUMNS]
"""The regions of `engine.explain.waterfall`, row by row."""

# Beyond this the figure says no more than "very many".
_MOST_TIMES = 1e6


def headline(explanation: Explanation, classes: Classes) -> str:
    """The question in a few words: ``7 rather than 1``."""
    name = classes[explanation.digit]
    if explanation.rival is not None:
        return f"{name} rather than {classes[explanation.rival]}"
    if explanation.against is Against.OTHERS:
        return f"{name} rather than another"
    return f"{name} by itself"


def meaning(explanation: Explanation, classes: Classes) -> str:
    """What the score means, in one sentence."""
    digit, score = explanation.digit, explanation.score
    size = f"{abs(score):.1f}"
    if explanation.rival is not None:
        likelier = digit if score >= 0 else explanation.rival
        return f"Odds for {classes[likelier]}: {_odds(abs(score))} to 1 (logits {size} apart)."
    if explanation.against is Against.OTHERS:
        return f"Its logit is {size} {'above' if score >= 0 else 'below'} the mean of the others."
    return f"Its logit is {'−' if score < 0 else ''}{size}; only differences between logits count."


def sum_text(explanation: Explanation) -> str:
    """Whether the pixels add up, in one sentence."""
    added = explanation.score - explanation.baseline
    missed = abs(explanation.completeness_error)
    if missed <= explanation.completeness_bound:
        return f"The pixels add up to all {abs(added):.2f} logits between blank paper and the drawing."
    return f"The pixels miss {missed:.2f} of the {abs(added):.2f} logits between blank paper and the drawing."


def _odds(difference: float) -> str:
    """How many times likelier one digit is than the other, for a difference of logits of at least 0."""
    times = math.exp(min(difference, 100.0))
    if times > _MOST_TIMES:
        return "over a million"
    if times < 10:
        return f"{times:.1f}"
    # The network's own figures deserve no more than two places.
    step = 10 ** (len(f"{times:.0f}") - 2)
    return f"about {round(times / step) * step:,}"
