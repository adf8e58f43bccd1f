"""CSV files: points in and out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.errors import DataError
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing
from engine.plain_text import plain_name
from engine.plane.csv_text import LONGEST_LINE, ReadPoints, csv_lines, parse_points
from engine.plane.points import Points

# Some millions of points; one in ten of them is kept.
_LARGEST_FILE = 256 * 2**20


def read_points(path: Path) -> ReadPoints:
    """Read a file as `parse_points` reads text.

    Raises:
        DataError: It cannot be opened, is too large, or there is no point in it.
    """
    name = f"“{plain_name(path.name)}”"
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > _LARGEST_FILE:
                raise DataError(f"{name} is too large: the largest file that can be read has 256 MB.")
            return parse_points(_lines(file), name)
    except OSError as error:
        raise DataError(f"{name} could not be opened: {error.strerror or error}.") from error


def write_points(path: Path, points: Points, names: tuple[str, ...] = ()) -> None:
    """Write a file that `read_points` reads as the same points; an older one of that name is replaced.

    Args:
        path: Of the file.
        points: To write.
        names: What the classes are called, by label; by default, their numbers.

    Raises:
        DataError: The folder is missing, or it or the disk does not take it.
    """
    try:
        with replacing(path) as file:
            file.writelines(line.encode() for line in csv_lines(points, names))
    except OSError as error:
        name = plain_name(path.name)
        raise DataError(f"“{name}” could not be written: {error.strerror or error}.") from error


def _lines(file: BinaryIO) -> Iterator[str]:
    """The lines of a file; of one that is too long to be a point, no more than shows that."""
    most = 4 * LONGEST_LINE  # bytes of a character, at most
    encoding = "utf-8-sig"
    while line := file.readline(most):
        rest = line
        while rest and not rest.endswith(b"\n") and len(rest) == most:
            rest = file.readline(most)
        yield line.decode(encoding, errors="replace")
        encoding = "utf-8"
