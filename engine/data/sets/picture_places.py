"""Picture places: which class and which part a picture belongs to, told by the folders that it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.data.class_names import trimmed
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

    The folders at the top are the classes. If all of them are called ``train``, ``test``, or as people call
    these (validation is for learning from: what validates is chosen by a seed), the classes are below. A
    single folder around everything else is looked into. Folders below that of a class belong to it.

    Args:
        paths: Names of folders and then of the file, of files that are not hidden.
        name: Of the set.

    Returns:
        As many; None for files outside the folder of a class.

    Raises:
        DataError: There is only a part to test on, or two folders of classes are called the same.
    """
    skipped = _folders_around(paths)
    inner = [path[skipped:] for path in paths]
    has_parts = _are_parts(inner)
    if has_parts and not any(path[0].lower() in _TRAINING for path in inner if len(path) > 1):
        raise DataError(f"{name} has a folder to test on and none to learn from, called train.")
    depth = 1 if has_parts else 0
    places: list[Place | None] = []
    written: dict[tuple[str, str], str] = {}
    for path in inner:
        if len(path) < depth + 2:
            places.append(None)
            continue
        class_name = trimmed(path[depth])
        part = path[0] if has_parts else ""
        if written.setdefault((part, class_name), path[depth]) != path[depth]:
            raise DataError(
                f"{name} has two folders of the class “{class_name}”, whose names differ in blanks or "
                "accents: put their pictures into one."
            )
        places.append(Place(class_name, part.lower() in _TEST))
    return places


def _folders_around(paths: Sequence[tuple[str, ...]]) -> int:
    """How many folders are around everything else, one in another."""
    count = 0
    while True:
        deep = [path[count:] for path in paths if len(path) > count + 1]
        tops = {path[0] for path in deep}
        if len(tops) != 1 or next(iter(tops)).lower() in (*_TRAINING, *_TEST):
            return count
        has_own = any(len(path) == 2 and is_picture_name(path[1]) for path in deep)
        if has_own or not any(len(path) > 2 for path in deep):
            return count
        count += 1


def _are_parts(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the folders at the top are parts of a set, rather than classes that happen to be called so."""
    deep = [path for path in paths if len(path) > 1]
    return (
        bool(deep)
        and all(path[0].lower() in (*_TRAINING, *_TEST) for path in deep)
        and not any(len(path) == 2 and is_picture_name(path[1]) for path in deep)
    )
