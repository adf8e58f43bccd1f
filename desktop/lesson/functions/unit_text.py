"""Unit text: where the activation of a network stands, and what it does there to the digit on the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.lesson.functions.values import NAMES
from engine.nn.registry import ACTIVATIONS

if TYPE_CHECKING:
    from engine.explain.hidden_inputs import HiddenInputs

MOST_MARKED = 100
"""Units that get a mark: more would hide each other."""

EMPTY = "Draw a digit on the pad to mark what goes into the hidden units of the network that reads it."
NO_HIDDEN_LAYER = (
    "The network that reads the pad has no hidden layer, so no activation stands in it: pixels times weights "
    "are the logits. The curves show what an activation would do."
)
NOT_FINITE = "What goes into the hidden units is no longer a number. Train the network again at a lower rate."


def unit_text(units: HiddenInputs, chosen: str) -> str:
    """Which activation stands in the network, how many units it lets pass, and what the marks show.

    Args:
        units: Of the digit on the pad.
        chosen: The function shown, a key of `NAMES`.
    """
    count, above = len(units.sums), sum(each > 0 for each in units.sums)
    own = ACTIVATIONS[units.activation].title
    marked = f" The first {MOST_MARKED} are marked." if count > MOST_MARKED else ""
    text = (
        f"The first hidden layer adds up one number for each of its {count:,} units, and {own} stands behind "
        f"it. For the digit on the pad {above:,} of them are above zero.{marked}"
    )
    if chosen == units.activation:
        return text
    return f"{text} The marks show what {NAMES[chosen]} would make of the same numbers."
