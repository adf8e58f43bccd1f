"""Sets of strokes: JSON lines, those of Quick, Draw! among them, painted as everything drawn is."""

from __future__ import annotations

import gzip
from collections import Counter
from typing import BinaryIO, cast

import numpy as np

from engine.data.drawing_lines import FaultyLine, read_drawing_lines
from engine.data.sets.found_set import FoundSet, found_set
from engine.data.sets.stored_files import READING_ERRORS, StoredFile, why_not_read
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import SIDE, normalise_inks

_AT_ONCE = 1000


def read_lines_set(stored: StoredFile, name: str, work: WatchedWork = UNWATCHED) -> FoundSet:
    """The set in a file of JSON lines; a line that is no labelled drawing is left out and counted.

    Args:
        stored: The file, packed with gzip or not.
        name: What to call the set.
        work: Told the share of its bytes, line by line.

    Raises:
        DataError: It cannot be read, no line is a labelled drawing, or the work is to end.
    """
    faults: Counter[str] = Counter()
    labels: list[str] = []
    painted = [np.empty((0, SIDE * SIDE), np.uint8)]
    inks: list[Ink] = []

    def paint() -> None:
        if inks:
            painted.append((normalise_inks(inks) * 255 + 0.5).astype(np.uint8))
            inks.clear()

    try:
        with stored.open() as opened:
            size = max(1, stored.size(opened))
            is_packed = opened.read(2) == b"\x1f\x8b"
            opened.seek(0)
            with gzip.GzipFile(fileobj=opened) if is_packed else opened as file:
                for line in read_drawing_lines(cast(BinaryIO, file)):
                    work.tell(opened.tell() / size)
                    if isinstance(line, FaultyLine):
                        faults[f"lines {line.fault}"] += 1
                        continue
                    inks.append(line.ink)
                    labels.append(line.label)
                    if len(inks) == _AT_ONCE:
                        paint()
    except READING_ERRORS as error:
        raise why_not_read(stored.name, error) from error
    paint()
    if not labels:
        reason = f": its lines are {next(iter(faults)).removeprefix('lines ')}" if faults else ""
        raise DataError(f"{stored.name} has no labelled drawings{reason}.")
    return found_set(name, ((np.concatenate(painted), labels),), faults)
