"""IDX sets: files in the form of MNIST's, such as EMNIST, QMNIST, Fashion-MNIST and drawings kept here."""

from __future__ import annotations

import gzip
import math
import re
import struct
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from engine.data.exports.class_list import read_class_list
from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.pixels import mnist_pixels, reading_share
from engine.data.sets.stored_files import READING_ERRORS, StoredFile, filled, why_not_read
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError

_NAME = re.compile(
    r"(?P<set>.*?)(?P<part>train|t10k|test)-(?P<what>images|labels)[.-]idx\d[.-](ubyte|byte|int)(\.gz)?",
    re.IGNORECASE,
)
# Where torchvision and other programs put them below the folder that they are given.
_BELOW = (".", "raw", "MNIST/raw", "MNIST", "gzip")
_AT_ONCE = 1000
_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4"}
# More than that, no byte of a file packed with gzip stands for.
_MOST_RATIO = 1032
MOST_VALUES = 4_000_000_000
"""Of a file: five million pictures. A header that speaks of more is no picture set's."""


@dataclass(frozen=True, slots=True)
class IdxFile:
    """A file by what its name says.

    Attributes:
        file: Where it is.
        set_name: What is before ``train`` or ``t10k``, without the last hyphen; may be empty.
        is_test: Whether it is for testing.
        is_images: Whether it has pictures, or else labels.
        folder: That it is in; None in an archive.
    """

    file: StoredFile
    set_name: str
    is_test: bool
    is_images: bool
    folder: Path | None = None


def idx_file(file: StoredFile) -> IdxFile | None:
    """What a file's name says; None if it is not named like one of such a set."""
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    is_test = match["part"].lower() != "train"
    return IdxFile(file, match["set"].rstrip("-_."), is_test, match["what"].lower() == "images")


def idx_files(folder: Path) -> list[IdxFile]:
    """All such files in a folder and where programs put them below it, the first place that has any.

    Raises:
        OSError: The folder cannot be listed.
    """
    for below in _BELOW:
        place = folder / below
        if below != "." and not place.is_dir():
            continue
        found = [
            replace(file, folder=place)
            for path in sorted(place.iterdir())
            if (file := idx_file(StoredFile.at(path))) is not None
        ]
        if found:
            return found
    return []


def read_idx_set(files: list[IdxFile], name: str, work: WatchedWork = UNWATCHED) -> FoundSet:
    """The set of these files.

    Args:
        files: Of one set; a packed copy beside an unpacked one is not read.
        name: What to call it.
        work: Told the share of the bytes, and of the pictures where they go through the normaliser.

    Raises:
        DataError: One is missing, damaged, or of another kind, or the work is to end.
    """
    sets = sorted({file.set_name for file in files})
    if len(sets) > 1:
        raise DataError(
            f"There are {len(sets)} sets in this folder ({', '.join(sets[:4])}…): choose one of the files of "
            "the set that you want."
        )
    faults: Counter[str] = Counter()
    pairs = [_pair(files, is_test) for is_test in (False, True)]
    works = work.parts([0 if images is None else images.weight() for images, _ in pairs])
    training, test = (
        _read_part(images, labels, sets[0], faults, part)
        for (images, labels), part in zip(pairs, works, strict=True)
    )
    if training is None:
        raise DataError(
            f"{name} has no files of pictures and labels to train on, named train-images and train-labels."
        )
    folder = files[0].folder
    names = () if folder is None else read_class_list(folder)
    parts = (training,) if test is None else (training, test)
    return found_set(name, tuple((pictures, _named(labels, names)) for pictures, labels in parts), faults)


def _named(labels: list[str], names: tuple[str, ...]) -> list[str]:
    """Labels as the names that a list of classes has for them."""
    known = {str(place): name for place, name in enumerate(names)}
    return [known.get(label, label) for label in labels]


def _pair(files: list[IdxFile], is_test: bool) -> tuple[StoredFile | None, StoredFile | None]:
    """The pictures and the labels of a part."""
    images, labels = (
        next((file.file for file in files if (file.is_test, file.is_images) == (is_test, what)), None)
        for what in (True, False)
    )
    return images, labels


def _read_part(
    images: StoredFile | None,
    labels: StoredFile | None,
    set_name: str,
    faults: Counter[str],
    work: WatchedWork,
) -> tuple[NDArray[np.uint8], list[str]] | None:
    """Pictures and the names of their classes; None if there are no files of that part."""
    if images is None and labels is None:
        return None
    if images is None or labels is None:
        here, missing = (labels, "images") if images is None else (images, "labels")
        assert here is not None
        raise DataError(f"{here.name} has no file of {missing} beside it: both are needed.")
    pictures, values = read_idx(images, work), read_idx(labels)
    if pictures.ndim != 3 or pictures.dtype != np.uint8:
        raise DataError(
            f"{images.name} does not hold pictures of bytes, as MNIST’s files do: choose another file."
        )
    # QMNIST has a row for each label, the class first.
    classes = values[:, 0] if values.ndim == 2 and values.shape[1] else values
    if classes.ndim != 1:
        raise DataError(f"{labels.name} does not hold labels: choose another file.")
    if len(classes) != len(pictures):
        raise DataError(
            f"{images.name} has {len(pictures):,} pictures and {labels.name} {len(classes):,} labels: they "
            "do not belong together."
        )
    if is_transposed(set_name, np.asarray(pictures, np.uint8)):
        pictures = _transposed(np.asarray(pictures, np.uint8))
    fitting = work.part(reading_share(pictures.shape), 1)
    fitted, has_ink = mnist_pixels(np.asarray(pictures, np.uint8), fitting)
    if not has_ink.all():
        faults["without ink"] += int((~has_ink).sum())
    return fitted, [str(label) for label in classes[has_ink].tolist()]


def _transposed(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows and columns exchanged; in place where that can be, so that a set is in memory once."""
    if pictures.shape[1] != pictures.shape[2]:
        return np.ascontiguousarray(pictures.transpose(0, 2, 1))
    for first in range(0, len(pictures), _AT_ONCE):
        some = pictures[first : first + _AT_ONCE]
        some[:] = some.transpose(0, 2, 1).copy()
    return pictures


def is_transposed(set_name: str, pictures: NDArray[np.uint8]) -> bool:
    """Whether rows and columns are exchanged, as in EMNIST's own files.

    Only of sets of that name, and if more pictures are wide than tall: writing is taller than wide, so that
    somebody has turned these already if they are tall.
    """
    if not set_name.lower().startswith("emnist"):
        return False
    has_ink = pictures[:1000] > 0
    heights = has_ink.any(axis=2).sum(axis=1)
    widths = has_ink.any(axis=1).sum(axis=1)
    return int((widths > heights).sum()) > int((heights > widths).sum())


def read_idx(stored: StoredFile, work: WatchedWork = UNWATCHED) -> NDArray[np.generic]:
    """The values of a file, packed with gzip or not.

    Args:
        stored: The file.
        work: Of reading and then fitting pictures; told the share that is read.

    Raises:
        DataError: It is missing, damaged, of another form, or its header speaks of another length; or the
            work is to end.
    """
    try:
        with stored.open() as file:
            start = file.read(2)
            file.seek(0)
            size = stored.size(file)
            if start == b"\x1f\x8b":
                with gzip.GzipFile(fileobj=file) as unpacked:
                    return _values(cast(BinaryIO, unpacked), stored.name, _MOST_RATIO * size, work)
            return _values(file, stored.name, size, work)
    except READING_ERRORS as error:
        raise why_not_read(stored.name, error) from error


def _values(file: BinaryIO, name: str, most: int, work: WatchedWork) -> NDArray[np.generic]:
    """The values; there are `most` bytes at most, so that no memory is taken for what a header makes up."""
    start = file.read(4)
    if len(start) < 4 or start[:2] != b"\0\0" or not 1 <= start[3] <= 4:
        raise DataError(f"{name} is not an IDX file, the form of MNIST’s: choose another file.")
    kind = _TYPES.get(start[2])
    if kind is None:
        raise DataError(f"{name} holds numbers with decimals: only whole numbers can be read.")
    sizes = file.read(4 * start[3])
    if len(sizes) < 4 * start[3]:
        raise DataError(f"{name} is cut off in its header: copy or download it again.")
    shape = struct.unpack(f">{start[3]}I", sizes)
    count = math.prod(shape)
    if count > MOST_VALUES:
        raise DataError(f"{name} is damaged: its header speaks of {count:,} values.")
    length = count * np.dtype(kind).itemsize
    reading = work.part(0, reading_share(shape))
    content = filled(file, length, reading) if length <= most else np.empty(0, np.uint8)
    # One byte more than expected is enough to know that there are too many.
    if len(content) != length or file.read(1):
        raise DataError(f"{name} is damaged: its header speaks of another length. Copy or download it again.")
    return content.view(kind).reshape(shape)
