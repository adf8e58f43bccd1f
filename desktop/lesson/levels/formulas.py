"""Formulas of a level's parts: what the code of a part computes."""

from __future__ import annotations

from engine.settings import TrainingSettings
from resources.formula_table import formulas

_FIRST_LEVEL_BY_HAND = 6
# Here each layer has its `backward` beside its `forward`; above it, gradients are a part of their own.
_LEVEL_OF_LAYERS = 6
_OPTIMISERS = {"adam": ("adam-mean", "adam-square", "adam-step")}
_SCHEDULES = {"one-cycle": ("one-cycle", "one-cycle-phases")}


def formula_for(title: str, settings: TrainingSettings) -> tuple[str, ...]:
    """Names of the formulas to show with a part of a level; none where none helps.

    Args:
        title: Of the part, such as ``Optimiser``; ``Schedule`` is a part of no level, but of a training.
        settings: Whose parts are shown.
    """
    is_by_hand = settings.level >= _FIRST_LEVEL_BY_HAND
    has_backward = settings.level == _LEVEL_OF_LAYERS
    if title == "Network":
        return *_network(settings), *(_layers_backward(settings) if has_backward else ())
    if title == "Matrix product":
        return ("matrix-product",)
    if title == "Loss":
        return ("negative-log-likelihood",)
    if title == "Gradients" and is_by_hand:
        return "chain-rule-loss", *(() if has_backward else _layers_backward(settings))
    if title == "Optimiser" and settings.optimiser == "sgd":
        return ("momentum",) if settings.momentum > 0 else ("sgd",)
    if title == "Schedule":
        return _SCHEDULES.get(settings.schedule, ())
    return _OPTIMISERS.get(settings.optimiser, ()) if title == "Optimiser" else ()


def _network(settings: TrainingSettings) -> tuple[str, ...]:
    has_activation = bool(settings.hidden) and settings.activation in formulas()
    return "linear", *((settings.activation,) if has_activation else ()), "log-softmax"


def _layers_backward(settings: TrainingSettings) -> tuple[str, ...]:
    hidden = ("chain-rule-inputs", "chain-rule-activation") if settings.hidden else ()
    return "chain-rule-weights", *hidden
