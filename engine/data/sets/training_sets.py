"""Training sets: a found set as a training takes it, with pictures set aside that it never learns from."""

from __future__ import annotations

import numpy as np
import torch

from engine.data.classes import DIGITS, Classes
from engine.data.digits import Digits, Standardisation
from engine.data.sets.found_set import FoundSet, Part
from engine.data.sources import TrainingData
from engine.errors import DataError

_SEED = 0
# A tenth to validate on and a tenth to test on, but no more than MNIST has.
_SHARE, _MOST_VALIDATION, _MOST_TEST = 10, 5_000, 10_000
_LEAST = 10


def training_data(found: FoundSet) -> TrainingData:
    """The sets of a run: validation and, where the set names none, test pictures are chosen by a fixed seed.

    Raises:
        DataError: There are too few pictures, or two classes are the same digit.
    """
    if len(found.training) < _LEAST:
        raise DataError(
            f"{found.name} has {len(found.training)} pictures to learn from: at least {_LEAST} are needed."
        )
    rest = digits_of(found, found.training)
    test = None if found.test is None else digits_of(found, found.test)
    if test is None:
        rest, test = rest.split(min(_MOST_TEST, max(1, len(rest) // _SHARE)), _SEED)
    training, validation = rest.split(min(_MOST_VALIDATION, max(1, len(rest) // _SHARE)), _SEED)
    return TrainingData(training, validation, test, Standardisation.of(training))


def measured_digits(found: FoundSet) -> Digits:
    """What a network is measured on: the set's test pictures, or all of it where it names none.

    Raises:
        DataError: Two classes are the same digit.
    """
    return digits_of(found, found.training if found.test is None else found.test)


def digits_of(found: FoundSet, part: Part) -> Digits:
    """A part of a set, labelled by its classes, or by the ten digits if it has nothing but digits.

    Raises:
        DataError: Two classes are the same digit, such as 3 and 03.
    """
    # Tensors can be written to; what shares the memory of a file cannot.
    images = torch.from_numpy(np.require(part.images, requirements="W"))
    labels = torch.from_numpy(part.labels)
    numbers = [int(name) if name.isascii() and name.isdecimal() else -1 for name in found.classes]
    if not all(0 <= number < len(DIGITS) for number in numbers):
        return Digits(images, labels, found.name, Classes(found.classes))
    if len(set(numbers)) < len(numbers):
        raise DataError(f"{found.name} has two classes for the same digit ({', '.join(found.classes)}).")
    return Digits(images, torch.tensor(numbers)[labels], found.name)
