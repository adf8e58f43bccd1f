"""Picture folders: all files in a folder and the folders below, in one order on every computer."""

from __future__ import annotations

import os
from pathlib import Path

from engine.data.sets.picture_places import is_hidden
from engine.data.sets.picture_set import MOST_FILES
from engine.data.sets.stored_files import StoredFile
from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError

# Below the folder: parts, classes, and what people sort pictures by within these.
_DEEPEST = 10


def files_below(folder: Path, work: WatchedWork = UNWATCHED) -> list[tuple[tuple[str, ...], StoredFile]]:
    """Each file with the names of the folders that lead to it and its own; hidden ones are passed over.

    Links are followed; a folder that links lead to again is listed once.

    Raises:
        DataError: There are more than `MOST_FILES`, or the work is to end, which each folder asks.
        OSError: A folder cannot be listed.
    """
    found: list[tuple[tuple[str, ...], StoredFile]] = []
    seen: set[tuple[int, int]] = set()

    def look(place: Path, names: tuple[str, ...]) -> None:
        status = place.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        work.check()
        with os.scandir(place) as scanned:
            entries = sorted((entry.name, entry.is_dir()) for entry in scanned if not is_hidden(entry.name))
        for entry_name, is_folder in entries:
            inner = (*names, entry_name)
            if not is_folder:
                found.append((inner, StoredFile.at(place / entry_name)))
            elif len(inner) < _DEEPEST:
                look(place / entry_name, inner)
        if len(found) > MOST_FILES:
            raise DataError(f"{folder.name} has more than {MOST_FILES:,} files: choose a smaller folder.")

    look(folder, ())
    return found
