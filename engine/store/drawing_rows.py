"""The rows that labelled drawings are kept in: how one is written, and read back."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.data.digit_lines import Strokes, digit_line
from engine.errors import InkError
from engine.preprocessing.ink import Ink
from engine.store.sound_rows import is_sound
from engine.store.texts import storable


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network said.

    Attributes:
        digit: 0 to 9.
        probability: That it gave the digit, 0 to 1.
        network: Its name.
    """

    digit: int
    probability: float
    network: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One labelled drawing.

    Attributes:
        id: Of the drawing, never used again.
        created: When it was kept, ISO 8601 with time zone.
        label: What it is, 0 to 9.
        ink: As it was drawn, not empty.
        writer: Who drew it; empty where that is not said.
        answer: What the network in use said then; None where none was asked.
    """

    id: int
    created: str
    label: int
    ink: Ink
    writer: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class DrawingRow:
    """A drawing that is about to be kept."""

    created: str
    label: int
    writer: str
    ink: str
    fingerprint: str
    answer: Answer | None = None


def insert_drawing(connection: sqlite3.Connection, row: DrawingRow) -> int:
    """Add a row; returns its number."""
    answer = row.answer
    cursor = connection.execute(
        "INSERT INTO drawings (created, label, writer, ink, fingerprint, answer, probability, network) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.created,
            row.label,
            row.writer,
            row.ink,
            row.fingerprint,
            answer.digit if answer else None,
            answer.probability if answer else None,
            storable(answer.network) if answer else "",
        ),
    )
    return int(cursor.lastrowid or 0)


def fingerprint(label: int, writer: str, strokes: Strokes) -> str:
    """The same for a drawing and for the line that it is exported as."""
    return hashlib.sha256(digit_line(label, writer, strokes).encode()).hexdigest()[:32]


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
                label=row["label"],
                ink=Ink.from_json(row["ink"]),
                writer=row["writer"],
                answer=Answer(row["answer"], row["probability"], row["network"]) if said else None,
            )
