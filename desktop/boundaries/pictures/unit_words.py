"""Words of the unit pictures: what a unit is called, and which weights count most in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.boundaries.plane.class_styles import class_name
from desktop.widgets.text.short_number import short_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.plane.model import PlaneNetwork

NO_NETWORK = "There is no network yet. Choose one, and press Train: its units appear here."
HINT = (
    "Point at a unit to see its region large. Orange is above 0, blue below; the thicker a line, the larger "
    "the weight."
)
LOGISTIC_HINT = (
    "No hidden layers: each class adds up the features as they are. The thicker a line, the larger the "
    "weight; orange is above 0, blue below."
)

_MOST_WEIGHTS = 3


def rest_hint(shown: int) -> str:
    """The hint where some units have no place."""
    return f"The first {shown} units of a layer are shown. Point at a unit to see its region large."


def network_words(network: PlaneNetwork) -> str:
    """The network in a sentence."""
    features, *hidden, classes = network.architecture.sizes
    given = ", ".join(network.features)
    if not hidden:
        layers = "no hidden layers"
    elif len(hidden) == 1:
        layers = f"a hidden layer of {_count(hidden[0], 'unit')}"
    else:
        layers = f"{len(hidden)} hidden layers of {', '.join(map(str, hidden))} units"
    return f"{_count(features, 'feature')} ({given}), {layers}, {_count(classes, 'class')}."


def unit_words(network: PlaneNetwork, column: int, unit: int, class_names: Sequence[str] = ()) -> str:
    """A unit and the weights that count most in it.

    Args:
        network: That it belongs to.
        column: 0 for the features, then the hidden layers, then the classes.
        unit: Its number, from 0.
        class_names: Of the classes; those that have none go by their colours.
    """
    sizes = network.architecture.sizes
    if column == 0:
        return f"Feature {network.features[unit]}, standardised: what the network is told of each point."
    if column < len(sizes) - 1:
        name = f"Unit {unit + 1} of layer {column}"
    else:
        name = f"Class {class_name(unit, tuple(class_names))}"
    weights = network.weights[f"{column - 1}.weights"][:, unit].numpy()
    bias = float(network.weights[f"{column - 1}.bias"][unit])
    order = np.argsort(-np.abs(weights), kind="stable")
    parts = [f"{_source(network, column, int(each))} {_signed(float(weights[each]))}" for each in order]
    shown = parts[:_MOST_WEIGHTS]
    if len(parts) > len(shown):
        shown.append(f"{len(parts) - len(shown)} smaller")
    lead = "Strongest weights" if len(parts) > _MOST_WEIGHTS else "Weights"
    return f"{name}. {lead}: {', '.join(shown)}; bias {_signed(bias)}."


def _source(network: PlaneNetwork, column: int, unit: int) -> str:
    return network.features[unit] if column == 1 else f"unit {unit + 1}"


def _signed(value: float) -> str:
    """Two places, always with a sign."""
    text = short_number(round(value, 2) + 0.0, 2) if abs(value) < 10 else short_number(value, 2)
    return text if text.startswith("−") else f"+{text}"


def _count(count: int, noun: str) -> str:
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{count} {noun if count == 1 else plural}"
