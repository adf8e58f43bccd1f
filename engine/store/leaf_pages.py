"""Leaf pages: the rows of a damaged store, read from its file page by page.

SQLite goes to a row from the first page down, so that one damaged byte above hides all that lies below. Rows
themselves are in leaf pages, each of which can be read without any other: https://www.sqlite.org/fileformat2.html
says how. Nothing is believed that a page says of places or lengths.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from engine.files.regular_files import open_regular

Value = int | float | str | bytes | None

_USUAL_SIZE = 4096
_SIZES = tuple(1 << power for power in range(9, 17))
_TABLE_LEAF = 0x0D
_KINDS = (0x02, 0x05, 0x0A, _TABLE_LEAF)
_HEADER = 8
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = (0x377F0682, 0x377F0683)
# Looked at to tell the size of the pages.
_SAMPLE = 200
# Overflow pages that are followed, for each page of the file: a chain that bites its tail must end.
_MOST_FOLLOWED = 4


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A row as it lies in the file.

    Attributes:
        number: Its number in its table.
        values: By column; the column that is the number itself is None.
    """

    number: int
    values: tuple[Value, ...]


class _DamageError(Exception):
    """What a page says cannot be."""


def first_page(path: Path) -> bytes:
    """The first page as SQLite sees it: the file's own is out of date while a newer one waits in the log.

    Raises:
        OSError: The file cannot be read.
    """
    with _open_pages(path) as pages:
        return pages.read(1)


def leaf_rows(path: Path, on_progress: Callable[[float], None] | None = None) -> Iterator[LeafRow | None]:
    """All rows of all tables in the file and its write-ahead log; None for each that cannot be read.

    Args:
        path: Of the store; the log is looked for beside it.
        on_progress: Called with the share of the pages that is read, 0 to 1.

    Raises:
        OSError: The file cannot be read.
    """
    with _open_pages(path) as pages:
        yield from _rows(pages, on_progress)


@contextlib.contextmanager
def _open_pages(path: Path) -> Iterator[_Pages]:
    with contextlib.ExitStack() as files:
        file = files.enter_context(open_regular(path))
        log = path.with_name(f"{path.name}-wal")
        yield _Pages(file, files.enter_context(open_regular(log)) if log.is_file() else None)


def _rows(pages: _Pages, on_progress: Callable[[float], None] | None) -> Iterator[LeafRow | None]:
    # The first page has the tables' own descriptions, which are known.
    for number in range(2, pages.count + 1):
        page = pages.read(number)
        if len(page) > _HEADER and page[0] == _TABLE_LEAF:
            yield from _rows_of(page, pages)
        if on_progress is not None:
            on_progress(number / pages.count)


def _rows_of(page: bytes, pages: _Pages) -> Iterator[LeafRow | None]:
    count = int.from_bytes(page[3:5], "big")
    for place in range(_HEADER, min(_HEADER + 2 * count, len(page) - 1), 2):
        try:
            yield _row(page, int.from_bytes(page[place : place + 2], "big"), pages)
        except (_DamageError, IndexError, UnicodeDecodeError, struct.error):
            yield None


def _row(page: bytes, start: int, pages: _Pages) -> LeafRow:
    if start < _HEADER:
        raise _DamageError
    length, place = _varint(page, start)
    number, place = _varint(page, place)
    record = _record(page, place, length, pages)
    header, place = _varint(record, 0)
    values, end = [], header
    while place < header:
        kind, place = _varint(record, place)
        value, end = _value(record, end, kind)
        values.append(value)
    if place != header or end != len(record):
        raise _DamageError
    return LeafRow(number - (1 << 64) if number >= 1 << 63 else number, tuple(values))


def _record(page: bytes, place: int, length: int, pages: _Pages) -> bytes:
    """The bytes of a row; what had no room in the page is in a chain of overflow pages."""
    size = pages.size
    most, least = size - 35, (size - 12) * 32 // 255 - 23
    if length <= most:
        here = length
    else:
        here = least + (length - least) % (size - 4)
        here = here if here <= most else least
    parts = [page[place : place + here]]
    left = length - here
    if left > 0:
        following = int.from_bytes(page[place + here : place + here + 4], "big")
        while left > 0:
            overflow = pages.follow(following)
            following = int.from_bytes(overflow[:4], "big")
            parts.append(overflow[4 : 4 + left])
            left -= len(parts[-1])
    record = b"".join(parts)
    if len(record) != length:
        raise _DamageError
    return record


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and the place behind it."""
    value = data[place]
    if value < 0x80:  # as most are
        return value, place + 1
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    raise _DamageError


_NUMBER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}


def _value(record: bytes, place: int, kind: int) -> tuple[Value, int]:
    """The value of a column, and the place behind it."""
    if kind == 0:
        return None, place
    if kind >= 12:
        size = (kind - 12) // 2
    elif kind in _NUMBER_BYTES:
        size = _NUMBER_BYTES[kind]
    else:
        raise _DamageError
    end = place + size
    data = record[place:end]
    if len(data) != size:
        raise _DamageError
    if kind >= 12:
        return (data.decode() if kind % 2 else data), end
    if size == 0:
        return kind - 8, end
    if kind == 7:
        return struct.unpack(">d", data)[0], end
    return int.from_bytes(data, "big", signed=True), end


@dataclass
class _Pages:
    """Pages by number, counted from 1; those in the log are newer."""

    file: BinaryIO
    log: BinaryIO | None
    size: int = 0
    count: int = 0
    _followed: int = 0
    _in_log: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        length = self.file.seek(0, 2)
        log_size = self._read_log()
        self.size = log_size or _page_size(self.file, length)
        self.count = max([-(-length // self.size), *self._in_log])

    def read(self, number: int) -> bytes:
        """A page; shorter where the file ends within it."""
        if self.log is not None and number in self._in_log:
            self.log.seek(self._in_log[number])
            return self.log.read(self.size)
        self.file.seek((number - 1) * self.size)
        return self.file.read(self.size)

    def follow(self, number: int) -> bytes:
        """An overflow page."""
        self._followed += 1
        if not 2 <= number <= self.count or self._followed > _MOST_FOLLOWED * self.count:
            raise _DamageError
        page = self.read(number)
        if len(page) <= 4:
            raise _DamageError
        return page

    def _read_log(self) -> int:
        """Find the pages that were committed to the log; the size of its pages, 0 if there is none."""
        if self.log is None:
            return 0
        header = self.log.read(_LOG_HEADER)
        if len(header) < _LOG_HEADER or int.from_bytes(header[:4], "big") not in _LOG_MAGIC:
            return 0
        size = int.from_bytes(header[8:12], "big")
        if size not in _SIZES:
            return 0
        place, begun = _LOG_HEADER, {}
        while len(frame := self.log.read(_FRAME_HEADER)) == _FRAME_HEADER:
            number, pages_after = struct.unpack(">II", frame[:8])
            if frame[8:16] != header[16:24] or not number:  # of an earlier round
                break
            begun[number] = place + _FRAME_HEADER
            if pages_after:
                self._in_log.update(begun)
                begun = {}
            place = self.log.seek(size, 1)
        # No file has more pages than its last page says: a number far beyond is damage.
        most = self.file.seek(0, 2) // size + len(self._in_log) + 1
        self._in_log = {number: at for number, at in self._in_log.items() if number <= most}
        return size if self._in_log else 0


def _page_size(file: BinaryIO, length: int) -> int:
    """The size at which most pages begin as pages do; what the file says may be damaged."""
    file.seek(16)
    said = int.from_bytes(file.read(2), "big")
    said = 1 << 16 if said == 1 else said
    sizes = (_USUAL_SIZE, said) if said in _SIZES else (_USUAL_SIZE,)
    return max(sizes, key=lambda size: _share_of_pages(file, length, size))


def _share_of_pages(file: BinaryIO, length: int, size: int) -> float:
    count = min(length // size, _SAMPLE)
    good = 0
    for number in range(1, count):
        file.seek(number * size)
        head = file.read(_HEADER)
        cells, content = struct.unpack(">HH", head[3:7])
        good += head[0] in _KINDS and _HEADER + 2 * cells <= (content or 1 << 16) <= size
    return good / max(1, count - 1)
