"""Picture sets: pictures of any size and kind, each in the folder of its class, to the form of MNIST's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.sets.found_set import FoundSet, check_classes, found_set
from engine.data.sets.picture_places import Place, is_picture_name, picture_places
from engine.data.sets.pixels import are_on_light_paper, turn_to_dark
from engine.data.sets.stored_files import READING_ERRORS, StoredFile
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError, InkError, PictureError
from engine.preprocessing.normaliser import SIDE, normalise_picture
from engine.preprocessing.photographs.picture_file import kind_of

MOST_FILES = 1_000_000
_MOST_BYTES = 32 * 1024 * 1024
_START = 16
# One set has one paper if all but so many of its pictures agree on it.
_FEW = 0.1

_OUTSIDE = "outside the folders of classes"
_NO_PICTURES = "of another kind"
_UNREADABLE = "unreadable"
_LARGE = f"larger than {_MOST_BYTES >> 20} MB"
_NO_INK = "without ink"


@dataclass(frozen=True, slots=True)
class _Picture:
    """A file and where it belongs."""

    file: StoredFile
    place: Place


class _LeftOutError(Exception):
    """A picture is left out; says why."""


def read_picture_set(
    files: Sequence[tuple[tuple[str, ...], StoredFile]], name: str, work: WatchedWork = UNWATCHED
) -> FoundSet:
    """The set of pictures in folders; what cannot be read as one is left out and counted.

    Pictures of 28 by 28 pixels are taken as they are: in grey, light on dark. Those on light paper are
    turned, and which these are the border says, more than half of which is light. A few clothes or letters
    that reach all around the border make no paper: where nine in ten agree, the others are treated as these
    are. Pictures of other sizes go through the normaliser, one at a time, as pictures on the pad do.

    Args:
        files: Each with the names of its folders and its own, hidden ones left out.
        name: What to call the set.
        work: Told the share of the pictures, one by one.

    Raises:
        DataError: There are no pictures in folders of classes, the classes cannot be learned, or the work is
            to end.
    """
    faults: Counter[str] = Counter()
    pictures: list[_Picture] = []
    for (path, file), place in zip(files, picture_places([path for path, _ in files], name), strict=True):
        if place is not None:
            pictures.append(_Picture(file, place))
        elif is_picture_name(path[-1]):
            faults[_OUTSIDE] += 1
    pictures.sort(key=lambda picture: picture.place.is_test)
    # Told before anything is read: whoever chose a folder of other things does not wait for it.
    check_classes(name, sorted({picture.place.class_name for picture in pictures}))
    pixels = np.empty((len(pictures), SIDE * SIDE), np.uint8)
    is_own_size = np.zeros(len(pictures), np.bool_)
    kept: list[Place] = []
    for number, picture in enumerate(pictures):
        work.tell(number / len(pictures))
        try:
            pixels[len(kept)], is_own_size[len(kept)] = _read(picture.file)
        except _LeftOutError as error:
            faults[str(error)] += 1
        else:
            kept.append(picture.place)
    _check_none_is_gone(name, pictures, kept)
    pixels = pixels[: len(kept)]
    _turn_light(pixels, is_own_size[: len(kept)])
    labels = [place.class_name for place in kept]
    training = sum(not place.is_test for place in kept)
    parts = ((pixels[:training], labels[:training]), (pixels[training:], labels[training:]))
    return found_set(name, parts, faults)


def _read(file: StoredFile) -> tuple[NDArray[np.uint8], bool]:
    """(784,) pixels, and whether they are those of the picture itself, on whatever paper."""
    # Here, since Pillow takes time to import.
    from engine.preprocessing.photographs.pictures import decoded_picture

    try:
        with file.open() as opened:
            start = opened.read(_START)
            if kind_of(start) is None:
                raise _LeftOutError(_NO_PICTURES if start else _UNREADABLE)
            data = start + opened.read(_MOST_BYTES)
    except READING_ERRORS as error:
        raise _LeftOutError(_UNREADABLE) from error
    if len(data) > _MOST_BYTES:
        raise _LeftOutError(_LARGE)
    try:
        grey = decoded_picture(data, file.name)
    except PictureError as error:
        raise _LeftOutError(_UNREADABLE) from error
    if grey.shape == (SIDE, SIDE):
        return np.rint(grey * 255).astype(np.uint8).ravel(), True
    try:
        return np.rint(normalise_picture(grey) * 255).astype(np.uint8), False
    except (PictureError, InkError) as error:
        raise _LeftOutError(_NO_INK) from error


def _check_none_is_gone(name: str, pictures: Sequence[_Picture], kept: Sequence[Place]) -> None:
    gone = {picture.place.class_name for picture in pictures} - {place.class_name for place in kept}
    if gone:
        raise DataError(
            f"No picture of the class “{min(gone)}” in {name} can be read: replace them, or take their "
            "folder out."
        )


def _turn_light(pixels: NDArray[np.uint8], is_own_size: NDArray[np.bool_]) -> None:
    """Turn pictures on light paper to light on dark, in place."""
    is_light = are_on_light_paper(pixels.reshape(-1, SIDE, SIDE)) & is_own_size
    share = float(is_light.sum()) / max(1, int(is_own_size.sum()))
    if share >= 1 - _FEW:
        is_light = is_own_size
    if share > _FEW:
        turn_to_dark(pixels, is_light)
