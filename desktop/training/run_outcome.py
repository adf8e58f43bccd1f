"""Run outcome: what is said, and what can be tried, once a training is over."""

from __future__ import annotations

from desktop.training.training_job import RunFinished
from engine.data.sources import test_set_title


def figures(finished: RunFinished) -> str:
    """How it ended, and how well the weights that were kept read."""
    if finished.model is None:
        return ""
    provenance = finished.model.provenance
    is_held_back = finished.judgement is not None and not finished.judgement.may_replace
    parts = ["stopped early" if finished.was_stopped else "not used" if is_held_back else "done"]
    if provenance.validation_accuracy is not None:
        # One figure, that of the weights that are kept: the curve ends in it, too.
        whose = "kept weights: " if finished.was_stopped else ""
        parts.append(f"{whose}validation {100 * provenance.validation_accuracy:.2f} %")
    if provenance.test_accuracy is not None:
        title = test_set_title(provenance.data, finished.model.classes)
        parts.append(f"{title} {100 * provenance.test_accuracy:.2f} %")
    return " · ".join(parts)


def held_back_sentence(finished: RunFinished, in_use: str) -> str:
    """Why the new network is not put to use, which one stays in use, and where the new one is.

    Args:
        finished: With a model and its judgement.
        in_use: Name of the network that stays in use.
    """
    if finished.model is None or finished.judgement is None:
        return finished.message
    sentence = f"“{finished.model.name}” {finished.judgement.reason}. “{in_use}” stays in use"
    if finished.is_held and finished.path is None:
        sentence += "; the new network is saved under All runs"
    return f"{finished.message} {sentence}.".strip()


def rate_to_try(finished: RunFinished) -> float | None:
    """A smaller learning rate; None for a training that was stopped, which has seen too little of its own."""
    from engine.training.replacement import smaller_rate

    if finished.settings is None or finished.was_stopped:
        return None
    return smaller_rate(finished.settings)
