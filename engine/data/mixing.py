"""Mixing: somebody's drawings to learn from, alone or among the pictures of another set."""

from __future__ import annotations

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.drawing_names import FEWEST_DRAWINGS, too_few
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.data.watched_work import IsCancelled, OnProgress, WatchedWork
from engine.errors import DataError

_STOPPED = "Painting your drawings was stopped. Press Train to start again."
_MOST_VARIANTS = 100
# As many pictures as are painted, and as a small network learns from, in some seconds.
_MOST_PAINTED = 20_000
_SEED = 1


def drawings_as_data(
    drawings: PenDigits, on_progress: OnProgress | None = None, is_cancelled: IsCancelled | None = None
) -> TrainingData:
    """Drawings alone: most of them with warped copies to learn from, every fifth of a class to validate on.

    Args:
        drawings: What somebody drew, oldest first.
        on_progress: Told the share painted, 0 to 1.
        is_cancelled: Asked now and then whether to give up.

    Raises:
        DataError: There are too few of them, or of all but one class, or `is_cancelled` said so.
    """
    learned, validation = _parts(drawings)
    work = WatchedWork(_STOPPED, on_progress, is_cancelled)
    training = _pictures(learned, _MOST_PAINTED, work)
    return TrainingData(training, validation.normalised(), None, Standardisation.of(training))


def mixed(
    data: TrainingData,
    drawings: PenDigits,
    share: float,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> TrainingData:
    """Drawings among the pictures of another set.

    Args:
        data: The other set. Its standardisation stays, and its test set, which has nothing of the drawings.
        drawings: Every fifth of a class is validated on, together with the set's own validation pictures.
        share: Of the pictures to learn from that are drawings and warped copies of them, 0 to 1. With 0 there
            are none, with 1 nothing else.
        on_progress: Told the share painted, 0 to 1.
        is_cancelled: Asked now and then whether to give up.

    Raises:
        DataError: There are too few drawings, or too many classes together, or `is_cancelled` said so.
    """
    if not share:
        return data
    if share >= 1:
        return drawings_as_data(drawings, on_progress, is_cancelled)
    learned, validation = _parts(drawings)
    count = round(len(data.training) * share / (1 - share))
    work = WatchedWork(_STOPPED, on_progress, is_cancelled)
    pictures = _pictures(learned, min(count, _MOST_PAINTED), work)
    if len(pictures) < count:  # the same are seen several times an epoch, for the share that was asked for
        pictures = pictures.take(torch.arange(count) % len(pictures))
    training = data.training.joined(pictures)
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
        raise DataError(too_few(len(drawings)))
    learned, validation = drawings.split_in_order()
    if len(set(learned.labels)) < 2 or not len(validation):
        raise DataError(
            "The drawings are nearly all of one class: draw three of each that you want told apart."
        )
    return learned, validation


def _pictures(drawings: PenDigits, count: int, work: WatchedWork) -> Digits:
    """So many pictures, or as near to it as whole rounds of warped copies come, and at least each drawing."""
    variants = min(_MOST_VARIANTS, -(-count // len(drawings)) - 1)
    pictures = drawings.varied(max(0, variants), _SEED, on_progress=work.tell)
    if len(pictures) <= max(count, len(drawings)):
        return pictures
    chosen = torch.randperm(len(pictures), generator=torch.Generator().manual_seed(_SEED))
    return pictures.take(chosen[: max(count, len(drawings))])
