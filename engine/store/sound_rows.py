"""Sound rows: whether what is read from the store is what the tables are to hold.

SQLite takes any value in any column, and reads whatever a damaged page has; a row that is none must neither
hide the others nor reach anybody.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from engine.data.class_names import class_name
from engine.data.classes import MOST_CLASSES, Classes
from engine.errors import DataError
from engine.store.schema import FORMER_TABLES, MIGRATIONS, TABLES, template

_TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "REAL": (float, int),
    "TEXT": (str,),
    "BLOB": (bytes,),
}
_DIGITS = range(10)
_NAMES = ("label", "answer")

STROKES = "CASE WHEN json_valid(ink) THEN json_type(ink, '$.strokes') END"
"""In SQL, of a drawing: ``array`` where it has strokes; points are looked at when they are read."""


@functools.cache
def columns_of(table: str, version: int | None = None) -> dict[str, tuple[tuple[type, ...], bool]]:
    """Types of a table's columns in their order, and whether they may be NULL.

    Args:
        table: One of `TABLES` or `FORMER_TABLES`.
        version: Of the store; where it has no such table, nothing is answered. None for the last one that
            has the table.
    """
    if version is None:
        return next(found for number in range(len(MIGRATIONS), 0, -1) if (found := columns_of(table, number)))
    with template(version) as connection:
        return {
            row[1]: (_TYPES[row[2]], not row[3] and not row[5])
            for row in connection.execute(f"PRAGMA table_info({table})")
        }


@functools.cache
def table_of(columns: int) -> str | None:
    """The table that has so many columns, or had in an earlier version; no two have the same number."""
    return {
        len(columns_of(table, version)): table
        for version in range(1, len(MIGRATIONS) + 1)
        for table in (*TABLES, *FORMER_TABLES)
        if columns_of(table, version)
    }.get(columns)


def is_sound(table: str, row: Mapping[str, Any] | sqlite3.Row) -> bool:
    """Whether a row, by names of columns, has the types of its table, and what belongs there."""
    for name, (types, may_be_null) in columns_of(table).items():
        try:
            value = row[name]
        except (IndexError, KeyError):  # of an earlier version, which had no such column
            value = None
        if table == "drawings" and name in _NAMES and _is_name(value):
            continue
        if not (may_be_null if value is None else isinstance(value, types)):
            return False
    if table == "sign_sets":
        return classes_of(row["classes"]) is not None
    if table == "sign_drawings":
        return 0 <= int(row["label"]) < MOST_CLASSES
    if table != "drawings":
        return True
    answer = row["answer"]
    return _is_name(row["label"]) and (
        answer is None or (_is_name(answer) and row["probability"] is not None)
    )


def _is_name(value: object) -> bool:
    """Whether it is the name of a class, or a digit as a number, as versions of before kept them."""
    return class_name(value) == value if isinstance(value, str) else type(value) is int and value in _DIGITS


def classes_of(text: str) -> Classes | None:
    """The classes that were kept as a list of JSON; None if they are damaged."""
    try:
        names = json.loads(text)
        return Classes(tuple(names)) if isinstance(names, list) and all(map(_is_text, names)) else None
    except (ValueError, RecursionError, DataError):
        return None


def _is_text(name: object) -> bool:
    return isinstance(name, str)
