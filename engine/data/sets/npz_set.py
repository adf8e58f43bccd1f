"""NPZ sets: arrays as NumPy keeps them, such as ``mnist.npz`` of Keras."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.pixels import mnist_pixels
from engine.errors import DataError
from engine.files.regular_files import open_regular

_TRAINING = (("x_train", "y_train"), ("train_images", "train_labels"), ("images", "labels"), ("x", "y"))
_TEST = (("x_test", "y_test"), ("test_images", "test_labels"))
_MOST_BYTES = 8_000_000_000


def read_npz_set(path: Path, name: str) -> FoundSet:
    """The set in a file of NumPy arrays.

    Raises:
        DataError: It is damaged, has no pictures and labels under the usual names, or arrays of Python
            objects, which could run anything when they are read.
    """
    faults: Counter[str] = Counter()
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise DataError(
                    f"{path.name} unpacks to more than {_MOST_BYTES // 10**9} GB: choose a smaller set."
                )
            file.seek(0)
            with np.load(file, allow_pickle=False) as arrays:
                training = _part(arrays, _TRAINING, path.name, faults)
                test = _part(arrays, _TEST, path.name, faults)
                names = ", ".join(arrays.files[:6])
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError) as error:
        if "pickle" in str(error).lower() or "object" in str(error).lower():
            raise DataError(
                f"{path.name} has arrays of Python objects, which could run anything: only numbers are read."
            ) from error
        raise DataError(
            f"{path.name} is damaged, or not a file of NumPy arrays: copy or download it again."
        ) from error
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if training is None:
        raise DataError(
            f"{path.name} has the arrays {names}: pictures and labels are looked for as x_train and y_train, "
            "or images and labels."
        )
    return found_set(name, (training,) if test is None else (training, test), faults)


def _part(
    arrays: np.lib.npyio.NpzFile, names: tuple[tuple[str, str], ...], file_name: str, faults: Counter[str]
) -> tuple[NDArray[np.uint8], list[str]] | None:
    wanted = next((pair for pair in names if set(pair) <= set(arrays.files)), None)
    if wanted is None:
        return None
    images, labels = arrays[wanted[0]], arrays[wanted[1]]
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1 or len(labels) != len(images):
        raise DataError(
            f"{file_name}: {wanted[0]} and {wanted[1]} do not belong together, or are no pictures and labels."
        )
    pictures = _bytes(_pictures(images, wanted[0], file_name))
    fitted, has_ink = mnist_pixels(pictures)
    if not has_ink.all():
        faults["without ink"] += int((~has_ink).sum())
    return fitted, [_name(label) for label in labels[has_ink].tolist()]


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
        return pictures  # type: ignore[return-value]
    values = np.nan_to_num(pictures.astype(np.float32))
    scale = 255.0 if float(values.max()) <= 1.0 else 1.0
    return np.asarray(np.clip(np.rint(values * scale), 0, 255), np.uint8)


def _name(label: object) -> str:
    if isinstance(label, bytes):
        return label.decode("utf-8", "replace")
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)
