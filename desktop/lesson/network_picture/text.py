"""Words of the network picture: what units are called, their numbers, and their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.text.short_number import short_number
from engine.nn.registry import ACTIVATIONS

if TYPE_CHECKING:
    from engine.explain.unit_formula import UnitFormula

NO_NETWORK = "There is no network to look into yet."
NO_NUMBERS = (
    "The numbers in this network have grown beyond all bounds: its training diverged. Train again at a lower "
    "rate."
)
EXAMPLE = "an example, until you draw a digit on the pad"
ON_THE_PAD = "the digit on the pad"

_UNBROKEN = "\N{NO-BREAK SPACE}"
# From here on a tenth is no longer worth its room.
_WHOLE_FROM = 99.95
_MOST_WHOLE = 9999.5


def unit_name(layer: int, unit: int, answer: str | None = None) -> str:
    """What to call a unit, layers counted from the pixels: ``Hidden layer 1, unit 37``, ``Answer 7``."""
    return f"Hidden layer {layer}, unit {unit}" if answer is None else f"Answer {answer}"


def output_text(output: float) -> str:
    """What a unit puts out, in at most five signs."""
    size = abs(output)
    if size >= _MOST_WHOLE:
        return f"{output:.0e}".replace("e+0", "e").replace("e+", "e").replace("-", "−")
    places = 0 if size >= _WHOLE_FROM else 1
    # A little less than nothing is nothing.
    return f"{round(output, places) + 0.0:.{places}f}".replace("-", "−")


def rest_text(count: int) -> tuple[str, str]:
    """How many units have no place, in two lines; the first one empty if all have."""
    if not count:
        return "", ""
    return f"and {count:,}", "quieter unit" if count == 1 else "quieter units"


def formula_text(formula: UnitFormula) -> str:
    """The sum of a unit with the numbers in it.

    Such as ``ReLU(0.31·1.20 − 0.80·0.05 + 0.42 from 37 others + bias 0.10) = ReLU(0.85) = 0.85``: the weight
    comes first, then what it is multiplied with.
    """
    parts = [
        _signed(term.weight, f"{_factor(abs(term.weight))}·{_in_brackets(term.value)}")
        for term in formula.terms
    ]
    if formula.rest_count:
        others = "other" if formula.rest_count == 1 else "others"
        amount = _number(abs(formula.rest))
        parts.append(_signed(formula.rest, f"{amount} from {formula.rest_count:,} {others}"))
    parts.append(_signed(formula.bias, f"bias {_factor(abs(formula.bias))}"))
    # The first one has its sign alone, without a blank.
    parts[0] = parts[0].removeprefix("+ ").replace("− ", "−", 1)
    # Lines are broken between the terms, nowhere else.
    written = " ".join(part.replace(" ", _UNBROKEN) for part in parts)
    if not formula.activation:
        return f"{written} ={_UNBROKEN}{_number(formula.sum)}"
    name = activation_name(formula.activation).replace(" ", _UNBROKEN)
    applied = f"{name}({_number(formula.sum)})"
    return f"{name}({written}) ={_UNBROKEN}{applied} ={_UNBROKEN}{_number(formula.output)}"


def meaning_text(formula: UnitFormula, probability: float | None) -> str:
    """What the numbers in the sum are, in a sentence or two.

    Args:
        formula: Of the unit.
        probability: What softmax makes of its logit, 0 to 1; None in hidden layers.
    """
    inputs = (
        "Each term is weight·pixel. Pixels are standardised first, so paper is a little below 0."
        if formula.layer == 1
        else "Each term is weight·output of a unit in the layer before."
    )
    if probability is None:
        return inputs
    return f"Softmax turns this logit into {100 * probability:.1f} %. {inputs}"


def activation_name(activation: str) -> str:
    """What to call an activation in front of its brackets."""
    return ACTIVATIONS[activation].title


def _signed(sign: float, amount: str) -> str:
    return f"− {amount}" if sign < 0 else f"+ {amount}"


def _number(value: float) -> str:
    return short_number(round(value, 2) + 0.0 if abs(value) < 10 else value, 2)


def _factor(size: float) -> str:
    """Weights are often small: a third decimal below 0.1."""
    return short_number(size, 3 if size < 0.0995 else 2)


def _in_brackets(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)
