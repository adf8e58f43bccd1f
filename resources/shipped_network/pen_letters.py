"""Pen letters: letters and signs of the people who wrote the pen digits, for learning what is no digit."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import DataError
from engine.preprocessing.rasteriser import Polyline

LOOK_ALIKES = frozenset("OoDQIl|/',;!()[]`ZzSsBGbqgyY&^~_")
"""Signs that many people write like a digit, and rare ones: neither learned nor measured."""


@dataclass(frozen=True, slots=True)
class PenLetters:
    """Letters and signs that look like no digit.

    Attributes:
        drawings: Of each, its strokes: (points, 2) float64, x to the right and y downwards.
        signs: Which letter or sign each is.
        writers: Who wrote it.
    """

    drawings: tuple[tuple[Polyline, ...], ...]
    signs: tuple[str, ...]
    writers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.drawings)

    def of(self, writers: frozenset[str], are_left_out: bool = False) -> PenLetters:
        """Those of some writers, or of all others."""
        chosen = [place for place, writer in enumerate(self.writers) if (writer in writers) != are_left_out]
        return PenLetters(
            tuple(self.drawings[place] for place in chosen),
            tuple(self.signs[place] for place in chosen),
            tuple(self.writers[place] for place in chosen),
        )


def load_pen_letters(path: Path) -> PenLetters:
    """Read gzip-compressed JSON lines as those of the pen digits, ``label`` a letter or sign.

    Raises:
        DataError: The file is missing, or a line is something else.
    """
    drawings, signs, writers = [], [], []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if record["label"] in LOOK_ALIKES:
                    continue
                strokes = [np.array(stroke, dtype=np.float64) for stroke in record["strokes"] if stroke]
                drawings.append(tuple(strokes))
                signs.append(str(record["label"]))
                writers.append(str(record["writer"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"The pen letters in {path} cannot be read: {error}.") from error
    return PenLetters(tuple(drawings), tuple(signs), tuple(writers))
