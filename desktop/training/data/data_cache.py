"""Data cache: the data of the last run stay in memory, so that pressing Train again starts at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services import gc_tuning
from desktop.services.folders import handwriting_folder
from desktop.training.data.set_reading import ReadSet, SetKey, is_own_set, read_training_data, set_key
from engine.data.classes import DIGITS
from engine.data.drawing_names import (
    ALL_DRAWINGS,
    DRAWINGS_NAMES,
    FEWEST_DRAWINGS,
    name_among_others,
    too_few,
)
from engine.errors import DataError
from engine.plain_text import plain_name

if TYPE_CHECKING:
    from desktop.training.training_job import TrainingJob
    from engine.data.sources import TrainingData
    from engine.store.own_drawings import OwnDrawings

OnProgress = Callable[[float, str], None]
IsCancelled = Callable[[], bool]
DrawingsKey = tuple[tuple[int, str], ...]
DataKey = tuple[str, Path] | SetKey | tuple[str, DrawingsKey]
_GENERATING, _PAINTING = "generating training digits", "painting your drawings"
_LONGEST_NAME = 32
MOST_WAITING_BYTES = 1_000_000_000
"""Of pixels: a set that is larger is not kept beside that of the last run until it is trained on."""


class DataCache:
    """Keeps the data of the last run, and those of a set that was read to be trained on next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: DataKey | None = None
        self._data: TrainingData | None = None
        # The same with drawings among them, which take a while to paint.
        self._mixed_key: tuple[DataKey, int, DrawingsKey] | None = None
        self._mixed: TrainingData | None = None
        # Held for a moment only, unlike the other: the window never waits for data to be read.
        self._waiting_lock = threading.Lock()
        self._waiting: ReadSet | None = None

    def keep_waiting(self, read: ReadSet) -> None:
        """Keep a set that was just read for the run to come; one that is too large is read again then."""
        with self._waiting_lock:
            self._waiting = read if _is_small(read.data) else None

    def load(
        self,
        job: TrainingJob,
        on_progress: OnProgress,
        is_cancelled: IsCancelled,
    ) -> TrainingData:
        """The sets of a job; made or read if they are not those of the last one. Any thread may ask.

        Drawings are read from the store each time, and painted if they are others than before.

        Args:
            job: Names the data.
            on_progress: Told the share done, 0 to 1, and of what, in a few words; from 0 for each thing.
            is_cancelled: Asked now and then whether to give up.

        Raises:
            DataError: The data are missing or damaged, or `is_cancelled` said so.
            StoreError: Drawings are wanted, and the store cannot be read.
        """
        with self._lock:
            wants_drawings = job.data in DRAWINGS_NAMES or job.drawings_percent > 0
            drawings = job.read_drawings() if wants_drawings and job.read_drawings is not None else None
            if drawings is None or job.data in DRAWINGS_NAMES:
                return self._others(job, drawings, on_progress, is_cancelled)
            return self._with_drawings(job, drawings, on_progress, is_cancelled)

    def _with_drawings(
        self, job: TrainingJob, drawings: OwnDrawings, on_progress: OnProgress, is_cancelled: IsCancelled
    ) -> TrainingData:
        from engine.data.mixing import mixed

        key = _key(job, None), job.drawings_percent, drawings.key
        if self._mixed is None or key != self._mixed_key:
            others = self._others(job, None, on_progress, is_cancelled)
            self._mixed = None
            known = drawings.known_to(others.training.classes)
            if len(known) < FEWEST_DRAWINGS:
                raise DataError(too_few(len(known), others.training.classes.listed()))
            named = replace(known, name=name_among_others(job.drawings_percent))
            self._mixed = mixed(
                others,
                named,
                job.drawings_percent / 100,
                lambda share: on_progress(share, _PAINTING),
                is_cancelled,
            )
            self._mixed_key = key
            if not _is_small(others):
                self._data = None  # a large set is not kept twice
        return self._mixed

    def _others(
        self,
        job: TrainingJob,
        drawings: OwnDrawings | None,
        on_progress: OnProgress,
        is_cancelled: IsCancelled,
    ) -> TrainingData:
        """What has no drawings among it, or nothing but these."""
        key = _key(job, drawings)
        if self._data is None or key != self._key:
            # Two sets are never in memory at once but for one that waits.
            self._data = self._mixed = None
            self._data = self._waiting_data(key) or _load(job, drawings, on_progress, is_cancelled)
            self._key = key
            # Loading has imported torchvision.
            gc_tuning.freeze_imports()
        return self._data

    def _waiting_data(self, key: DataKey) -> TrainingData | None:
        """What waits, if it is this; other data were chosen since if it is not."""
        with self._waiting_lock:
            waiting, self._waiting = self._waiting, None
        return waiting.data if waiting is not None and waiting.key == key else None


def _key(job: TrainingJob, drawings: OwnDrawings | None) -> DataKey:
    """Tells whether data are still what was read."""
    if drawings is not None:
        return job.data, drawings.key
    return set_key(job.data) if is_own_set(job.data) else (job.data, job.mnist_folder)


def _is_small(data: TrainingData) -> bool:
    parts = [part for part in (data.training, data.validation, data.test) if part is not None]
    return sum(part.images.numel() for part in parts) <= MOST_WAITING_BYTES


def _load(
    job: TrainingJob, drawings: OwnDrawings | None, on_progress: OnProgress, is_cancelled: IsCancelled
) -> TrainingData:
    from engine.data.mixing import drawings_as_data
    from engine.data.sources import load_training_data

    if drawings is not None:
        chosen = drawings.of_all_classes() if job.data == ALL_DRAWINGS else drawings.known_to(DIGITS)
        return drawings_as_data(chosen, lambda share: on_progress(share, _PAINTING), is_cancelled)
    if is_own_set(job.data):
        words = f"reading {plain_name(Path(job.data).name, _LONGEST_NAME)}"
        return read_training_data(job.data, lambda share: on_progress(share, words), is_cancelled)
    return load_training_data(
        job.data,
        job.mnist_folder,
        lambda share: on_progress(share, _GENERATING),
        is_cancelled,
        handwriting_folder(),
    )
