"""Connections to the store's file, and what SQLite has to say put so that a user can act on it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from engine.errors import StoreError
from engine.private_files import create_private

# Whoever writes may wait for another program; whoever reads may be the one who draws.
_WRITING_PATIENCE_S = 3.0
_READING_PATIENCE_S = 0.05


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that writes; the file is made if it is missing. Any thread may use it, one at a time.

    Every commit is on the disk when it returns, so that not even a power cut takes it back.

    Raises:
        sqlite3.Error: The file cannot be opened, made, or is no store.
    """
    # SQLite makes its other files with the rights of this one; one that cannot be made it refuses itself.
    with contextlib.suppress(OSError):
        create_private(path)
    connection = sqlite3.connect(
        path, timeout=_WRITING_PATIENCE_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is removed for good is written over, not left lying in the file.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, is_damaged: bool = False) -> sqlite3.Connection:
    """A connection that cannot change anything.

    Args:
        path: Of the store.
        is_damaged: Whether to read a file, as far as it goes, that is shorter than it says.

    Raises:
        sqlite3.Error: The file is missing or cannot be opened.
    """
    try:
        return _read_only(path, "mode=ro", is_damaged)
    except sqlite3.OperationalError as error:
        # Where the folder takes no files, SQLite has no place for what WAL mode needs. If nothing
        # waits in the log, the file alone is the whole store, and nobody can change it.
        log = path.with_name(f"{path.name}-wal")
        if not is_refusal(error) or (log.exists() and log.stat().st_size > 0):
            raise
        return _read_only(path, "mode=ro&immutable=1", is_damaged)


def _read_only(path: Path, how: str, is_damaged: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?{how}",
        uri=True,
        timeout=_READING_PATIENCE_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    try:
        if is_damaged:
            connection.execute("PRAGMA writable_schema = ON")  # lifts the check of the length
        connection.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to read with for a moment; it sees everything committed so far.

    Raises:
        StoreError: The file cannot be read.
    """
    try:
        with contextlib.closing(connect_to_read(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise told(error, path) from error


def told(error: sqlite3.Error, path: Path) -> StoreError:
    """What happened, and what to do about it, in a sentence or two."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        said = f"Another program is using {path.name}: close that program and try again."
    elif code == sqlite3.SQLITE_FULL:
        said = f"The disk with {path.parent} is full: free some space. What was kept before is still there."
    elif code == sqlite3.SQLITE_IOERR:
        said = (
            f"The disk did not take or give what is kept in {path.parent}: it may be full, or failing. What "
            "was kept before is still there."
        )
    elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        said = f"{path} may not be written to: allow it, or choose another folder."
    elif code == sqlite3.SQLITE_CANTOPEN:
        said = f"{path} cannot be opened: check that the folder is there and may be written to."
    elif is_damage(error):
        said = f"{path.name} is damaged: start the program again, and what can be read will be recovered."
    else:
        said = f"{path.name} could not be read or written ({error}): update the program and try again."
    return StoreError(said)


def is_refusal(error: sqlite3.Error) -> bool:
    """Whether the file or its folder may not be written to, or is not there."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file's contents, rather than its circumstances, are at fault."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
