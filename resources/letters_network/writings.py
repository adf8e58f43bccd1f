"""Writings: capital letters and digits of the same people, as the strokes that their pens made."""

from __future__ import annotations

import gzip
import json
import string
from dataclasses import replace
from pathlib import Path

from engine.data.classes import DIGITS, Classes
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.errors import DataError, InkError
from engine.preprocessing.ink import Ink

CAPITALS = Classes(tuple(string.ascii_uppercase))
LETTERS_AND_DIGITS = DIGITS.joined(CAPITALS)
"""The ten digits, then the letters A to Z."""

NAME = "pen letters and digits"
_VALIDATION_SHARE, _VALIDATION_SEED = 0.25, 1


def load_writings(folder: Path, is_choosing: bool) -> tuple[PenDigits, PenDigits]:
    """What to learn from, and what to measure on: digits and capitals of other people.

    Args:
        folder: Has ``pen-digits`` and ``pen-letters``.
        is_choosing: Whether a recipe is being chosen: then those measured on are some of those that the
            finished network learns from, and the 24 whom that one is measured on are in neither part.

    Raises:
        DataError: The files are missing or damaged.
    """
    digits = load_pen_digits(folder / "pen-digits" / "strokes.jsonl")
    letters = load_signs(folder / "pen-letters" / "strokes.jsonl.gz", CAPITALS)
    everything = _joined(digits, letters)
    left_out = frozenset(digits.split_by_writer()[1].writers)
    known = everything.where([writer not in left_out for writer in everything.writers])
    if is_choosing:
        return known.split_by_writer(_VALIDATION_SHARE, _VALIDATION_SEED)
    return known, everything.where([writer in left_out for writer in everything.writers])


def load_signs(path: Path, classes: Classes) -> PenDigits:
    """The letters and signs of some classes in a gzip-compressed file of JSON lines.

    Raises:
        DataError: The file is missing, or a line is something else.
    """
    inks, labels, writers = [], [], []
    places = {name: place for place, name in enumerate(classes)}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                place = places.get(record["label"])
                if place is not None:
                    inks.append(Ink.from_lists(record["strokes"]))
                    labels.append(place)
                    writers.append(str(record["writer"]))
    except (OSError, ValueError, KeyError, TypeError, InkError) as error:
        raise DataError(f"The pen letters in {path} cannot be read: {error}.") from error
    return PenDigits(tuple(inks), tuple(labels), tuple(writers), classes, NAME)


def _joined(digits: PenDigits, letters: PenDigits) -> PenDigits:
    return replace(
        letters,
        inks=(*digits.inks, *letters.inks),
        labels=(*digits.labels, *(len(DIGITS) + label for label in letters.labels)),
        writers=(*digits.writers, *letters.writers),
        classes=LETTERS_AND_DIGITS,
    )
