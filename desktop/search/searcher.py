"""Searcher: leads one search at a time, from the click on Start to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.search.search_job import SearchJob, SearchOver
from desktop.search.search_record import SearchRecord
from desktop.search.search_thread import SearchThread
from desktop.training.data.data_cache import DataCache

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore

_SHOW_MS = 400
"""Between two times that pictures are drawn."""


class Searcher(QObject):
    """Lives in the GUI thread; the work is done in a `SearchThread`.

    Attributes:
        record: Of the search that runs, or of the last one; None before the first.

    Signals:
        preparation_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        progressed: The record knows more; at most a few times a second.
        finished: A `SearchOver`.
    """

    preparation_progressed = Signal(float, str)
    progressed = Signal()
    finished = Signal(object)

    def __init__(self, cache: DataCache, find_store: FindStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._find_store = find_store
        self._thread: SearchThread | None = None
        self.record: SearchRecord | None = None
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(_SHOW_MS)
        self._show.timeout.connect(self._take)

    @property
    def is_running(self) -> bool:
        """Whether a search is under way."""
        return self._thread is not None

    def start(self, job: SearchJob) -> None:
        """Begin a search; ignored while one is under way."""
        if self._thread is not None:
            return
        self.record = SearchRecord(job.plan, job.training.data)
        thread = SearchThread(job, self._cache, self._find_store, self)
        # Bound slots of this object: they run in the GUI thread, whichever thread emits.
        thread.preparation_progressed.connect(self.preparation_progressed)
        thread.events_arrived.connect(self._on_events_arrived)
        thread.search_over.connect(self._on_over)
        self._thread = thread
        thread.start()

    def stop(self) -> None:
        """Ask the search to end after the steps under way; it can be gone on with."""
        if self._thread is not None:
            self._thread.requestInterruption()

    def close(self) -> None:
        """The window closes: end the search, and wait for it."""
        self._show.stop()
        if self._thread is not None:
            self._thread.requestInterruption()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    def _on_events_arrived(self) -> None:
        self._show.start()

    def _take(self) -> None:
        if self._thread is None or self.record is None:
            return
        events = self._thread.take_events()
        if events:
            self.record.take(events, time.monotonic())
            self.progressed.emit()

    def _on_over(self, over: SearchOver) -> None:
        self._show.stop()
        self._take()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self.finished.emit(over)
