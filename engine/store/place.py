"""Place: whether the store's file is still where it was opened, and how it comes to be there again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from engine.errors import StoreError
from engine.store.connection import connect_to_write, damage
from engine.store.examination import examine
from engine.store.schema import migrate


class Place:
    """A file that was opened goes on taking what is written after it was removed; nobody finds it again."""

    def __init__(self, path: Path) -> None:
        """Take the file that is there now for the store's own."""
        self._path = path
        self._identity = self._found()

    def is_ours(self) -> bool:
        """Whether the file at the path is the one that was opened."""
        return self._identity is not None and self._found() == self._identity

    def regain(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Have a store at the path again.

        One that was removed is written there anew, with all that it held: its connection still has it. One
        that was replaced, as by a copy from elsewhere, gives way to the other.

        Args:
            connection: To the file that was there before; closed if all goes well.

        Returns:
            A connection to the file that is there.

        Raises:
            OSError: The folder cannot be made.
            sqlite3.Error: The disk does not take it, or the file there is no store.
            StoreError: The file there is another program's, or a newer version's.
        """
        path = self._path
        if self._found() is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write_anew(connection)
        elif newer := examine(path):
            raise StoreError(newer)
        regained = connect_to_write(path)
        try:
            migrate(regained)
        except BaseException:
            regained.close()
            raise
        with contextlib.suppress(sqlite3.Error):
            connection.close()
        self._identity = self._found()
        return regained

    def _write_anew(self, connection: sqlite3.Connection) -> None:
        path = self._path
        # What a log of the removed file holds would be taken for the new one's.
        for ending in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        part = path.with_name(f"{path.stem}.part{path.suffix}")
        part.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damage("the copy is not whole")
        part.rename(path)

    def _found(self) -> tuple[int, int] | None:
        """What tells one file from another; None where there is none."""
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino
