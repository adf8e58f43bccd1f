"""Rehearsal cache: what networks see again while they learn, kept from one lesson to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.folders import handwriting_folder
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob
from engine.data.sources import MNIST
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from engine.data.digits import Digits
    from engine.data.sources import TrainingData
    from engine.models.model import Model


class RehearsalCache:
    """MNIST, shared with training, where it is; else built-in handwriting, which is written once."""

    def __init__(self, cache: DataCache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._written: Digits | None = None

    def load(
        self,
        model: Model,
        mnist_folder: Path,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> TrainingData:
        """What `model` rehearses; read or written if it is not here. Any thread may ask.

        Args:
            model: About to learn.
            mnist_folder: Where MNIST is looked for.
            on_progress: Told the share done, 0 to 1, where digits have to be written.
            is_cancelled: Asked now and then whether to give up writing.

        Raises:
            DataError: MNIST is damaged, or `is_cancelled` said so.
        """
        from engine.adaptation.rehearsal import rehearsal_of, write_rehearsal
        from engine.data.mnist.files import has_all_files

        if has_all_files(mnist_folder):
            job = TrainingJob(MNIST, mnist_folder, TrainingSettings(), "cpu")
            return self._cache.load(job, lambda share, _words: on_progress(share), is_cancelled)
        with self._lock:
            if self._written is None:
                self._written = write_rehearsal(on_progress, is_cancelled, handwriting_folder())
            return rehearsal_of(model, self._written)
