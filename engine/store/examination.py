"""Examination: whether a store is whole, before anything is written to it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from engine.errors import StoreError
from engine.store.connection import connect_to_read, damage
from engine.store.leaf_pages import first_page
from engine.store.schema import (
    APPLICATION_ID,
    MIGRATIONS,
    NAMES_SINCE,
    SEARCHES_SINCE,
    SIGNS_SINCE,
    is_as_made,
    is_foreign,
    version_of,
)
from engine.store.sound_rows import STROKES, is_sound

# Bytes of the header that SQLite does not look at, or takes for a wish to be let be, by place.
_ALWAYS: tuple[tuple[int, int, tuple[bytes, ...]], ...] = (
    (18, 19, (b"\1", b"\2")),  # 3 and more: may not be written to
    (19, 20, (b"\1", b"\2")),
    (20, 21, (b"\0",)),  # bytes of each page that would lie idle
    (52, 56, (bytes(4),)),  # pages are moved when others are freed
    (56, 60, ((1).to_bytes(4, "big"),)),  # texts are UTF-8
    (64, 68, (bytes(4),)),
    (72, 92, (bytes(20),)),
)


def examine(path: Path) -> str:
    """Look without touching: a sentence if a newer version made the store, else an empty text.

    Raises:
        StoreError: It is another program's.
        sqlite3.Error: It cannot be read, or is damaged.
        OSError: It cannot be read.
    """
    try:
        return _examined(path)
    except sqlite3.OperationalError as error:
        # What is asked of a store is never at fault itself: a format or a table is one that cannot be.
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
            raise
        raise damage(str(error)) from error


def _examined(path: Path) -> str:
    with contextlib.closing(connect_to_read(path)) as connection:
        # All at one moment: another program may be writing, and what waits in the log stays there meanwhile.
        connection.execute("BEGIN")
        if is_foreign(connection):
            raise StoreError(f"{path} is another program's file: choose another folder.")
        version = version_of(connection)
        if version > len(MIGRATIONS) and not _has_known_tables(connection):
            return (
                f"{path.name} was made by a newer version of this program: runs and drawings are shown "
                "as far as possible, but none are added. Update the program."
            )
        if not (0 <= version <= len(MIGRATIONS) and is_as_made(connection, version)):
            raise damage("its tables are not those of its version")
        faults = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        if faults != ["ok"]:
            raise damage(str(faults[:1]))
        if version:
            _check_mark(connection)
            _check_rows(connection)
            # Without tables nothing is set yet, and nothing there to lose.
            _check_header(path)
    return ""


def _has_known_tables(connection: sqlite3.Connection) -> bool:
    return any(is_as_made(connection, version) for version in range(1, len(MIGRATIONS) + 1))


def _check_header(path: Path) -> None:
    header = first_page(path)
    for start, end, allowed in _ALWAYS:
        if header[start:end] not in allowed:
            raise damage("its first bytes are not those of a store")


def _check_mark(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise damage("its mark is not that of a store")


def _check_rows(connection: sqlite3.Connection) -> None:
    for row in connection.execute("SELECT * FROM runs"):
        if not is_sound("runs", row):
            raise damage("a run is none")
    if version_of(connection) >= SEARCHES_SINCE:
        for row in connection.execute("SELECT * FROM searches"):
            if not is_sound("searches", row):
                raise damage("a search is none")
    _check_drawings(connection, "drawings")
    if version_of(connection) >= SIGNS_SINCE:
        for row in connection.execute("SELECT * FROM sign_sets"):
            if not is_sound("sign_sets", row):
                raise damage("a set of signs is none")
        if version_of(connection) < NAMES_SINCE:
            _check_drawings(connection, "sign_drawings")
    for table in ("losses", "epochs"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            if not is_sound(table, row):
                raise damage("a curve is none")


def _check_drawings(connection: sqlite3.Connection, table: str) -> None:
    # Strokes are looked at where they lie, since there may be very many.
    for row in connection.execute(f"SELECT *, {STROKES} AS strokes FROM {table}"):
        if row["strokes"] != "array" or not is_sound(table, row):
            raise damage("a drawing is none")
