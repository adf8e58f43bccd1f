"""Recovery: a damaged store is put aside, never deleted; what SQLite can still read goes into a new one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from engine.errors import InkError
from engine.ink import Ink
from engine.store.connection import connect_to_read
from engine.store.schema import TABLES

# A store is up to three files: the log, the index of the log, and what both belong to.
_ENDINGS = ("-wal", "-shm", "")


def recovered_beside(path: Path) -> Path:
    """Where the new store is made while the damaged one is still in its place."""
    return path.with_name(f"{path.stem}.recovered{path.suffix}")


def clear_recovered(path: Path) -> None:
    """Remove what is left of a recovery that was cut off before the damaged store was put aside.

    Raises:
        OSError: The folder does not allow it.
    """
    recovered = recovered_beside(path)
    for ending in _ENDINGS:
        recovered.with_name(recovered.name + ending).unlink(missing_ok=True)


def finish_recovery(path: Path) -> None:
    """Where the program ended between putting the damaged store aside and the new one in its place, do that.

    Raises:
        OSError: The folder does not allow it.
    """
    if not path.exists():
        with contextlib.suppress(FileNotFoundError):
            recovered_beside(path).rename(path)


def put_aside(path: Path) -> Path:
    """Give the store's files another name beside it.

    Returns:
        The new name.

    Raises:
        OSError: The folder does not allow it.
    """
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    # The file itself last: once it is gone, the new store takes its place, and must not find the old log.
    for ending in _ENDINGS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def salvage(path: Path, connection: sqlite3.Connection) -> dict[str, int]:
    """Copy every readable row of a damaged store into an empty new one.

    Returns:
        How many rows of each table were copied.

    Raises:
        sqlite3.Error: The new store does not take them.
    """
    copied = dict.fromkeys(TABLES, 0)
    try:
        damaged = connect_to_read(path, is_damaged=True)
    except sqlite3.DatabaseError:
        return copied
    with contextlib.closing(damaged):
        connection.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            columns = _common_columns(table, damaged, connection)
            if columns:
                copied[table] = _copy(table, columns, damaged, connection)
        connection.execute("COMMIT")
    return copied


def _common_columns(table: str, damaged: sqlite3.Connection, connection: sqlite3.Connection) -> list[str]:
    try:
        there = {row[1] for row in damaged.execute(f"PRAGMA table_info({table})")}
    except sqlite3.DatabaseError:
        return []
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] in there]


def _copy(table: str, columns: list[str], damaged: sqlite3.Connection, connection: sqlite3.Connection) -> int:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    copied = 0
    for row in _rows(table, names, damaged):
        if table == "drawings" and not _is_drawing(row):
            continue
        # What breaks a rule of the tables, or belongs to a run that is lost, is of no use.
        with contextlib.suppress(sqlite3.IntegrityError):
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row))
            copied += 1
    return copied


def _rows(table: str, names: str, damaged: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """All rows that can be read: a range with a fault in it is halved until the fault stands alone."""
    ranges = [(1, _highest(table, damaged))]
    while ranges:
        first, last = ranges.pop()
        if first > last:
            continue
        try:
            rows = damaged.execute(
                f"SELECT {names} FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                (first, last),
            ).fetchall()
        except sqlite3.DatabaseError:
            if first < last:
                middle = (first + last) // 2
                ranges += [(middle + 1, last), (first, middle)]
            continue
        yield from rows


def _highest(table: str, damaged: sqlite3.Connection) -> int:
    """The highest number that was ever given to a row."""
    for query in (
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
        f"SELECT max(rowid) FROM {table}",
    ):
        with contextlib.suppress(sqlite3.DatabaseError):
            row = damaged.execute(query).fetchone()
            if row is not None and isinstance(row[0], int):
                return min(row[0], _MOST_ROWS)
    return _GUESSED_ROWS


# A number beyond is damage itself. Halving down to single rows takes time only where rows are unreadable:
# some seconds for as many as are guessed where nothing is known.
_MOST_ROWS = 1 << 24
_GUESSED_ROWS = 1 << 18


def _is_drawing(row: sqlite3.Row) -> bool:
    try:
        return not Ink.from_json(row["ink"]).is_empty
    except (InkError, TypeError, IndexError):
        return False
