"""Trial digits: a few digits that are always at hand, to see whether a network reads at all."""

from __future__ import annotations

from pathlib import Path

from engine.data.digit_data import load_mnist_test
from engine.data.digits import Digits
from engine.data.synthetic_digits import make_handwriting
from engine.errors import DataError

_MNIST_COUNT, _WRITTEN_COUNT = 2_000, 1_000
# No training writes its digits from this seed.
_SEED = 3


def trial_digits(mnist_folder: Path | None) -> tuple[Digits, str]:
    """Some of MNIST's test digits where MNIST is at hand, else digits that the program writes itself.

    Returns:
        The digits, and what to call them in a sentence.
    """
    if mnist_folder is not None:
        try:
            digits = next(load_mnist_test(mnist_folder).parts(_MNIST_COUNT))
        except DataError:
            pass  # it is another's business to say what is wrong with it
        else:
            return digits, "MNIST’s test digits"
    return make_handwriting(_WRITTEN_COUNT, _SEED), "digits written by the program"
