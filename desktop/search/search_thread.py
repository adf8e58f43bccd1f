"""Search thread: runs `engine.search.search.run_search` away from the window and hands over its events."""

from __future__ import annotations

import logging
import threading
import traceback
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.search.search_job import SearchJob, SearchOver
from desktop.services.freed_memory import give_back_freed_memory
from desktop.training.data.data_cache import DataCache
from engine.errors import ScratchpadError, SettingsError, StoppedError
from engine.training.run_events import UNEXPECTED

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.search.events import SearchEvent
    from engine.search.recording import SearchRecording
    from engine.search.ways.way import Way

_log = logging.getLogger(__name__)

TOGETHER = 8
"""Networks that train side by side: with more of them, fewer trials come to their end at a time."""


class SearchThread(QThread):
    """One search. Events wait here, merged, until `take_events`: a slow window is never flooded.

    Signals:
        preparation_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        events_arrived: `take_events` has something; not emitted again before it was called.
        search_over: A `SearchOver`; the last signal of the search.
    """

    preparation_progressed = Signal(float, str)
    events_arrived = Signal()
    search_over = Signal(object)

    def __init__(
        self, job: SearchJob, cache: DataCache, find_store: FindStore, parent: QObject | None = None
    ) -> None:
        """Prepare a search.

        Args:
            job: What to search.
            cache: Has the data, or gets them.
            find_store: Answers where the search is kept, or None.
            parent: Of this object.
        """
        super().__init__(parent)
        self._job = job
        self._cache = cache
        self._find_store = find_store
        self._lock = threading.Lock()
        self._events: list[SearchEvent] = []

    def take_events(self) -> list[SearchEvent]:
        """What came since the last call, in order; of each trial under way the newest figures alone."""
        with self._lock:
            taken, self._events = self._events, []
        return taken

    def run(self) -> None:
        """Load and search. Nothing escapes: the end is always told by `search_over`."""
        try:
            self._search()
            over = SearchOver()
        except ScratchpadError as error:
            cause = f"{error.__cause__!r}" if error.__cause__ else ""
            over = SearchOver(str(error), cause, error.field if isinstance(error, SettingsError) else "")
        except Exception:
            _log.exception("a search failed")
            over = SearchOver(UNEXPECTED, traceback.format_exc())
        give_back_freed_memory()
        self.search_over.emit(over)

    def _search(self) -> None:
        import torch

        from engine.search.request import SearchRequest
        from engine.search.samplers import LEARNING
        from engine.search.search import run_search

        # The others are for the pad.
        torch.set_num_threads(1)
        job = self._job
        try:
            data = self._cache.load(
                job.training, self.preparation_progressed.emit, self.isInterruptionRequested
            )
        except StoppedError:
            return
        if self.isInterruptionRequested():
            return
        request = SearchRequest(
            job.plan,
            data,
            self._way(),
            # A sampler that learns waits for what came of the others.
            1 if job.plan.sampler == LEARNING else TOGETHER,
            self._recording(),
            self.isInterruptionRequested,
        )
        for event in run_search(request):
            self._hand_over(event)

    def _way(self) -> Way:
        from engine.search.ways.processes import Processes
        from engine.search.ways.way import InThisProcess
        from engine.training.device import choose_device

        device = str(choose_device(self._job.training.device).device)
        if self._job.jobs >= 1:
            return Processes(self._job.jobs, device, 1)
        return InThisProcess(device, 1)

    def _recording(self) -> SearchRecording:
        from engine.search.recording import NoSearchRecording
        from engine.search.store_recording import StoreRecording
        from engine.training.device import choose_device

        store = self._find_store()
        if store is None or store.is_read_only:
            return NoSearchRecording()
        return StoreRecording(store, self._job.search, choose_device(self._job.training.device).name)

    def _hand_over(self, event: SearchEvent) -> None:
        from engine.search.events import TrialCompleted, TrialProgress

        if isinstance(event, TrialCompleted):
            # The window draws epochs; the losses of all steps are in the store.
            event = replace(event, losses=array("f"))
        with self._lock:
            was_empty = not self._events
            if isinstance(event, TrialProgress):
                self._events = [
                    each
                    for each in self._events
                    if not (isinstance(each, TrialProgress) and each.trial == event.trial)
                ]
            elif isinstance(event, TrialCompleted) and event.model is not None:
                # Of networks that were the best for a moment, only the last is worth its memory.
                self._events = [_without_model(each) for each in self._events]
            self._events.append(event)
        if was_empty:
            self.events_arrived.emit()


def _without_model(event: SearchEvent) -> SearchEvent:
    from engine.search.events import TrialCompleted

    return replace(event, model=None) if isinstance(event, TrialCompleted) else event
