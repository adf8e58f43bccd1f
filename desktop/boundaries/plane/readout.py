"""Readout: what a model answers at a place, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.boundaries.plane.class_styles import class_name

if TYPE_CHECKING:
    from engine.boundaries.learner import PlaneModel

_MOST_NAMED = 3
# Below it a class is not worth naming.
_LEAST_SHARE = 0.005


def readout_text(place: tuple[float, float] | None, model: PlaneModel | None, names: tuple[str, ...]) -> str:
    """Such as “x 1.2, y −0.4: orange 93 %, blue 7 %”; without a place, a blank that keeps the line."""
    if place is None:
        return "\N{NO-BREAK SPACE}"
    where = f"x {_number(place[0])}, y {_number(place[1])}"
    if model is None:
        return where
    shares = model.probabilities(np.array([place]))[0]
    order = np.argsort(-shares, kind="stable")[:_MOST_NAMED]
    said = [
        f"{class_name(int(label), names)} {100 * shares[label]:.0f} %"
        for label in order
        if shares[label] >= _LEAST_SHARE
    ]
    return f"{where}: {', '.join(said)}"


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
