"""Recovery: a damaged store is put aside, never deleted; every row that can be read goes into a new one."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.store.leaf_pages import LeafRow, leaf_rows
from engine.store.schema import FORMER_TABLES, SIGNS_TO_DRAWINGS, TABLES, add_functions
from engine.store.sound_rows import STROKES, columns_of, is_sound, table_of

# A store is up to four files: a log and its index, a journal in place of these, and what all belong to.
_ENDINGS = ("-wal", "-shm", "-journal", "")
# Everybody who has the file open holds a lock on one of these bytes, far beyond its end.
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
# Of the table in which SQLite keeps the highest number that each table ever gave.
_SEQUENCE_COLUMNS = 2
# A number beyond is damage itself, and none would be left to give.
_HIGHEST_NUMBER = 1 << 40


@dataclass(slots=True)
class Salvage:
    """What came of a recovery.

    Attributes:
        copied: How many rows of each table are in the new store.
        left_out: Rows that were found and could not be read, or are none of a table.
    """

    copied: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*TABLES, *FORMER_TABLES), 0))
    left_out: int = 0


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


def is_open_elsewhere(path: Path) -> bool:
    """Whether another program has the store open: it would go on writing to a file that was put aside.

    Told from the bytes that SQLite locks while a file is open (https://www.sqlite.org/lockingv3.html). Where
    files are locked otherwise, as on Windows, an open file cannot be renamed, which says the same later.
    """
    try:
        import fcntl
    except ImportError:
        return False
    try:
        file = path.open("r+b")
    except OSError:
        return False  # it may not be written to, and nobody does
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            return error.errno in (errno.EACCES, errno.EAGAIN)
    return False


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


def salvage(
    path: Path, connection: sqlite3.Connection, on_progress: Callable[[float], None] | None = None
) -> Salvage:
    """Copy every readable row of a damaged store into an empty new one, in one pass over its pages.

    Args:
        path: Of the damaged store.
        connection: To the new one.
        on_progress: Called with the share that is done, 0 to 1.

    Raises:
        sqlite3.Error: The new store does not take them.
        OSError: The damaged file cannot be read at all.
    """
    done = Salvage()
    highest: dict[str, int] = {}
    add_functions(connection)
    connection.execute("BEGIN IMMEDIATE")
    for table in FORMER_TABLES:
        names = (f"{name} INTEGER PRIMARY KEY" if name == "id" else name for name in columns_of(table))
        connection.execute(f"CREATE TEMPORARY TABLE {table} ({', '.join(names)})")
    # Rows come in the order of pages, so that those of a run may come before it.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for row in leaf_rows(path, on_progress):
        if row is None:
            done.left_out += 1
        elif len(row.values) == _SEQUENCE_COLUMNS:
            _note_highest(row, highest)
        else:
            _copy(row, connection, done)
    for table in ("drawings", "sign_drawings"):
        undrawn = connection.execute(f"DELETE FROM {table} WHERE {STROKES} IS NOT 'array'").rowcount
        done.copied[table] -= undrawn
        done.left_out += undrawn
    # A training whose search is lost is one by itself.
    connection.execute(
        "UPDATE runs SET search = NULL, point = NULL "
        "WHERE search IS NOT NULL AND search NOT IN (SELECT id FROM searches)"
    )
    # Of no use any more: curves of a run that is lost.
    for table in ("losses", "epochs"):
        orphans = f"DELETE FROM {table} WHERE run NOT IN (SELECT id FROM runs)"
        done.copied[table] -= connection.execute(orphans).rowcount
    for table, number in highest.items():
        connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, table))
        connection.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)",
            (table, number, table),
        )
    # Where the set of a sign is lost, nobody knows what its drawings are.
    done.copied["drawings"] += connection.execute(SIGNS_TO_DRAWINGS).rowcount
    for table in FORMER_TABLES:
        connection.execute(f"DROP TABLE {table}")
        done.copied[table] = 0
    connection.execute("COMMIT")
    return done


def _note_highest(row: LeafRow, highest: dict[str, int]) -> None:
    """Numbers are not given again, even where the rows that had them are lost."""
    name, number = row.values
    if isinstance(name, str) and name in TABLES and isinstance(number, int) and 0 <= number < _HIGHEST_NUMBER:
        highest[name] = max(number, highest.get(name, 0))


def _copy(row: LeafRow, connection: sqlite3.Connection, done: Salvage) -> None:
    table = table_of(len(row.values))
    if table is None:
        done.left_out += 1
        return
    names = list(columns_of(table))
    # A row that was written before a column was added lies there without it.
    values = {**dict.fromkeys(names), **dict(zip(names, row.values, strict=False)), "id": row.number}
    if not (0 < row.number < _HIGHEST_NUMBER and is_sound(table, values)):
        done.left_out += 1
        return
    # A number that is there twice is damage, too; the first one stays.
    with contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            tuple(values.values()),
        )
        done.copied[table] += 1
