"""Rate thread: searches for a learning rate, away from the window, with a network of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.lesson.start_weights import StartWeights
from desktop.services.command_thread import CommandThread
from desktop.training.data.data_cache import DataCache
from desktop.training.training_job import TrainingJob
from engine.errors import ScratchpadError, SettingsError, StoppedError

_SHOWN_EACH_S = 0.08


@dataclass(frozen=True, slots=True)
class FindRate:
    """Search for a learning rate, from these weights, which stay as they are, or from fresh ones."""

    job: TrainingJob
    start: StartWeights | None


@dataclass(frozen=True, slots=True)
class StopSearch:
    """Search no longer."""


Command = FindRate | StopSearch


class RateThread(CommandThread[Command]):
    """A new command ends the search under way.

    Signals:
        data_progressed: Share of the data made or read, 0 to 1, and what is done with them.
        rates_tried: A list of `TriedRate`, the newest last.
        rate_found: A `TriedRate` list, and the suggested rate or None.
        became_idle: Nothing runs any more.
        failed: A `SettingsError`, or one sentence as text.
    """

    data_progressed = Signal(float, str)
    rates_tried = Signal(list)
    rate_found = Signal(list, object)
    became_idle = Signal()
    failed = Signal(object)

    def __init__(self, cache: DataCache, parent: QObject | None = None) -> None:
        super().__init__("This search failed unexpectedly; try again.", parent)
        self._cache = cache

    def tell_failure(self, _command: Command, error: ScratchpadError) -> None:
        """Tell, and which setting is at fault if one is."""
        self.failed.emit(error if isinstance(error, SettingsError) else str(error))

    def tell_idle(self) -> None:
        """Tell."""
        self.became_idle.emit()

    def do(self, command: Command) -> None:
        """Search."""
        if isinstance(command, StopSearch):
            return
        import torch

        from engine.training.device import choose_device
        from engine.training.rate_finder import suggested_rate, try_rates

        job, start = command.job, command.start
        torch.set_num_threads(1)  # small steps, each of which is looked at
        job.settings.check()
        try:
            data = self._cache.load(job, self.data_progressed.emit, self.is_superseded)
        except StoppedError:
            return
        if self.is_superseded():
            return
        standardisation = data.standardisation if start is None else start.standardisation
        weights = None if start is None else start.weights
        tried = []
        told = time.monotonic()
        device = choose_device(job.device).device
        for each in try_rates(data.training, job.settings, standardisation, device, weights):
            tried.append(each)
            if self.is_superseded():
                return
            if time.monotonic() - told > _SHOWN_EACH_S:
                told = time.monotonic()
                self.rates_tried.emit(list(tried))
        self.rate_found.emit(tried, suggested_rate(tried))
