"""Rate runner: the window's side of the search for a learning rate."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.lesson.rate_thread import Command, FindRate, RateThread, StopSearch
from desktop.lesson.start_weights import StartWeights
from desktop.services.command_runner import CommandRunner
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob


class RateRunner(CommandRunner[Command]):
    """Hands on what `RateThread` tells; the Step page's network has no part in it.

    Signals:
        data_progressed, rates_tried, rate_found, failed: As those of `RateThread`.
    """

    data_progressed = Signal(float, str)
    rates_tried = Signal(list)
    rate_found = Signal(list, object)
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache

    def find(self, job: TrainingJob, start: StartWeights | None = None) -> None:
        """Search for a learning rate, from these weights or from fresh ones."""
        self.ask(FindRate(job, start))

    def stop(self) -> None:
        """Search no longer."""
        if self.is_busy:
            self.ask(StopSearch())

    def make_thread(self) -> RateThread:
        """Connected."""
        thread = RateThread(self._cache, self)
        thread.data_progressed.connect(self.data_progressed)
        thread.rates_tried.connect(self.rates_tried)
        thread.rate_found.connect(self.rate_found)
        thread.failed.connect(self.failed)
        thread.became_idle.connect(self._on_idle)
        return thread

    def _on_idle(self) -> None:
        self.tell_done()
