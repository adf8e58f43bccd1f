"""Class lists: names of classes in a file of their own, a line for each, beside files that have numbers."""

from __future__ import annotations

from pathlib import Path

from engine.data.class_names import class_name
from engine.data.classes import MOST_CLASSES
from engine.files.regular_files import open_regular

FILE_NAME = "classes.txt"
# Of 64 names of 20 characters, each of four bytes at most.
_MOST_BYTES = 1 << 14


def class_list(names: tuple[str, ...]) -> bytes:
    """The content of such a file: the first line is the class of the label 0."""
    return "".join(f"{name}\n" for name in names).encode()


def read_class_list(folder: Path) -> tuple[str, ...]:
    """The names in such a file; empty where there is none, or something else."""
    try:
        with open_regular(folder / FILE_NAME) as file:
            content = file.read(_MOST_BYTES + 1)
        lines = content.decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    names = tuple(name for line in lines if (name := class_name(line)) is not None)
    is_one = len(content) <= _MOST_BYTES and len(set(names)) == len(lines) <= MOST_CLASSES
    return names if is_one else ()
