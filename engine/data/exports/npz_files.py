"""NPZ files: drawings as arrays of NumPy under the names of Keras's ``mnist.npz``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.data.digits import Digits
from engine.data.exports.idx_files import split_as_mnist
from engine.errors import DataError
from engine.files.safe_writing import replacing
from engine.preprocessing.normaliser import SIDE


def export_as_npz(digits: Digits, path: Path) -> tuple[int, int]:
    """Write one file: ``x_train`` and ``x_test``, (digits, 28, 28) uint8, and ``y_train`` and ``y_test``.

    Labels are uint8 where the classes are digits, and else the names of the classes, as text.

    Returns:
        How many digits are to learn from and to test on.

    Raises:
        DataError: There are fewer than two digits, or the folder or disk does not take the file; an older
            one of that name is untouched.
    """
    training, test = split_as_mnist(digits)
    names = np.arange(10, dtype=np.uint8) if digits.classes.are_digits else np.array(digits.classes.names)
    arrays = {
        f"{letter}_{name}": array
        for name, part in (("train", training), ("test", test))
        for letter, array in (
            ("x", part.images.numpy().reshape(-1, SIDE, SIDE)),
            ("y", names[part.labels.numpy()]),
        )
    }
    try:
        with replacing(path) as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
    except OSError as error:
        raise DataError(
            f"The drawings could not be written to {path.parent}: {error.strerror or error}. Free some space "
            "or choose another folder."
        ) from error
    return len(training), len(test)
