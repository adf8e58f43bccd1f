"""Own set: the set of the user's own that a network of other classes than digits learned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.settings.set_settings import KnownSet

if TYPE_CHECKING:
    from engine.models.model import Model


def own_set_of(model: Model, known: Sequence[KnownSet]) -> str:
    """Its path, if it is remembered; empty for a network of digits."""
    if model.classes.are_digits:
        return ""
    return next((each.path for each in known if each.name == model.provenance.data), "")


def missing_set_sentence(model: Model) -> str:
    """Why there are no results of a network whose set is not remembered."""
    return (
        f"{model.name} learned from {model.provenance.data}, which is not at hand: choose it under Data to "
        "see what the network makes of it."
    )
