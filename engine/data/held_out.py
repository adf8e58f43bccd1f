"""Held-out digits: what any network is judged on when someone asks where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.data.classes import Classes
from engine.data.digits import Digits
from engine.data.handwriting.kept_digits import load_handwriting
from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training
from engine.data.mnist.files import has_all_files
from engine.data.sets.reading import read_set
from engine.data.sets.training_sets import training_data
from engine.data.watched_work import IsCancelled, OnProgress

HANDWRITING_COUNT = 3_000
# No training writes its digits from this seed, so no network has learned from them.
_HANDWRITING_SEED = 2
_SPLIT_SEED = 0


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Two sets that no training learns from.

    Attributes:
        test: To judge a network on.
        validation: To fit a temperature on.
        name: What to call the first in front of a user, such as ``MNIST's test set``.
    """

    test: Digits
    validation: Digits
    name: str


def own_held_out(
    path: Path,
    classes: Classes,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> HeldOut:
    """What a training on a set of the user's own sets aside, the same every time.

    Args:
        path: Of the set.
        classes: Of the network that is judged.
        on_progress: Told the share read, 0 to 1.
        is_cancelled: Asked now and then whether to give up.

    Raises:
        DataError: The set cannot be read, has classes that the network does not know, or `is_cancelled` said
            so.
    """
    found = read_set(path, on_progress, is_cancelled)
    data = training_data(found)
    test = data.validation if data.test is None else data.test
    name = f"the test pictures of {found.name}"
    return HeldOut(test.known_to(classes), data.validation.known_to(classes), name)


def load_held_out(
    mnist_folder: Path,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    kept_in: Path | None = None,
) -> HeldOut:
    """MNIST's test and validation sets, or handwriting written for the purpose where MNIST is not there.

    Args:
        mnist_folder: Where MNIST is looked for.
        on_progress: Told the share done, 0 to 1, while digits are written.
        is_cancelled: Asked now and then whether to give up.
        kept_in: The folder where digits that were written are kept for the next time; None keeps nothing.

    Raises:
        DataError: MNIST is there and damaged, or `is_cancelled` said so.
    """
    if has_all_files(mnist_folder):
        _, validation = load_mnist_training(mnist_folder)
        return HeldOut(load_mnist_test(mnist_folder), validation, "MNIST's test set")
    count, seed = 2 * HANDWRITING_COUNT, _HANDWRITING_SEED
    written = load_handwriting(count, seed, kept_in, on_progress, is_cancelled)
    validation, test = written.split(HANDWRITING_COUNT, _SPLIT_SEED)
    return HeldOut(test, validation, "built-in handwriting (MNIST is not on this computer)")
