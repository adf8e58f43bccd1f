"""Data cache: the data of the last run stay in memory, so that pressing Train again starts at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services import gc_tuning
from desktop.services.folders import handwriting_folder
from desktop.training.data.set_reading import ReadSet, SetKey, is_own_set, read_training_data, set_key

if TYPE_CHECKING:
    from desktop.training.training_job import TrainingJob
    from engine.data.sources import TrainingData

MOST_WAITING_BYTES = 1_000_000_000
"""Of pixels: a set that is larger is not kept beside that of the last run until it is trained on."""


class DataCache:
    """Keeps the data of the last run, and those of a set that was read to be trained on next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, Path] | SetKey | None = None
        self._data: TrainingData | None = None
        # Held for a moment only, unlike the other: the window never waits for data to be read.
        self._waiting_lock = threading.Lock()
        self._waiting: ReadSet | None = None

    def keep_waiting(self, read: ReadSet) -> None:
        """Keep a set that was just read for the run to come; one that is too large is read again then."""
        data = read.data
        parts = [part for part in (data.training, data.validation, data.test) if part is not None]
        is_small = sum(part.images.numel() for part in parts) <= MOST_WAITING_BYTES
        with self._waiting_lock:
            self._waiting = read if is_small else None

    def load(
        self,
        job: TrainingJob,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> TrainingData:
        """The sets of a job; made or read if they are not those of the last one. Any thread may ask.

        Args:
            job: Names the data.
            on_progress: Told the share done, 0 to 1; of a set of the user's own nothing is told.
            is_cancelled: Asked now and then whether to give up.

        Raises:
            DataError: The data are missing or damaged, or `is_cancelled` said so.
        """
        with self._lock:
            key = set_key(job.data) if is_own_set(job.data) else (job.data, job.mnist_folder)
            if self._data is None or key != self._key:
                self._data = None  # two sets are never in memory at once but for one that waits
                self._data = self._waiting_data(key) or _load(job, on_progress, is_cancelled)
                self._key = key
                # Loading has imported torchvision.
                gc_tuning.freeze_imports()
            return self._data

    def _waiting_data(self, key: tuple[str, Path] | SetKey) -> TrainingData | None:
        """What waits, if it is this; other data were chosen since if it is not."""
        with self._waiting_lock:
            waiting, self._waiting = self._waiting, None
        return waiting.data if waiting is not None and waiting.key == key else None


def _load(
    job: TrainingJob, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
) -> TrainingData:
    from engine.data.sources import load_training_data

    if is_own_set(job.data):
        return read_training_data(job.data, is_cancelled)
    return load_training_data(job.data, job.mnist_folder, on_progress, is_cancelled, handwriting_folder())
