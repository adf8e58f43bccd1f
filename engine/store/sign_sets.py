"""Sets of signs: what somebody wants told apart, by names of their own, and the drawings of each sign."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.classes import Classes
from engine.data.digit_lines import MOST_POINTS
from engine.errors import InkError, StoreError
from engine.plain_text import plain_name
from engine.preprocessing.ink import Ink
from engine.store.connection import reading
from engine.store.schema import has_table
from engine.store.sound_rows import classes_of, is_sound
from engine.store.texts import now, storable
from engine.store.writes import Writes

if TYPE_CHECKING:
    from engine.data.pen_digits import PenDigits

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


@dataclass(frozen=True, slots=True)
class SignDrawing:
    """One drawing of a sign.

    Attributes:
        id: Of the drawing, never used again.
        label: The place of its sign in the set's classes.
        ink: As it was drawn, not empty.
        writer: Who drew it; empty where that is not said.
    """

    id: int
    label: int
    ink: Ink
    writer: str


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
                "SELECT sign_set, label, count(*) FROM sign_drawings WHERE deleted IS NULL "
                "GROUP BY sign_set, label"
            ).fetchall()
        counts = {(row[0], row[1]): int(row[2]) for row in counted}
        found = []
        for row in sets:
            if is_sound("sign_sets", row) and (classes := classes_of(row["classes"])) is not None:
                of_each = tuple(counts.get((row["id"], label), 0) for label in range(len(classes)))
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
        """Take a set away, with its drawings; `restore` brings it back until `purge` was called."""
        return self._change("UPDATE sign_sets SET deleted = ? WHERE id = ?", (time.time(), sign_set))

    def restore(self, sign_set: int) -> Future[None]:
        """Bring a deleted set back."""
        return self._change("UPDATE sign_sets SET deleted = NULL WHERE id = ?", (sign_set,))

    def add_drawing(self, sign_set: int, label: int, ink: Ink, writer: str = "") -> Future[int]:
        """Keep a drawing of a sign; the answer is its number.

        Args:
            sign_set: The number of the set.
            label: The place of the sign in the set's classes.
            ink: What was drawn.
            writer: Who drew it, or empty.

        Raises:
            StoreError: Nothing is drawn, or more than `MOST_POINTS`. The future has one if the set is gone,
                or has no such sign.
        """
        if ink.is_empty:
            raise StoreError("There is nothing to save yet. Draw the sign first.")
        if sum(map(len, ink.strokes)) > MOST_POINTS:
            raise StoreError(f"A sign of more than {MOST_POINTS:,} points is not saved. Draw it again.")
        row = (sign_set, now(), label, storable(writer), ink.to_json())

        def do(connection: sqlite3.Connection) -> int:
            found = connection.execute("SELECT classes FROM sign_sets WHERE id = ?", (sign_set,)).fetchone()
            classes = None if found is None else classes_of(found[0])
            if classes is None:
                raise StoreError(_GONE)
            if not 0 <= label < len(classes):
                raise StoreError(f"This set has {len(classes)} signs: choose one of them.")
            cursor = connection.execute(
                "INSERT INTO sign_drawings (sign_set, created, label, writer, ink) VALUES (?, ?, ?, ?, ?)",
                row,
            )
            return int(cursor.lastrowid or 0)

        return self._writer.submit(do, waits=True)

    def delete_drawings(self, drawings: Sequence[int]) -> Future[None]:
        """Take drawings away, by their numbers."""
        return self._change(
            "UPDATE sign_drawings SET deleted = ? WHERE id IN (SELECT value FROM json_each(?))",
            (time.time(), json.dumps(list(drawings))),
        )

    def drawings(self, sign_set: int) -> list[SignDrawing]:
        """The drawings of a set, oldest first.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            if not has_table(connection, "sign_sets"):
                return []
            rows = connection.execute(
                "SELECT * FROM sign_drawings WHERE sign_set = ? AND deleted IS NULL ORDER BY id", (sign_set,)
            ).fetchall()
        found = []
        for row in rows:
            if is_sound("sign_drawings", row):
                with contextlib.suppress(InkError):  # one bad row must not hide the others
                    ink = Ink.from_json(row["ink"])
                    found.append(SignDrawing(row["id"], row["label"], ink, row["writer"]))
        return found

    def to_learn(self, sign_set: int) -> PenDigits:
        """A set as `engine.adaptation.new_signs` learns it.

        Raises:
            StoreError: It is no longer there, or the store cannot be read.
        """
        from engine.data.pen_digits import PenDigits

        known = self.get(sign_set)
        drawings = [each for each in self.drawings(sign_set) if each.label < len(known.classes)]
        return PenDigits(
            tuple(each.ink for each in drawings),
            tuple(each.label for each in drawings),
            tuple(each.writer for each in drawings),
            known.classes,
            known.name,
        )

    def purge(self, least_age_s: float = 0.0) -> Future[int]:
        """Remove for good what was deleted so many seconds ago; the answer counts sets and drawings."""
        before = time.time() - least_age_s

        def do(connection: sqlite3.Connection) -> int:
            drawings = "DELETE FROM sign_drawings WHERE deleted <= :before OR sign_set IN "
            gone = "(SELECT id FROM sign_sets WHERE deleted <= :before)"
            count = connection.execute(drawings + gone, {"before": before}).rowcount
            return count + connection.execute("DELETE FROM sign_sets WHERE deleted <= ?", (before,)).rowcount

        return self._writer.submit(do)

    def _change(self, sql: str, values: tuple[object, ...]) -> Future[None]:
        def do(connection: sqlite3.Connection) -> None:
            connection.execute(sql, values)

        return self._writer.submit(do)
