"""Shown reading: a set that was named on the command line, and how far the reading of it is."""

from __future__ import annotations

from pathlib import Path

from engine.cli.progress import Progress
from engine.data.sets.found_set import FoundSet
from engine.data.sets.reading import read_set
from engine.plain_text import plain_name


def read_shown(path: Path, progress: Progress) -> FoundSet:
    """The set at a path. Ctrl+C ends the reading at once; however it ends, the line of progress is gone.

    Raises:
        DataError: As `read_set`.
    """
    place = path.absolute()  # the folder that one stands in has a name
    words = f"reading {plain_name(place.name)}"
    try:
        return read_set(place, lambda share: progress.show(share, words))
    finally:
        progress.clear()
