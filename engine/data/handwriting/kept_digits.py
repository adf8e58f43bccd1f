"""Kept handwriting: what was written once lies in a file, from which it is there in a tenth of a second.

A file is believed only if this version of the program wrote it, its checksums are right, its labels are
those that would be written, and its first digits, written anew, are the same: styles may have changed since.
Whatever is wrong with it, the digits are written as if there were none.
"""

from __future__ import annotations

import logging
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.data.handwriting.written_digits import Handwriting
from engine.errors import DataError
from engine.files.private_files import make_private_folder
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing
from engine.preprocessing.normaliser import SIDE
from engine.version import VERSION

if TYPE_CHECKING:
    from engine.data.digits import Digits

_log = logging.getLogger(__name__)

# Bytes of a digit in a file: its label, a bit for each pixel and a byte for each that has ink, 784 at most.
_LONGEST_DIGIT = 1 + SIDE * SIDE // 8 + SIDE * SIDE
# What a file has beside its digits.
_LONGEST_REST = 10_000


def load_handwriting(
    count: int,
    seed: int,
    folder: Path | None,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Digits:
    """The digits of `make_handwriting`: read where they are kept, else written, and kept from then on.

    Args:
        count: How many, 1 or more.
        seed: 0 or more.
        folder: Where they are kept, made if it is missing; None keeps nothing. One that cannot be read or
            written costs time, no more.
        on_progress: Told the share written, rising to 1; of digits that are kept nothing is told.
        is_cancelled: Asked some times a second whether to stop writing.

    Raises:
        DataError: There is nothing to write, or `is_cancelled` said so.
    """
    writing = Handwriting(count, seed)
    if folder is None or not _take_kept(writing, _path(folder, count, seed)):
        writing.write_rest(on_progress, is_cancelled)
        if folder is not None:
            _keep(writing, _path(folder, count, seed))
    return writing.digits()


def keep_handwriting(count: int, seed: int, folder: Path) -> None:
    """Write digits only to keep them, without PyTorch; given up as soon as somebody else has kept them.

    Args:
        count: How many, 1 or more.
        seed: 0 or more.
        folder: Where they are kept, made if it is missing; one that cannot be written is left as it is.
    """
    writing = Handwriting(count, seed)
    try:
        writing.write_rest(is_cancelled=lambda: is_kept(count, seed, folder))
    except DataError:
        return
    _keep(writing, _path(folder, count, seed))


def is_kept(count: int, seed: int, folder: Path) -> bool:
    """Whether there is a file of this version, good or not: it takes a millisecond to see that."""
    try:
        with open_regular(_path(folder, count, seed)) as file, np.load(file) as arrays:
            return str(arrays["version"]) == VERSION
    except Exception:
        return False


def _path(folder: Path, count: int, seed: int) -> Path:
    return folder / f"digits-{count}-{seed}.npz"


def _take_kept(writing: Handwriting, path: Path) -> bool:
    """Take the digits of a file, if there is one to be believed."""
    try:
        labels, images = _read(path, len(writing.labels))
    except FileNotFoundError:
        return False
    except Exception as error:  # a damaged archive is told in a dozen ways
        _log.info("%s is of no use (%s): its digits are written anew", path, error)
        return False
    writing.write_part()
    written = slice(0, writing.done)
    if not (
        np.array_equal(labels, writing.labels) and np.array_equal(images[written], writing.images[written])
    ):
        _log.info("%s has other digits: they are written anew", path)
        return False
    writing.images, writing.done = images, len(images)
    return True


def _read(path: Path, count: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Labels (count,) uint8 and images (count, 784) uint8; whatever is wrong raises something."""
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size > count * _LONGEST_DIGIT + _LONGEST_REST:
            raise ValueError("it is too long")
        with np.load(file, allow_pickle=False) as arrays:
            # Otherwise more could come out than is in the file.
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in arrays.zip.infolist()):
                raise ValueError("it is compressed")
            if str(arrays["version"]) != VERSION:
                raise ValueError("another version wrote it")
            labels = _bytes(arrays["labels"], (count,))
            inked = _bytes(arrays["inked"], (count, SIDE * SIDE // 8))
            has_ink = np.unpackbits(inked, axis=1).astype(np.bool_)
            ink = _bytes(arrays["ink"], (int(np.count_nonzero(has_ink)),))
    images = np.zeros((count, SIDE * SIDE), dtype=np.uint8)
    images[has_ink] = ink
    return labels, images


def _bytes(array: NDArray[Any], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    if array.dtype != np.uint8 or array.shape != shape:
        raise ValueError(f"it has {array.shape} {array.dtype} where {shape} bytes are due")
    return array


def _keep(writing: Handwriting, path: Path) -> None:
    """Put the digits into a file, if folder and disk take it."""
    has_ink = writing.images > 0
    try:
        make_private_folder(path.parent)
        with replacing(path, is_private=True) as file:
            # Bits for the pixels with ink, and their bytes: a third of all, as quickly read as written.
            np.savez(
                file,
                version=np.array(VERSION),
                labels=writing.labels.astype(np.uint8),
                inked=np.packbits(has_ink, axis=1),
                ink=writing.images[has_ink],
            )
    except OSError as error:
        _log.info("%s could not be written: %s", path, error)
