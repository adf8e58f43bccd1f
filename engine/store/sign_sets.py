"""Sets of signs: what somebody wants told apart, by names of their own.

The drawings of a sign are all that are labelled with its name, whether they were made for a set or not.
"""

from __future__ import annotations

import json
import sqlite3
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.classes import Classes
from engine.errors import StoreError
from engine.plain_text import plain_name
from engine.store.connection import reading
from engine.store.drawing_rows import readable_drawings
from engine.store.drawings import VISITOR
from engine.store.own_drawings import pen_digits_of
from engine.store.schema import has_table
from engine.store.sound_rows import classes_of, is_sound
from engine.store.texts import now, storable
from engine.store.writes import Writes

if TYPE_CHECKING:
    from engine.data.pen_digits import PenDigits

MOST_LEARNED = 100
"""Drawings of a sign that are learned, the newest: more take longer than somebody waits who drew five."""

_GONE = "This set of signs is no longer there: make a new one."


@dataclass(frozen=True, slots=True)
class SignSet:
    """Signs that are told apart.

    Attributes:
        id: Of the set, never used again.
        name: What to call it.
        created: When it was made, ISO 8601 with time zone.
        classes: The names of its signs.
        counts: How many drawings there are of each.
        network: Name of the file of the network that learned it last; empty while there is none.
    """

    id: int
    name: str
    created: str
    classes: Classes
    counts: tuple[int, ...]
    network: str = ""


class SignSets:
    """The sets of a store. What reads answers at once; what writes answers with a future."""

    def __init__(self, path: Path, writer: Writes) -> None:
        self._path = path
        self._writer = writer

    def add(self, name: str, classes: Classes) -> Future[int]:
        """Keep a set without drawings; the answer is its number.

        Args:
            name: What to call it; without one, it is called by its first signs.
            classes: The names of its signs.
        """
        row = (plain_name(name) or classes.listed(), now(), json.dumps(classes.names))
        return self._writer.submit(
            lambda connection: int(
                connection.execute(
                    "INSERT INTO sign_sets (name, created, classes) VALUES (?, ?, ?)", row
                ).lastrowid
                or 0
            ),
        )

    def entries(self) -> list[SignSet]:
        """All sets, newest first.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            if not has_table(connection, "sign_sets"):
                return []
            sets = connection.execute(
                "SELECT * FROM sign_sets WHERE deleted IS NULL ORDER BY id DESC"
            ).fetchall()
            counted = connection.execute(
                "SELECT label, count(*) FROM drawings WHERE deleted IS NULL AND writer <> ? GROUP BY label",
                (VISITOR,),
            ).fetchall()
        counts = {str(row[0]): int(row[1]) for row in counted}
        found = []
        for row in sets:
            if is_sound("sign_sets", row) and (classes := classes_of(row["classes"])) is not None:
                of_each = tuple(counts.get(name, 0) for name in classes)
                found.append(
                    SignSet(row["id"], row["name"], row["created"], classes, of_each, row["network"])
                )
        return found

    def get(self, sign_set: int) -> SignSet:
        """One set.

        Raises:
            StoreError: There is none of that number, or the store cannot be read.
        """
        for each in self.entries():
            if each.id == sign_set:
                return each
        raise StoreError(_GONE)

    def rename(self, sign_set: int, name: str) -> Future[None]:
        """Call a set by another name; a blank one changes nothing."""
        wanted = plain_name(name)
        return self._change(
            "UPDATE sign_sets SET name = ? WHERE id = ? AND ? <> ''", (wanted, sign_set, wanted)
        )

    def note_network(self, sign_set: int, network: str) -> Future[None]:
        """Remember the file, by its name, of the network that learned a set."""
        return self._change("UPDATE sign_sets SET network = ? WHERE id = ?", (storable(network), sign_set))

    def delete(self, sign_set: int) -> Future[None]:
        """Take a set away, but none of its drawings; `restore` brings it back until `purge` was called."""
        return self._change("UPDATE sign_sets SET deleted = ? WHERE id = ?", (time.time(), sign_set))

    def restore(self, sign_set: int) -> Future[None]:
        """Bring a deleted set back."""
        return self._change("UPDATE sign_sets SET deleted = NULL WHERE id = ?", (sign_set,))

    def to_learn(self, sign_set: int) -> PenDigits:
        """A set as `engine.adaptation.new_signs` learns it: its drawings, oldest first.

        Raises:
            StoreError: It is no longer there, or the store cannot be read.
        """
        known = self.get(sign_set)
        with reading(self._path) as connection:
            rows = connection.execute(
                "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY label ORDER BY id DESC) AS place "
                "FROM drawings WHERE deleted IS NULL AND writer <> ? "
                "AND label IN (SELECT value FROM json_each(?))) WHERE place <= ? ORDER BY id",
                (VISITOR, json.dumps(known.classes.names), MOST_LEARNED),
            ).fetchall()
        return pen_digits_of(list(readable_drawings(rows)), known.name, known.classes)

    def purge(self, least_age_s: float = 0.0) -> Future[int]:
        """Remove for good the sets that were deleted so many seconds ago; the answer counts them."""
        before = time.time() - least_age_s
        return self._writer.submit(
            lambda connection: (
                connection.execute("DELETE FROM sign_sets WHERE deleted <= ?", (before,)).rowcount
            )
        )

    def _change(self, sql: str, values: tuple[object, ...]) -> Future[None]:
        def do(connection: sqlite3.Connection) -> None:
            connection.execute(sql, values)

        return self._writer.submit(do)
