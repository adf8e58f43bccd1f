"""Stored files: where the readers of sets take their bytes from, a disk or a ZIP archive."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError
from engine.files.regular_files import open_regular

READING_ERRORS = (
    *(OSError, EOFError, zlib.error, zipfile.BadZipFile),
    # Of archives: kinds of packing, names, and sizes that make no sense.
    *(NotImplementedError, ValueError, OverflowError, RuntimeError, struct.error),
)
"""What opening or reading may raise; some are said by `why_not_read`."""
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that can be opened.

    Attributes:
        name: Without folders, for sentences.
        open: Opens it for reading in bytes; this and reading may raise any of `READING_ERRORS`.
        member_size: Bytes, if it is in an archive.
    """

    name: str
    open: Callable[[], BinaryIO]
    member_size: int | None = None

    @classmethod
    def at(cls, path: Path) -> StoredFile:
        """One on a disk; pipes, devices and folders are refused when it is opened."""
        return cls(path.name, lambda: open_regular(path))

    def size(self, opened: BinaryIO) -> int:
        """Bytes, as it is stored, not unpacked by gzip."""
        return os.fstat(opened.fileno()).st_size if self.member_size is None else self.member_size

    def weight(self) -> int:
        """Bytes as `size` has them; 0 where it cannot be opened, which reading it will tell."""
        try:
            with self.open() as opened:
                return self.size(opened)
        except READING_ERRORS:
            return 0


def filled(file: BinaryIO, count: int, work: WatchedWork = UNWATCHED) -> NDArray[np.uint8]:
    """The next bytes of a file, fewer than `count` where it ends before; no copy is made on the way.

    Args:
        file: Opened for reading, packed or not.
        count: Known to be no more than the file can have.
        work: Told how many of them there are.

    Raises:
        DataError: It is to end.
    """
    values = np.empty(count, np.uint8)
    done = 0
    while done < count and (part := file.read(min(_AT_ONCE, count - done))):
        values[done : done + len(part)] = np.frombuffer(part, np.uint8)
        done += len(part)
        work.tell(done / count)
    return values[:done]


def why_not_read(name: str, error: BaseException) -> DataError:
    """One of `READING_ERRORS` as a sentence about a file of that name."""
    # gzip's own errors are OSErrors without a number.
    if isinstance(error, OSError) and error.errno is not None:
        return DataError(f"{name} cannot be read: {error.strerror or error}.")
    return DataError(f"{name} is damaged: copy or download it again.")
