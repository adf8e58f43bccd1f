"""Connections to the store's file, and what SQLite has to say put so that a user can act on it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from engine.errors import StoreError
from engine.files.private_files import create_private

# Whoever writes may wait for another program; whoever reads may be the one who draws.
_WRITING_PATIENCE_S = 3.0
_READING_PATIENCE_S = 0.25
_LOCKING = (
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_UNLOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
)


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that writes; the file is made if it is missing. Any thread may use it, one at a time.

    Every commit is on the disk when it returns, so that not even a power cut takes it back. Changes go into a
    write-ahead log; on a drive that has no memory to share for its index, as those of networks, into a
    rollback journal.

    Raises:
        sqlite3.Error: The file cannot be opened, made, or is no store.
    """
    # SQLite makes its other files with the rights of this one; one that cannot be made it refuses itself.
    with contextlib.suppress(OSError):
        create_private(path)
    try:
        return _writing(path, "WAL")
    except sqlite3.OperationalError as error:
        if not lacks_shared_memory(error):
            raise
        with contextlib.suppress(sqlite3.Error):
            leave_log(path)
            return _writing(path, "DELETE")
        raise


def _writing(path: Path, journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_WRITING_PATIENCE_S, isolation_level=None, check_same_thread=False
    )
    connection.text_factory = _text
    try:
        connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # What is removed for good is written over, not left lying in the file.
        connection.execute("PRAGMA secure_delete = ON")
        # Asked for now: where there is no shared memory, the log fails at the first look.
        connection.execute("PRAGMA user_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def leave_log(path: Path) -> None:
    """Have a store that is in WAL mode, as one from a local disk, use a rollback journal instead.

    Raises:
        sqlite3.Error: It cannot be, or is in use.
    """
    with contextlib.closing(
        sqlite3.connect(path, timeout=_WRITING_PATIENCE_S, isolation_level=None)
    ) as alone:
        # Alone, a connection needs no shared memory for the index of the log.
        alone.execute("PRAGMA locking_mode = EXCLUSIVE")
        alone.execute("PRAGMA journal_mode = DELETE").fetchone()


def lacks_shared_memory(error: sqlite3.Error) -> bool:
    """Whether the index of the log could not be opened, sized, mapped or locked."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot change anything; its rows are `sqlite3.Row`.

    Raises:
        sqlite3.Error: The file is missing or cannot be opened.
    """
    try:
        return _read_only(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # Where the folder takes no files, SQLite has no place for what WAL mode needs. If nothing
        # waits in the log, the file alone is the whole store, and nobody can change it.
        if (
            not (is_refusal(error) or lacks_shared_memory(error))
            or _is_filled(path, "-wal")
            or _is_filled(path, "-journal")
        ):
            raise
        return _read_only(path, "mode=ro&immutable=1")


def _is_filled(path: Path, ending: str) -> bool:
    beside = path.with_name(path.name + ending)
    return beside.exists() and beside.stat().st_size > 0


def roll_back(path: Path) -> None:
    """Undo what a program was writing when it ended, where there is a rollback journal of it.

    Raises:
        sqlite3.Error: It cannot be.
    """
    if _is_filled(path, "-journal"):
        with contextlib.closing(sqlite3.connect(path, timeout=_WRITING_PATIENCE_S)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _read_only(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?{how}",
        uri=True,
        timeout=_READING_PATIENCE_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str | bytes:
    """A text; where a damaged one is no UTF-8, its bytes, which `sound_rows` refuses."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to read with for a moment; it sees everything committed so far.

    Raises:
        StoreError: The file cannot be read.
    """
    try:
        with contextlib.closing(connect_to_read(path)) as connection:
            yield connection
    except STORE_FAULTS as error:
        raise to_store_error(error, path) from error


STORE_FAULTS = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""What `sqlite3` raises: where a message has damaged text in it, the last but one instead of its own."""


def to_store_error(error: Exception, path: Path) -> StoreError:
    """What happened, and what to do about it, in a sentence or two."""
    full = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    code = full & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        said = f"Another program is using {path.name}: close that program and try again."
    elif code == sqlite3.SQLITE_FULL:
        said = f"The disk with {path.parent} is full: free some space. What was kept before is still there."
    elif full in _LOCKING or code == sqlite3.SQLITE_PROTOCOL:
        said = (
            f"The drive with {path.parent} does not lock files, without which nothing can be kept there: "
            "choose another folder."
        )
    elif code == sqlite3.SQLITE_IOERR:
        said = (
            f"The disk could not read or write {path.parent}: it may be full, or failing. What "
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


def is_without_place(error: Exception) -> bool:
    """Whether the disk is full, or the folder gone or closed: the same write may succeed later."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, OSError) or code in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    )


def is_damage(error: Exception) -> bool:
    """Whether the file's contents, rather than its circumstances, are at fault."""
    if not isinstance(error, sqlite3.Error):
        return isinstance(error, STORE_FAULTS)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damage(what: str) -> sqlite3.DatabaseError:
    """An error like that of a file that SQLite finds damaged."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
