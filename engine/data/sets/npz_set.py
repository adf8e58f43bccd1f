"""NPZ sets: arrays as NumPy keeps them, such as ``mnist.npz`` of Keras."""

from __future__ import annotations

import math
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from engine.data.sets.archives import opened_archive
from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.pixels import mnist_pixels, reading_share
from engine.data.sets.stored_files import READING_ERRORS, filled, why_not_read
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError
from engine.plain_text import plain_name

_TRAINING = (("x_train", "y_train"), ("train_images", "train_labels"), ("images", "labels"), ("x", "y"))
_TEST = (("x_test", "y_test"), ("test_images", "test_labels"))
_AT_ONCE = 1000
_CODES = np.dtype("u4")


def read_npz_set(path: Path, name: str, work: WatchedWork = UNWATCHED) -> FoundSet:
    """The set in a file of NumPy arrays.

    Args:
        path: Of the file.
        name: What to call the set.
        work: Told the share of the bytes, and of the pictures where they go through the normaliser.

    Raises:
        DataError: It is damaged, has no pictures and labels under the usual names, or arrays of Python
            objects, which could run anything when they are read; or the work is to end.
    """
    faults: Counter[str] = Counter()
    with opened_archive(path) as archive:
        arrays = {
            member.filename.removesuffix(".npy"): member
            for member in archive.infolist()
            if member.filename.endswith(".npy")
        }
        try:
            pairs = [_pair(arrays, names) for names in (_TRAINING, _TEST)]
            works = work.parts([arrays[pair[0]].file_size if pair else 0 for pair in pairs])
            training, test = (
                None if pair is None else _part(archive, arrays, pair, path.name, faults, part)
                for pair, part in zip(pairs, works, strict=True)
            )
        except READING_ERRORS as error:
            raise why_not_read(path.name, error) from error
    if training is None:
        names = ", ".join(plain_name(array) for array in list(arrays)[:6])
        raise DataError(
            f"{path.name} has {f'the arrays {names}' if names else 'no arrays'}: pictures and labels are "
            "looked for as x_train and y_train, or images and labels."
        )
    return found_set(name, (training,) if test is None else (training, test), faults)


def _pair(arrays: dict[str, zipfile.ZipInfo], names: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    return next((pair for pair in names if set(pair) <= set(arrays)), None)


def _part(
    archive: zipfile.ZipFile,
    arrays: dict[str, zipfile.ZipInfo],
    wanted: tuple[str, str],
    file_name: str,
    faults: Counter[str],
    work: WatchedWork,
) -> tuple[NDArray[np.uint8], list[str]]:
    images = _array(archive, arrays[wanted[0]], file_name, work)
    labels = _array(archive, arrays[wanted[1]], file_name)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1 or images.ndim == 0 or len(labels) != len(images):
        raise DataError(
            f"{file_name}: {wanted[0]} and {wanted[1]} do not belong together, or are no pictures and labels."
        )
    pictures = _bytes(_pictures(images, wanted[0], file_name))
    fitted, has_ink = mnist_pixels(pictures, work.part(reading_share(images.shape), 1))
    if not has_ink.all():
        faults["without ink"] += int((~has_ink).sum())
    return fitted, [_name(label) for label in labels[has_ink].tolist()]


def _array(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file_name: str, work: WatchedWork = UNWATCHED
) -> NDArray[np.generic]:
    """An array in an archive; memory is taken for no more values than are there."""
    with archive.open(member) as file:
        shape, is_fortran, dtype = _header(cast(BinaryIO, file))
        if dtype.hasobject:
            raise DataError(
                f"{file_name} has arrays of Python objects, which could run anything: only numbers are read."
            )
        length = math.prod(shape) * dtype.itemsize
        if dtype.itemsize == 0 or min(shape, default=0) < 0 or length != member.file_size - file.tell():
            raise DataError(
                f"{file_name} is damaged: the header of an array speaks of another length. Copy or download "
                "it again."
            )
        values = filled(cast(BinaryIO, file), length, work.part(0, reading_share(shape)))
        if len(values) < length or file.read(1):
            raise EOFError
    if dtype.kind == "U" and int(values.view(_CODES.newbyteorder(dtype.byteorder)).max(initial=0)) > 0x10FFFF:
        raise EOFError  # no characters
    array: NDArray[np.generic] = values.view(dtype).reshape(shape, order="F" if is_fortran else "C")
    return array


def _header(file: BinaryIO) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    """The sizes of an array, whether columns come before rows, and the type of its values."""
    try:
        with warnings.catch_warnings():
            # Of headers that Python 2 wrote.
            warnings.simplefilter("ignore")
            if np.lib.format.read_magic(file) == (1, 0):
                return np.lib.format.read_array_header_1_0(file)
            return np.lib.format.read_array_header_2_0(file)
    except Exception as error:  # a header is Python's text, whose parser raises whatever damage leads to
        raise EOFError from error


def _pictures(images: NDArray[np.generic], array: str, file_name: str) -> NDArray[np.generic]:
    """(pictures, height, width): grey ones of any size, or rows of 784 pixels."""
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if images.ndim == 2 and images.shape[1] == 784:
        images = images.reshape(-1, 28, 28)
    if images.ndim != 3 or not images.size or images.dtype.kind not in "buif":
        raise DataError(
            f"{array} in {file_name} does not hold grey pictures: it is {images.dtype} of the sizes "
            f"{' × '.join(map(str, images.shape))}."
        )
    return images


def _bytes(pictures: NDArray[np.generic]) -> NDArray[np.uint8]:
    """0 to 255, whether they were so before, or 0 to 1."""
    if pictures.dtype == np.uint8:
        return cast(NDArray[np.uint8], pictures)
    parts = [pictures[first : first + _AT_ONCE] for first in range(0, len(pictures), _AT_ONCE)]
    scale = 255.0 if max(float(_finite(part).max()) for part in parts) <= 1.0 else 1.0
    values = np.empty(pictures.shape, np.uint8)
    for number, part in enumerate(parts):
        first = number * _AT_ONCE
        values[first : first + _AT_ONCE] = np.clip(np.rint(_finite(part) * scale), 0, 255)
    return values


def _finite(pictures: NDArray[np.generic]) -> NDArray[np.float32]:
    return np.nan_to_num(pictures.astype(np.float32))


def _name(label: object) -> str:
    if isinstance(label, bytes):
        return label.decode("utf-8", "replace")
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)
