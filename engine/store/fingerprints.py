"""Fingerprints: the same for a drawing and for the line it is exported as, so that none is taken in twice."""

from __future__ import annotations

import hashlib

from engine.data.drawing_lines import Strokes, drawing_line
from engine.errors import InkError
from engine.preprocessing.ink import Ink


def fingerprint(label: str, writer: str, strokes: Strokes) -> str:
    """Of what is said of a drawing and of its shape, whatever its size; 32 characters."""
    return hashlib.sha256(drawing_line(label, writer, strokes).encode()).hexdigest()[:32]


def fingerprint_of_row(label: str, writer: str, ink: str) -> str:
    """The same of what a row of the store has; empty where it is damaged."""
    try:
        return fingerprint(label, writer, Ink.from_json(ink).strokes)
    except InkError:
        return ""
