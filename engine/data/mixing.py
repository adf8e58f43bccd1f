"""Mixing: somebody's drawings to learn from, alone or among the pictures of another set."""

from __future__ import annotations

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.errors import DataError

FEWEST_DRAWINGS = 20
"""With fewer there is nothing to measure on."""
_MOST_VARIANTS = 100
# Of drawings alone: as many pictures as a small network learns from in some seconds.
_ALONE = 20_000
_SEED = 1


def drawings_as_data(drawings: PenDigits) -> TrainingData:
    """Drawings alone: most of them with warped copies to learn from, every fifth of a class to validate on.

    Raises:
        DataError: There are too few of them, or of all but one class.
    """
    learned, validation = _parts(drawings)
    training = _pictures(learned, _ALONE)
    return TrainingData(training, validation.normalised(), None, Standardisation.of(training))


def mixed(data: TrainingData, drawings: PenDigits, share: float) -> TrainingData:
    """Drawings among the pictures of another set.

    Args:
        data: The other set. Its standardisation stays, and its test set, which has nothing of the drawings.
        drawings: Every fifth of a class is validated on, together with the set's own validation pictures.
        share: Of the pictures to learn from that are drawings and warped copies of them, 0 to 1. With 0 there
            are none, with 1 nothing else.

    Raises:
        DataError: There are too few drawings, or too many classes together.
    """
    if not share:
        return data
    if share >= 1:
        return drawings_as_data(drawings)
    learned, validation = _parts(drawings)
    count = round(len(data.training) * share / (1 - share))
    training = data.training.joined(_pictures(learned, count))
    test = None if data.test is None else data.test.known_to(training.classes)
    return TrainingData(
        training,
        data.validation.joined(validation.normalised()),
        test,
        data.standardisation,
        data.attribution,
    )


def _parts(drawings: PenDigits) -> tuple[PenDigits, PenDigits]:
    if len(drawings) < FEWEST_DRAWINGS:
        raise DataError(
            f"There are {len(drawings)} drawings to learn from, and {FEWEST_DRAWINGS} are the least: draw "
            "some more."
        )
    learned, validation = drawings.split_in_order()
    if len(set(learned.labels)) < 2 or not len(validation):
        raise DataError(
            "The drawings are nearly all of one class: draw three of each that you want told apart."
        )
    return learned, validation


def _pictures(drawings: PenDigits, count: int) -> Digits:
    """So many pictures, or as near to it as whole rounds of warped copies come, and at least each drawing."""
    variants = min(_MOST_VARIANTS, -(-count // len(drawings)) - 1)
    pictures = drawings.varied(max(0, variants), _SEED)
    if len(pictures) <= max(count, len(drawings)):
        return pictures
    chosen = torch.randperm(len(pictures), generator=torch.Generator().manual_seed(_SEED))
    return pictures.take(chosen[: max(count, len(drawings))])
