"""Labelled drawings: what somebody drew, what they say it is, and what the network said."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from engine.data.class_names import LONGEST_CLASS, class_name, in_order
from engine.data.drawing_lines import MOST_POINTS
from engine.errors import StoreError
from engine.preprocessing.ink import Ink
from engine.store.connection import reading
from engine.store.drawing_rows import Answer as Answer
from engine.store.drawing_rows import Drawing as Drawing
from engine.store.drawing_rows import DrawingRow, insert_drawings, readable_drawings
from engine.store.fingerprints import fingerprint
from engine.store.texts import now, storable
from engine.store.writes import Writes

VISITOR = "booth visitor"
"""The writer of what a visitor draws, which is forgotten and never mixed with drawings of others."""


class Drawings:
    """The drawings of a store. What reads answers at once; what writes answers with a future."""

    def __init__(self, path: Path, writer: Writes) -> None:
        self._path = path
        self._writer = writer

    def add(self, ink: Ink, label: str, answer: Answer | None = None, writer: str = "") -> Future[int]:
        """Keep a drawing; the answer is its number. While there is no place to write to, it waits in memory.

        Raises:
            StoreError: The label is no name of a class, nothing is drawn, or more than `MOST_POINTS`.
        """
        _check(label)
        if ink.is_empty:
            raise StoreError("There is nothing to save yet. Draw something first.")
        if sum(map(len, ink.strokes)) > MOST_POINTS:
            raise StoreError(f"A drawing of more than {MOST_POINTS:,} points is not saved. Draw it again.")
        written_by = storable(writer)
        mark = fingerprint(label, written_by, ink.strokes)
        row = DrawingRow(now(), label, written_by, ink.to_json(), mark, answer)
        return self._writer.submit(lambda connection: insert_drawings(connection, [row])[0], waits=True)

    def add_rows(self, rows: Sequence[DrawingRow]) -> Future[list[int]]:
        """Keep drawings from elsewhere; the answer is the numbers of those that were not here yet."""

        def do(connection: sqlite3.Connection) -> list[int]:
            known = {
                row[0]
                for row in connection.execute(
                    "SELECT fingerprint FROM drawings WHERE deleted IS NULL "
                    "AND fingerprint IN (SELECT value FROM json_each(?))",
                    (json.dumps([row.fingerprint for row in rows]),),
                )
            }
            # By the fingerprint, since some may be twice among them.
            new = {row.fingerprint: row for row in reversed(rows) if row.fingerprint not in known}
            return insert_drawings(connection, list(reversed(new.values())))

        return self._writer.submit(do)

    def entries(
        self,
        label: str | None = None,
        only_misread: bool = False,
        are_deleted: bool = False,
        limit: int = -1,
        offset: int = 0,
    ) -> list[Drawing]:
        """Drawings, newest first.

        Args:
            label: Only those of this name.
            only_misread: Only those that the network named wrongly.
            are_deleted: Those that were deleted and can be restored, instead of the others.
            limit: At most so many; all of them if negative.
            offset: Passing over so many.

        Raises:
            StoreError: The store cannot be read.
        """
        sql = f"SELECT * FROM drawings WHERE {_wanted(label, only_misread, are_deleted)} "
        sql += "ORDER BY id DESC LIMIT :limit OFFSET :offset"
        with reading(self._path) as connection:
            rows = connection.execute(sql, {"label": label, "limit": limit, "offset": offset}).fetchall()
        return list(readable_drawings(rows))

    def numbers(self, label: str | None = None, only_misread: bool = False) -> list[int]:
        """The numbers of drawings, newest first; `numbered` reads as many of them at a time as are needed.

        Args:
            label: Only those of this name.
            only_misread: Only those that the network named wrongly.

        Raises:
            StoreError: The store cannot be read.
        """
        wanted = f"SELECT id FROM drawings WHERE {_wanted(label, only_misread)} ORDER BY id DESC"
        with reading(self._path) as connection:
            # One row with all of them: a row for each takes several times as long.
            sql = f"SELECT json_group_array(id) FROM ({wanted})"
            numbers: list[int] = json.loads(connection.execute(sql, {"label": label}).fetchone()[0])
        return numbers

    def numbered(self, drawings: Sequence[int]) -> dict[int, Drawing]:
        """Drawings by their numbers, whether deleted or not; those that are no longer there are left out.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            rows = connection.execute(
                "SELECT * FROM drawings WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(drawings)),),
            ).fetchall()
        return {drawing.id: drawing for drawing in readable_drawings(rows)}

    def counts(self) -> dict[str, int]:
        """How many there are of each name that has some: digits first, then the others by the alphabet.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            rows = connection.execute(
                "SELECT label, count(*) FROM drawings WHERE deleted IS NULL GROUP BY label"
            )
            found = {str(row[0]): int(row[1]) for row in rows}
        return {name: found[name] for name in in_order(found)}

    def labels(self, drawings: Sequence[int]) -> dict[int, str]:
        """The labels of those of the drawings that are there and not deleted.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            rows = connection.execute(
                "SELECT id, label FROM drawings "
                "WHERE deleted IS NULL AND id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(drawings)),),
            )
            return {row[0]: str(row[1]) for row in rows}

    def relabel(self, labels: Mapping[int, str]) -> Future[dict[int, str]]:
        """Say anew what drawings are.

        Args:
            labels: By the drawings' numbers.

        Returns:
            The labels before, which take it back; a drawing that was removed for good is not among them. If
            none is left, that is a `StoreError`.

        Raises:
            StoreError: A label is no name of a class.
        """
        wanted = dict(labels)
        for label in wanted.values():
            _check(label)

        def do(connection: sqlite3.Connection) -> dict[int, str]:
            before = {}
            for drawing, label in wanted.items():
                row = connection.execute(
                    "SELECT label, writer, ink FROM drawings WHERE id = ?", (drawing,)
                ).fetchone()
                if row is not None:
                    before[drawing] = str(row[0])
                    connection.execute(
                        "UPDATE drawings SET label = ?, fingerprint = ? WHERE id = ?",
                        (label, fingerprint(label, row[1], Ink.from_json(row[2]).strokes), drawing),
                    )
            if wanted and not before:
                are = "This drawing is" if len(wanted) == 1 else "These drawings are"
                removed = "it was" if len(wanted) == 1 else "they were"
                raise StoreError(f"{are} no longer there: {removed} removed for good.")
            return before

        return self._writer.submit(do)

    def delete(self, drawings: Sequence[int]) -> Future[None]:
        """Take drawings away; `restore` brings them back until `purge` was called."""
        return self._mark(drawings, time.time())

    def restore(self, drawings: Sequence[int]) -> Future[None]:
        """Bring deleted drawings back."""
        return self._mark(drawings, None)

    def purge(self, least_age_s: float = 0.0) -> Future[int]:
        """Remove for good what was deleted so many seconds ago; the answer counts the drawings."""
        before = time.time() - least_age_s
        return self._writer.submit(
            lambda connection: (
                connection.execute("DELETE FROM drawings WHERE deleted <= ?", (before,)).rowcount
            )
        )

    def forget_writer(self, writer: str) -> Future[int]:
        """Remove for good all that somebody drew, deleted or not, from the log of changes as well.

        The answer counts the drawings.
        """
        written_by = storable(writer)
        forgotten = self._writer.submit(
            lambda connection: (
                connection.execute("DELETE FROM drawings WHERE writer = ?", (written_by,)).rowcount
            )
        )
        forgotten.add_done_callback(lambda _: self._writer.truncate_log())
        return forgotten

    def answer(self, answers: Mapping[int, Answer]) -> Future[int]:
        """Note what a network says of drawings, in place of what one said before; counts them."""
        rows = [
            (each.name, each.probability, storable(each.network), number) for number, each in answers.items()
        ]
        return self._writer.submit(
            lambda connection: (
                connection.executemany(
                    "UPDATE drawings SET answer = ?, probability = ?, network = ? WHERE id = ?", rows
                ).rowcount
            )
        )

    def _mark(self, drawings: Sequence[int], deleted: float | None) -> Future[None]:
        numbers = json.dumps(list(drawings))

        def do(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE drawings SET deleted = ? WHERE id IN (SELECT value FROM json_each(?))",
                (deleted, numbers),
            )

        return self._writer.submit(do)


def _wanted(label: str | None, only_misread: bool, are_deleted: bool = False) -> str:
    """The condition of a query; it takes ``:label`` from the query's values."""
    conditions = [f"deleted IS {'NOT ' * are_deleted}NULL"]
    if label is not None:
        conditions.append("label = :label")
    if only_misread:
        conditions.append("answer <> label")
    return " AND ".join(conditions)


def _check(label: str) -> None:
    if not isinstance(label, str) or class_name(label) != label:
        raise StoreError(f"A label has 1 to {LONGEST_CLASS} visible characters: choose another one.")
