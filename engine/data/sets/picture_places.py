"""Picture places: which class and which part a picture belongs to, told by the folders that it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.data.class_names import trimmed
from engine.data.exports.folder_names import name_of_folder
from engine.errors import DataError

_TRAINING = ("train", "training", "validation", "valid", "val")
_TEST = ("test", "testing")
_SUFFIXES = ("png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff", "pbm", "pgm", "ppm")
# What systems and archivers leave behind, beside all whose names begin with a dot.
_LEFT_BEHIND = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture belongs.

    Attributes:
        class_name: Trimmed; whether it can be the name of a class is for others to say.
        is_test: Whether it is to test on.
    """

    class_name: str
    is_test: bool


def is_hidden(name: str) -> bool:
    """Whether a file or folder is none of a user's, and is to be passed over in silence."""
    return name.startswith(".") or name.lower() in _LEFT_BEHIND


def is_picture_name(name: str) -> bool:
    """Whether a file is named like a picture."""
    return name.rpartition(".")[2].lower() in _SUFFIXES and "." in name


def picture_places(paths: Sequence[tuple[str, ...]], name: str) -> list[Place | None]:
    """What the folders say of each file.

    The folders at the top that have files named like pictures are the classes. If all of them are called
    ``train``, ``test``, or as people call these (validation is for learning from: what validates is chosen by
    a seed), the classes are below. A single folder around everything else is looked into. Folders below that
    of a class belong to it.

    Args:
        paths: Names of folders and then of the file, of files that are not hidden.
        name: Of the set.

    Returns:
        As many; None for files outside the folder of a class.

    Raises:
        DataError: There is only a part to test on, or two folders of classes are called the same.
    """
    pictures = [path for path in paths if is_picture_name(path[-1])]
    around = _folders_around(pictures)
    depth = len(around)
    tops = {path[depth].lower() for path in pictures if len(path) > depth + 1}
    if _are_parts([path[depth:] for path in pictures]):
        depth += 1
        if not tops & set(_TRAINING):
            raise DataError(f"{name} has a folder to test on and none to learn from, called train.")
    folders = {path[: depth + 1] for path in pictures if len(path) > depth + 1}
    _check_names(folders, name)
    return [
        # Below the folders around, and the part.
        Place(trimmed(name_of_folder(path[depth])), depth > len(around) and path[depth - 1].lower() in _TEST)
        if path[: depth + 1] in folders
        else None
        for path in paths
    ]


def _folders_around(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The folders around everything else, one in another."""
    around: tuple[str, ...] = ()
    while True:
        deep = [path[len(around) :] for path in paths if len(path) > len(around) + 1]
        tops = {path[0] for path in deep}
        is_only = len(tops) == 1 and next(iter(tops)).lower() not in (*_TRAINING, *_TEST)
        # One that has pictures of its own is a class.
        if not is_only or any(len(path) == 2 for path in deep):
            return around
        around += (deep[0][0],)


def _are_parts(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the folders at the top are parts of a set, rather than classes that happen to be called so."""
    deep = [path for path in paths if len(path) > 1]
    return bool(deep) and all(len(path) > 2 and path[0].lower() in (*_TRAINING, *_TEST) for path in deep)


def _check_names(folders: set[tuple[str, ...]], name: str) -> None:
    """Two folders in one place whose names are one once they are trimmed may be two classes or one."""
    written: dict[tuple[str, ...], str] = {}
    for folder in folders:
        class_name = trimmed(name_of_folder(folder[-1]))
        if written.setdefault((*folder[:-1], class_name), folder[-1]) != folder[-1]:
            raise DataError(
                f"{name} has two folders of the class “{class_name}”, whose names differ in blanks or "
                "accents: put their pictures into one."
            )
