"""Rehearsal: what a network sees again while it learns something new, so that it does not forget.

A network that learns from a few new digits alone loses the old ones (M. McCloskey and N. Cohen,
"Catastrophic interference in connectionist networks", 1989). Best is what it learned from; where that is not
at hand, its own answers to other pictures hold it to what it said before. What it was least sure of is lost
first, so half of what is rehearsed is that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.handwriting.kept_digits import load_handwriting
from engine.data.handwriting.written_digits import NAME as HANDWRITING_NAME
from engine.data.sources import TrainingData
from engine.evaluation.evaluate import predict
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.nn.matmul import fast_product
from engine.nn.network import Network

HANDWRITING_COUNT = 8_000
"""Digits of the built-in handwriting to rehearse: written in a second; more hold a network hardly better."""
HANDWRITING_HELD_OUT = 2_000
"""Of them, those to validate on."""
_HANDWRITING_SEED = 2


def write_rehearsal(
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    kept_in: Path | None = None,
) -> Digits:
    """The built-in handwriting that every network may rehearse, the same each time.

    Args:
        on_progress: Told the share written, rising to 1.
        is_cancelled: Asked some times a second whether to stop writing.
        kept_in: The folder where it is kept for the next time; None keeps nothing.

    Raises:
        DataError: `is_cancelled` said so.
    """
    return load_handwriting(HANDWRITING_COUNT, _HANDWRITING_SEED, kept_in, on_progress, is_cancelled)


def rehearsal_of(model: Model, made: Digits) -> TrainingData:
    """Handwriting from `write_rehearsal` as a network rehearses it."""
    training, validation = made.split(HANDWRITING_HELD_OUT, seed=0)
    if HANDWRITING_NAME not in model.provenance.data:
        training = own_answers(model, training)
    return TrainingData(training, validation, None, Standardisation.of(training))


def choose_rehearsed(model: Model, known: Digits, count: int, seed: int) -> Digits:
    """Digits to rehearse: half of them those that the network is least sure of, half any.

    Args:
        model: Whose memory it is.
        known: What it knows.
        count: How many; fewer where less is known.
        seed: Decides the other half, in which some of the first may be once more.
    """
    network = Network(model.architecture, product=fast_product, start=model.weights)
    losses = predictions_of(network, known, model.standardisation).losses
    ranked = losses.argsort(descending=True, stable=True)
    others = torch.randperm(len(known), generator=torch.Generator().manual_seed(seed))
    half = count // 2
    return known.take(torch.cat([ranked[:half], others[: count - half]]))


@torch.no_grad()
def own_answers(model: Model, digits: Digits) -> Digits:
    """The same images, each labelled with what the network reads."""
    network = Network.from_weights(model.architecture, model.weights)
    answers = predict(network(model.standardisation(digits.intensities())))
    return Digits(digits.images, answers, f"its own answers to {digits.name}")
