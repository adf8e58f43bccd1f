"""CSV sets: a line for each picture, its class first and then 784 pixels, as Kaggle hands out MNIST."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.pixels import mnist_pixels
from engine.data.sets.stored_files import READING_ERRORS, StoredFile, why_not_read
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError

_PIXELS = 784
_COLUMNS = _PIXELS + 1
# Read at a time: some three hundred lines. What is reckoned on the way takes some ten times as much memory.
_CHUNK = 1 << 19
_MOST_PICTURES = 2_000_000
_LONGEST_LINE = 1 << 16
_COMMA, _NEW_LINE, _ZERO = ord(","), ord("\n"), ord("0")
_SEPARATORS = bytes.maketrans(b";\t", b",,")

_OTHER_COUNT = f"lines without a class and {_PIXELS} pixels"
_NO_NUMBERS = "lines whose pixels are not whole numbers from 0 to 255"


def read_csv_set(stored: StoredFile, name: str, work: WatchedWork = UNWATCHED) -> FoundSet:
    """The set in a table; a line that is no picture is left out and counted.

    The first line may be a header. Columns are parted by commas, semicolons or tabs.

    Raises:
        DataError: It cannot be read, has no lines of pictures and classes, or the work is to end.
    """
    faults: Counter[str] = Counter()
    return found_set(name, (read_table(stored, faults, work),), faults)


def read_table(
    stored: StoredFile, faults: Counter[str], work: WatchedWork = UNWATCHED
) -> tuple[NDArray[np.uint8], list[str]]:
    """(pictures, 784) pixels of a table and the names of their classes.

    Args:
        stored: The file, packed with gzip or not.
        faults: Counts the lines that are left out, by what is wrong with them.
        work: Told the share of its bytes.

    Raises:
        DataError: It cannot be read, has no lines of pictures and classes, or the work is to end.
    """
    # Grows where it lies, so that a set is in memory once.
    pixels = bytearray()
    labels: list[str] = []
    columns = 0
    try:
        with stored.open() as opened:
            is_packed = opened.read(2) == b"\x1f\x8b"
            opened.seek(0)
            size = max(1, stored.size(opened))
            with gzip.GzipFile(fileobj=opened) if is_packed else opened as file:
                for number, chunk in enumerate(_chunks(file)):
                    lines = chunk.translate(_SEPARATORS)
                    if number == 0:
                        columns = lines.partition(b"\n")[0].count(b",") + 1
                        lines = _without_header(lines)
                    rows, names = _read_lines(lines, faults)
                    pixels += rows.tobytes()
                    labels += names
                    if len(labels) > _MOST_PICTURES:
                        raise DataError(
                            f"{stored.name} has more than {_MOST_PICTURES:,} pictures: take a part of it."
                        )
                    if number == 0 and not names:
                        break  # whatever it is, the rest of it is not pictures either
                    work.tell(opened.tell() / size)
    except READING_ERRORS as error:
        raise why_not_read(stored.name, error) from error
    if not labels:
        raise _other_table(stored.name, columns)
    pictures = np.frombuffer(pixels, np.uint8).reshape(-1, 28, 28)
    return mnist_pixels(pictures)[0], labels


class UnlabelledError(DataError):
    """A table has pictures and no classes."""


def _other_table(name: str, columns: int) -> DataError:
    if columns == _PIXELS:
        return UnlabelledError(
            f"{name} has {_PIXELS} pixels in a line and no class: a set to learn from needs both, the class "
            "first."
        )
    return DataError(
        f"{name} has {columns:,} column{'s' * (columns != 1)}: a table of pictures has {_COLUMNS} in each "
        f"line, the class and then {_PIXELS} pixels from 0 to 255."
    )


def _chunks(file: gzip.GzipFile | BinaryIO) -> Iterator[bytes]:
    """Whole lines, each chunk ending with one."""
    rest = b""
    while part := file.read(_CHUNK):
        lines, new_line, last = part.rpartition(b"\n")
        if new_line:
            yield rest + lines + b"\n"
            rest = last
        else:
            rest += part
            if len(rest) > _CHUNK:  # no line of pictures is that long
                yield rest[:_LONGEST_LINE] + b"\n"
                return
    if rest.strip():
        yield rest + b"\n"


def _without_header(lines: bytes) -> bytes:
    first, _, rest = lines.partition(b"\n")
    second = first.split(b",", 2)[1:2]
    return lines if second and second[0].strip(b' "\r').isdigit() else rest


def _read_lines(lines: bytes, faults: Counter[str]) -> tuple[NDArray[np.uint8], list[str]]:
    """(pictures, 784) pixels and the names of their classes."""
    table = _whole_table(lines.replace(b"\r", b""))
    if table is not None:
        return np.ascontiguousarray(table[:, 1:]), [str(label) for label in table[:, 0].tolist()]
    # A number in the place of each name: then they may be read at once all the same.
    rows, labels = [], []
    for line in lines.splitlines():
        if not line.strip(b", "):
            continue
        label, _, values = line.partition(b",")
        if values.count(b",") == _PIXELS - 1:
            rows.append(b"0," + values.replace(b" ", b"").replace(b'"', b"") + b"\n")
            labels.append(label.decode("utf-8", "replace").strip(' "'))
        else:
            faults[_OTHER_COUNT] += 1
    table = _whole_table(b"".join(rows))
    if table is None:
        tables = [_whole_table(row) for row in rows]
        labels = [label for label, each in zip(labels, tables, strict=True) if each is not None]
        read = [each for each in tables if each is not None]
        if len(read) < len(tables):
            faults[_NO_NUMBERS] += len(tables) - len(read)
        table = np.concatenate(read) if read else np.empty((0, _COLUMNS), np.uint8)
    return np.ascontiguousarray(table[:, 1:]), labels


def _whole_table(lines: bytes) -> NDArray[np.uint8] | None:
    """(lines, 785) numbers, all lines at once; None if anything but such lines of numbers to 255 is there.

    Each number ends before a comma or a new line, and has at most three figures: so its value is found from
    the last three bytes before that end. Most numbers have one, and only the others are looked at again.
    """
    text = np.frombuffer(lines, np.uint8)
    figures = text - _ZERO  # what is below 0 becomes large
    ends = np.flatnonzero(figures > 9)
    if len(ends) == 0 or len(ends) % _COLUMNS:
        return None
    marks = text[ends].reshape(-1, _COLUMNS)
    if not bool((marks[:, :-1] == _COMMA).all() and (marks[:, -1] == _NEW_LINE).all()):
        return None
    lengths = np.diff(ends, prepend=-1) - 1
    if int(lengths.min()) < 1 or int(lengths.max()) > 3:
        return None
    values = figures[ends - 1]
    longer = np.flatnonzero(lengths > 1)
    if len(longer):
        last = ends[longer]
        sums = values[longer] + 10 * figures[last - 2].astype(np.uint16)
        longest = np.flatnonzero(lengths[longer] == 3)
        sums[longest] += 100 * figures[last[longest] - 3].astype(np.uint16)
        if int(sums.max()) > 255:
            return None
        values[longer] = sums.astype(np.uint8)
    return values.reshape(-1, _COLUMNS)
