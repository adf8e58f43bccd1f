"""Picture files: drawings as PNG pictures, a sub-folder for each class, as other programs take their sets."""

from __future__ import annotations

import os
import secrets
import shutil
from collections import Counter
from pathlib import Path

from engine.data.digits import Digits
from engine.data.exports.folder_names import folder_names
from engine.errors import DataError
from engine.preprocessing.normaliser import SIDE

FOLDER = "drawings"
"""What is made in the folder that was chosen, so that other folders there are not taken for classes."""


def export_as_pictures(digits: Digits, folder: Path) -> Path:
    """Write pictures of 28 by 28 grey pixels, ink white on black: ``drawings/3/0001.png`` is the first 3.

    Folders are called as `engine.data.exports.folder_names` has it.

    The folder appears whole under its name, or not at all.

    Returns:
        The folder that has the sub-folders.

    Raises:
        DataError: There are no digits, a folder of that name is there already, or the disk does not take the
            pictures.
    """
    if not len(digits):
        raise DataError("There are no drawings to export: draw some first.")
    whole = folder / FOLDER
    if whole.exists():
        raise DataError(f"There is a folder {FOLDER} in {folder} already: choose another folder.")
    part = folder / f".{FOLDER}-{secrets.token_hex(4)}.part"
    try:
        try:
            part.mkdir()
            _write(digits, part)
            os.rename(part, whole)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise DataError(
            f"The drawings could not be written to {folder}: {error.strerror or error}. Free some space or "
            "choose another folder."
        ) from error
    return whole


def _write(digits: Digits, folder: Path) -> None:
    from PIL import Image

    numbers: Counter[int] = Counter()
    folders = list(folder_names(digits.classes).values())
    figures = max(4, len(str(len(digits))))
    images = digits.images.numpy().reshape(-1, SIDE, SIDE)
    for image, label in zip(images, digits.labels.tolist(), strict=True):
        place = folder / folders[label]
        if not numbers[label]:
            place.mkdir()
        numbers[label] += 1
        Image.fromarray(image).save(place / f"{numbers[label]:0{figures}}.png")
