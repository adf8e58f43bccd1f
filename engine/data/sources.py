"""Data sources: where the digits to train on come from, one entry each in `DATA_SOURCES`.

The command line and the window list what is there. A new source is a function that loads its sets, and an
entry. Nothing heavy is imported before a source is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.classes import Classes
from engine.data.drawing_names import SET_NAME as DRAWINGS_NAME
from engine.data.watched_work import IsCancelled, OnProgress
from engine.errors import DataError

if TYPE_CHECKING:
    from engine.data.digits import Digits, Standardisation

MNIST = "mnist"
HANDWRITING = "handwriting"

HANDWRITING_COUNT = 30_000
"""Digits of the built-in handwriting that are written for a training."""
HANDWRITING_HELD_OUT = 3_000
"""Of them, those to validate on."""
HANDWRITING_SEED = 1
"""Of all of them; what networks are judged on is written from others."""
_SPLIT_SEED = 0

MNIST_ATTRIBUTION = "MNIST: Y. LeCun, C. Cortes, C. Burges"


@dataclass(frozen=True, slots=True)
class TrainingData:
    """The sets of one run.

    Attributes:
        training: To learn from.
        validation: To measure each epoch on.
        test: Touched only for final figures; None where there is none.
        standardisation: Of the training set.
        attribution: Whom to name; empty for the program's own handwriting.
    """

    training: Digits
    validation: Digits
    test: Digits | None
    standardisation: Standardisation
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where digits come from.

    Attributes:
        title: What to call it in front of a user.
        set_name: Name of the training set that it loads, as `engine.data.digits.Digits` has it.
        load: Loads or makes the sets, given the folder of MNIST, which may be missing, and the folder where
            digits that were written are kept, or None.
    """

    title: str
    set_name: str
    load: Callable[[Path, OnProgress | None, IsCancelled | None, Path | None], TrainingData]


def _load_mnist(
    folder: Path,
    _on_progress: OnProgress | None,
    _is_cancelled: IsCancelled | None,
    _kept_in: Path | None,
) -> TrainingData:
    from engine.data.digits import Standardisation
    from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training

    training, validation = load_mnist_training(folder)
    test = load_mnist_test(folder)
    return TrainingData(training, validation, test, Standardisation.of(training), MNIST_ATTRIBUTION)


def _load_handwriting(
    folder: Path, on_progress: OnProgress | None, is_cancelled: IsCancelled | None, kept_in: Path | None
) -> TrainingData:
    from engine.data.digits import Standardisation
    from engine.data.handwriting.kept_digits import load_handwriting
    from engine.data.mnist.digit_data import load_mnist_test

    made = load_handwriting(HANDWRITING_COUNT, HANDWRITING_SEED, kept_in, on_progress, is_cancelled)
    training, validation = made.split(HANDWRITING_HELD_OUT, _SPLIT_SEED)
    try:
        test = load_mnist_test(folder)
    except DataError:
        test = None  # an offline machine without MNIST still trains; there is only no figure on real digits
    return TrainingData(training, validation, test, Standardisation.of(training))


DATA_SOURCES: dict[str, DataSource] = {
    MNIST: DataSource("MNIST", "MNIST", _load_mnist),
    HANDWRITING: DataSource("built-in handwriting", "built-in handwriting", _load_handwriting),
}
"""The sources by the names that settings and the command line use; the first one is the usual one."""


def source_of(set_name: str) -> str:
    """The name of the source that a training set of that name came from; empty if it is of none."""
    return next((name for name, source in DATA_SOURCES.items() if source.set_name == set_name), "")


def name_of_others(set_name: str) -> str:
    """A name for a set from elsewhere that runs and figures cannot take for one of the program's own."""
    parts = _joined_of(set_name)
    if not any(source_of(part) or part == DRAWINGS_NAME for part in parts):
        return set_name
    return f"{' + '.join(parts)} (own set)"


def _joined_of(set_name: str) -> list[str]:
    """The names of the sets that one was joined of."""
    return re.split(r", | and ", set_name)


def test_set_title(set_name: str, classes: Classes) -> str:
    """What to call the test set of a network: MNIST's, or that of the user's own data.

    Args:
        set_name: Of what it learned from, or the sets that it was joined of.
        classes: That it tells apart. With others than digits it was measured on more than MNIST has.
    """
    has_mnist = bool(source_of(set_name)) or DATA_SOURCES[MNIST].set_name in _joined_of(set_name)
    is_known = has_mnist and classes.are_digits
    return f"{DATA_SOURCES[MNIST].set_name} test" if is_known else "test"


def load_training_data(
    source: str,
    mnist_folder: Path,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    kept_in: Path | None = None,
) -> TrainingData:
    """Load or make the sets of a run.

    Args:
        source: A name in `DATA_SOURCES`.
        mnist_folder: Where MNIST is looked for; other sources take only its test set, if it is there.
        on_progress: Told the share done, 0 to 1.
        is_cancelled: Asked now and then whether to give up.
        kept_in: The folder where digits that were written are kept for the next time; None keeps nothing.

    Raises:
        DataError: The data are missing or damaged, or `is_cancelled` said so.
    """
    return DATA_SOURCES[source].load(mnist_folder, on_progress, is_cancelled, kept_in)
