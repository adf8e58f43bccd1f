"""Training sets: a found set as a training takes it, with digits set aside that it never learns from."""

from __future__ import annotations

import numpy as np
import torch

from engine.data.digits import CLASSES, Digits, Standardisation
from engine.data.sets.found_set import FoundSet, Part, listed
from engine.data.sources import TrainingData
from engine.errors import DataError

_SEED = 0
# A tenth to validate on and a tenth to test on, but no more than MNIST has.
_SHARE, _MOST_VALIDATION, _MOST_TEST = 10, 5_000, 10_000
_LEAST = 10


def training_data(found: FoundSet) -> TrainingData:
    """The sets of a run: validation and, where the set names none, test digits are chosen by a fixed seed.

    Raises:
        DataError: Its classes are not digits, or there are too few pictures.
    """
    if len(found.training) < _LEAST:
        raise DataError(
            f"{found.name} has {len(found.training)} pictures to learn from: at least {_LEAST} are needed."
        )
    rest = _digits(found, found.training)
    test = None if found.test is None else _digits(found, found.test)
    if test is None:
        rest, test = rest.split(min(_MOST_TEST, max(1, len(rest) // _SHARE)), _SEED)
    training, validation = rest.split(min(_MOST_VALIDATION, max(1, len(rest) // _SHARE)), _SEED)
    return TrainingData(training, validation, test, Standardisation.of(training))


def _digits(found: FoundSet, part: Part) -> Digits:
    """Labels that are the digits themselves."""
    numbers = [int(name) if name.isascii() and name.isdecimal() else -1 for name in found.classes]
    if not all(0 <= number < CLASSES for number in numbers):
        raise DataError(
            f"{found.name} has {len(found.classes)} classes ({listed(found.classes)}): networks here tell "
            "the digits 0 to 9 apart, so choose a set whose classes are digits."
        )
    labels = torch.tensor(numbers, dtype=torch.int64)[torch.from_numpy(part.labels)]
    # Tensors can be written to; what shares the memory of a file cannot.
    images = np.require(part.images, requirements="W")
    return Digits(torch.from_numpy(images), labels, found.name)
