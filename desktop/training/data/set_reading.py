"""Set reading: a set of the user's own, read away from the window and given up at once if asked to."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.settings.set_settings import KnownSet, can_be_remembered
from desktop.training.data.set_samples import ClassSamples, class_samples
from engine.data.drawing_names import DRAWINGS_NAMES
from engine.data.sources import DATA_SOURCES
from engine.errors import DataError, StoppedError
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from engine.data.sets.found_set import FoundSet
    from engine.data.sources import TrainingData
    from engine.data.watched_work import IsCancelled, OnProgress

_POLL_S = 0.05
# A folder of a hundred thousand pictures is not walked through at each training.
_MOST_LOOKED_AT = 2000

SetKey = tuple[str, tuple[int, int]]
"""Path of a set, when it was last written, and its bytes: another one than before is read again."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadSet:
    """A set that was read, and can be trained on.

    Attributes:
        known: Where it is, and its name.
        key: What was read: see `set_key`.
        sentence: What was found and what was left out.
        samples: A few pictures of each class.
        data: What a training takes.
    """

    known: KnownSet
    key: SetKey
    sentence: str
    samples: tuple[ClassSamples, ...]
    data: TrainingData


def is_own_set(data: str) -> bool:
    """Whether data are named by a path, rather than by a key of `DATA_SOURCES` or that of the drawings."""
    return data not in DATA_SOURCES and data not in DRAWINGS_NAMES


def check_there(path: str) -> None:
    """See whether there is anything at a path; waits for nothing but the disk.

    Raises:
        DataError: There is nothing any more.
    """
    try:
        Path(path).stat()
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path} is not there any more, or cannot be read. Bring it back, or choose other data."
        ) from error


def set_key(path: str) -> SetKey:
    """Tells whether what is there is still what was read: of a folder, the first files in it are looked at.

    Raises:
        DataError: There is nothing any more.
    """
    check_there(path)
    latest = size = 0
    files = (Path(folder) / name for folder, _, names in os.walk(path) for name in sorted(names))
    for file in (Path(path), *itertools.islice(files, _MOST_LOOKED_AT)):
        with contextlib.suppress(OSError):  # it has gone meanwhile, which is seen the next time
            status = file.stat()
            latest, size = max(latest, status.st_mtime_ns), size + status.st_size
    return path, (latest, size)


def read_own_set(
    path: Path,
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
    otherwise: DataError | None = None,
) -> ReadSet:
    """Read the set at a path, and look at it.

    Args:
        path: Of a file or folder.
        on_progress: Told the share read, 0 to 1, some times a second and in the thread that asks.
        is_cancelled: Asked some times a second whether to give up.
        otherwise: Raised where there is no set, in place of what says so.

    Raises:
        DataError: There is none, it is damaged, nothing can be trained on it, or `is_cancelled` said so.
    """
    from engine.data.sets.training_sets import training_data

    place = str(path.absolute())
    if not can_be_remembered(place):
        raise DataError(f"{plain_name(path.name)} has a name that cannot be kept: give it another one.")
    try:
        key = set_key(place)
        found = _read(Path(place), on_progress, is_cancelled)
    except DataError as error:
        raise otherwise or error from error.__cause__
    known = KnownSet(place, plain_name(found.name))
    return ReadSet(known, key, found.sentence(), class_samples(found), training_data(found))


def read_training_data(path: str, on_progress: OnProgress, is_cancelled: IsCancelled) -> TrainingData:
    """What a training takes of the set at a path; told and asked as `read_own_set`.

    Raises:
        DataError: As `read_own_set`.
    """
    from engine.data.sets.training_sets import training_data

    return training_data(_read(Path(path), on_progress, is_cancelled))


def _read(path: Path, on_progress: OnProgress, is_cancelled: IsCancelled) -> FoundSet:
    """Read in a thread that is only watched: neither a slow disk nor a long file holds what was given up.

    One that is left behind ends with the next piece that it reads, and does no harm until then, since it
    writes nothing. It tells nobody anything: who asked may be gone.
    """
    reading = _Reading(path)
    thread = threading.Thread(target=reading.run, name="set reading", daemon=True)
    thread.start()
    told = reading.share
    on_progress(told)
    while thread.is_alive():
        thread.join(_POLL_S)
        if reading.share != told:
            told = reading.share
            on_progress(told)
        if is_cancelled():
            reading.is_left.set()
            raise StoppedError("Reading the set was stopped. Press Train to start again.")
    return reading.answer()


class _Reading:
    """What the thread does, and what came of it.

    Attributes:
        share: That is read, 0 to 1.
        is_left: Set once nobody waits any more.
    """

    def __init__(self, path: Path) -> None:
        self.share = 0.0
        self.is_left = threading.Event()
        self._path = path
        self._found: FoundSet | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        from engine.data.sets.reading import read_set

        try:
            self._found = read_set(self._path, self._tell, self.is_left.is_set)
        except Exception as error:  # told where it is waited for
            self._error = error

    def _tell(self, share: float) -> None:
        self.share = share

    def answer(self) -> FoundSet:
        """The set.

        Raises:
            DataError: There is none.
        """
        if self._error is not None:
            raise self._error
        assert self._found is not None  # nothing else ends the thread
        return self._found
