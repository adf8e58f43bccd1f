"""Trainer: leads one run at a time, from the click on Train to the kept network."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.networks.model_library import ModelLibrary
from desktop.training.data.data_cache import DataCache
from desktop.training.progress import TrainingProgress
from desktop.training.thread import TrainingThread
from desktop.training.training_job import RunFinished, RunStarted, TrainingJob

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.models.model import Model
    from engine.training.fit import Result

_STOP_WAIT_MS = 2000
# The next stroke mostly begins sooner after the last.
_CORE_LEFT_MS = 1000
# A run that reads data when the window closes ends after the reading, some seconds at the most.
_LAST_WAIT_MS = 20_000


class Trainer(QObject):
    """Lives in the GUI thread; the work is done in a `TrainingThread`.

    Attributes:
        cache: The data of the last run, for whoever needs them again.

    Signals:
        preparation_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        run_started: A `RunStarted`.
        results_arrived: A list of results of `engine.training.fit.fit`, at most some 30 times a second.
        progressed: Share done, pace in words, time left in words.
        run_finished: A `RunFinished`.
    """

    preparation_progressed = Signal(float, str)
    run_started = Signal(object)
    results_arrived = Signal(list)
    progressed = Signal(float, str, str)
    run_finished = Signal(object)

    def __init__(self, library: ModelLibrary, find_store: FindStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._find_store = find_store
        self.cache = DataCache()
        self._thread: TrainingThread | None = None
        self._progress: TrainingProgress | None = None
        self._core_is_left = QTimer(self)
        self._core_is_left.setSingleShot(True)
        self._core_is_left.setInterval(_CORE_LEFT_MS)
        self._core_is_left.timeout.connect(self._on_core_free)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._thread is not None

    def start(self, job: TrainingJob, in_use: Model | None = None) -> None:
        """Begin a run, to be compared with the network in use; ignored while one is under way."""
        if self._thread is not None:
            return
        self._progress = None
        thread = TrainingThread(job, self.cache, self._library, self._find_store, self, in_use)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.preparation_progressed.connect(self.preparation_progressed)
        thread.run_started.connect(self._on_started)
        thread.results_arrived.connect(self._on_results_arrived)
        thread.run_finished.connect(self._on_finished)
        self._thread = thread
        thread.start()

    def stop(self) -> None:
        """Ask the run to end after the step under way."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def leave_a_core(self) -> None:
        """Someone draws: for a moment the window needs a core to itself more than the run does."""
        if self._thread is not None:
            self._thread.leave_a_core(True)
            self._core_is_left.start()

    def close(self) -> bool:
        """End a run and wait for it; what was learned is kept as unfinished. Whether it ended in time."""
        if self._thread is None:
            return True
        self._thread.interrupt()
        return self._thread.wait(_STOP_WAIT_MS) or self._thread.wait(_LAST_WAIT_MS)

    def _on_core_free(self) -> None:
        if self._thread is not None:
            self._thread.leave_a_core(False)

    def _on_started(self, started: RunStarted) -> None:
        self._progress = TrainingProgress(started.steps, started.epochs, time.monotonic())
        self.run_started.emit(started)

    def _on_results_arrived(self) -> None:
        from engine.training.fit import StepsCompleted

        if self._thread is None or self._progress is None:
            return
        results: list[Result] = self._thread.take_results()
        for result in results:
            if isinstance(result, StepsCompleted):
                self._progress.update(
                    result.first_step + len(result.losses), result.examples, time.monotonic()
                )
        if results:
            self.progressed.emit(self._progress.share, self._progress.pace(), self._progress.time_left())
            self.results_arrived.emit(results)

    def _on_finished(self, finished: RunFinished) -> None:
        self._on_results_arrived()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self.run_finished.emit(finished)
