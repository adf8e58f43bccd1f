"""Formulas of a level's parts: what the code of a part computes."""

from __future__ import annotations

from engine.settings import TrainingSettings
from resources.formula_table import formulas

_FIRST_LEVEL_BY_HAND = 6
_OPTIMISERS = {"adam": ("adam-mean", "adam-square", "adam-step")}


def formula_for(title: str, settings: TrainingSettings) -> tuple[str, ...]:
    """Names of the formulas to show with a part of a level; none where none helps.

    Args:
        title: Of the part, such as ``Optimiser``.
        settings: Whose parts are shown.
    """
    if title == "Network":
        has_activation = bool(settings.hidden) and settings.activation in formulas()
        return "linear", *((settings.activation,) if has_activation else ()), "log-softmax"
    if title == "Matrix product":
        return ("matrix-product",)
    if title == "Loss":
        return ("negative-log-likelihood",)
    if title == "Gradients" and settings.level >= _FIRST_LEVEL_BY_HAND:
        hidden = ("chain-rule-inputs", "chain-rule-activation") if settings.hidden else ()
        return "chain-rule-loss", "chain-rule-weights", *hidden
    if title == "Optimiser" and settings.optimiser == "sgd":
        return ("momentum",) if settings.momentum > 0 else ("sgd",)
    return _OPTIMISERS.get(settings.optimiser, ()) if title == "Optimiser" else ()
