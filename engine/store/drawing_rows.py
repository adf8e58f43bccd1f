"""The rows that labelled drawings are kept in: how one is written, and read back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.data.drawing_lines import DrawingLine, digit_of
from engine.errors import InkError
from engine.preprocessing.ink import Ink
from engine.store.fingerprints import fingerprint
from engine.store.sound_rows import is_sound
from engine.store.texts import storable


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network said.

    Attributes:
        name: Of the class that it gave.
        probability: That it gave the class, 0 to 1.
        network: Its name.
    """

    name: str
    probability: float
    network: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One labelled drawing.

    Attributes:
        id: Of the drawing, never used again.
        created: When it was kept, ISO 8601 with time zone.
        label: What it is: the name of a class, such as ``7`` or ``plus``.
        ink: As it was drawn, not empty.
        writer: Who drew it; empty where that is not said.
        answer: What the network in use said then; None where none was asked.
    """

    id: int
    created: str
    label: str
    ink: Ink
    writer: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class DrawingRow:
    """A drawing that is about to be kept."""

    created: str
    label: str
    writer: str
    ink: str
    fingerprint: str
    answer: Answer | None = None


def row_of_line(line: DrawingLine, created: str) -> DrawingRow:
    """A drawing from elsewhere, as it is kept; ``three`` is a 3."""
    digit = digit_of(line.label)
    label = line.label if digit is None else str(digit)
    writer = storable(line.writer or "")
    mark = fingerprint(label, writer, line.strokes)
    return DrawingRow(created, label, writer, line.ink_text, mark)


def insert_drawings(connection: sqlite3.Connection, rows: Sequence[DrawingRow]) -> list[int]:
    """Add rows, within a transaction; returns their numbers."""
    if not rows:
        return []
    connection.executemany(
        "INSERT INTO drawings (created, label, writer, ink, fingerprint, answer, probability, network) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        map(_values, rows),
    )
    # Numbers follow on each other, and nobody else writes meanwhile.
    last = int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])
    return list(range(last - len(rows) + 1, last + 1))


def _values(row: DrawingRow) -> tuple[object, ...]:
    said = row.answer
    answer = (said.name, said.probability, storable(said.network)) if said else (None, None, "")
    return row.created, row.label, row.writer, row.ink, row.fingerprint, *answer


def readable_drawings(rows: Sequence[sqlite3.Row]) -> Iterator[Drawing]:
    """What is damaged is passed over: one bad row must not hide a gallery."""
    for row in rows:
        if not is_sound("drawings", row):
            continue
        with contextlib.suppress(InkError):
            said = row["answer"] is not None
            yield Drawing(
                id=row["id"],
                created=row["created"],
                label=str(row["label"]),  # a number in a store of an earlier version that may only be read
                ink=Ink.from_json(row["ink"]),
                writer=row["writer"],
                answer=Answer(str(row["answer"]), row["probability"], row["network"]) if said else None,
            )
