"""IDX files: drawings written in the form of MNIST's files, so that whatever reads those reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine.data.digits import Digits
from engine.data.exports.class_list import FILE_NAME, class_list
from engine.data.mnist.files import FILES, raw_folder
from engine.data.mnist.idx_format import idx_bytes
from engine.errors import DataError
from engine.files.safe_writing import replacing
from engine.preprocessing.normaliser import SIDE

# Of five drawings one is for testing: with two, each set has one, and a reader never meets an empty set.
_PERIOD = 5
_FIRST_TEST = 1


def export_as_mnist(digits: Digits, folder: Path) -> tuple[int, int]:
    """Write four files as torchvision expects MNIST's below `folder`: a fifth of the digits is for testing.

    Labels are numbers in such files. What they mean is in a fifth file, where that is not digits.

    Returns:
        How many digits are to learn from and to test on.

    Raises:
        DataError: There are fewer than two digits, files of those names are there already, or the disk does
            not take them.
    """
    sets = split_as_mnist(digits)
    raw = raw_folder(folder)
    names = [file.name for file in FILES]
    if any((raw / name).exists() for name in (*names, FILE_NAME)):
        raise DataError(f"There are files of MNIST's names in {raw} already: choose another folder.")
    contents = [
        content
        for part in sets
        for content in (
            idx_bytes(part.images.numpy().reshape(-1, SIDE, SIDE)),
            idx_bytes(part.labels.numpy().astype(np.uint8)),
        )
    ]
    if not digits.classes.are_digits:
        names, contents = [*names, FILE_NAME], [*contents, class_list(digits.classes.names)]
    try:
        raw.mkdir(parents=True, exist_ok=True)
        for name, content in zip(names, contents, strict=True):
            with replacing(raw / name) as output:
                output.write(content)
    except OSError as error:
        raise DataError(
            f"The drawings could not be written to {raw}: {error.strerror or error}. Free some space or "
            "choose another folder."
        ) from error
    return len(sets[0]), len(sets[1])


def split_as_mnist(digits: Digits) -> tuple[Digits, Digits]:
    """Digits to learn from, and every fifth to test on, as many of each class as can be.

    Practice asks for the digits in turn: every fifth of these as they come would be a 1 or a 6, and all of
    them.

    Raises:
        DataError: There are fewer than two.
    """
    if len(digits) < 2:
        raise DataError("At least two drawings are needed, one to train on and one to test on. Draw more.")
    is_test = torch.zeros(len(digits), dtype=torch.bool)
    is_test[torch.argsort(digits.labels, stable=True)[_FIRST_TEST::_PERIOD]] = True
    return digits.take(~is_test), digits.take(is_test)
