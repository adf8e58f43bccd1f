"""Processes on this machine: one task in each at a time, each with its share of the threads."""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
import tempfile
import threading
from collections.abc import Collection
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.errors import DataError
from engine.processes.interrupts import interrupts_held_back
from engine.search.side_by_side import Task
from engine.search.space import MOST_TRIALS
from engine.search.trial import SearchData, SetNames, TrialOutcome, TrialReport
from engine.search.ways import process_worker
from engine.search.ways.process_worker import STOP_ALL, WorkerStart, write_data
from engine.search.ways.way import Inbox
from engine.training.epoch_figures import EpochFigures
from engine.training.thread_tuning import usable_cores

_SPAWN = "spawn"


class Processes:
    """Runs tasks in a pool of processes; a process that is lost takes the pool with it, which is made anew.

    Processes are spawned, which is the same on all systems; a frozen program calls
    `multiprocessing.freeze_support` before it does anything else. They leave Ctrl+C to this one, and end
    if it was killed.

    Attributes:
        title: Where trials run.
        jobs: Processes.
    """

    def __init__(
        self, jobs: int, device: str = "cpu", threads: int | None = None, start: str = _SPAWN
    ) -> None:
        """Start none yet.

        Args:
            jobs: How many.
            device: Where each of them trains.
            threads: Of PyTorch in each; None for a fair share of the cores.
            start: Another way to start them, for tests.
        """
        self.jobs = jobs
        self.title = f"{jobs} process{'es' * (jobs != 1)} on this machine"
        self._device = device
        self._threads = threads or max(1, usable_cores() // jobs)
        # Typed as what all contexts have in common, which lacks parts of it.
        self._context: Any = multiprocessing.get_context(start)

    def start(self, data: SearchData, inbox: Inbox) -> None:
        """Write the data to a file that all processes map.

        Raises:
            DataError: There is no place for it.
        """
        self._inbox = inbox
        try:
            self._folder = _written(data)
        except OSError as error:
            raise DataError(
                f"There is no place for the digits in {tempfile.gettempdir()} ({error.strerror or error}): "
                "free some space."
            ) from error
        self._start = WorkerStart(
            self._folder,
            SetNames.of(data),
            data.standardisation,
            self._device,
            self._threads,
        )
        self._stops = self._context.RawArray("b", 1 + MOST_TRIALS)
        self._begin_pool()

    def submit(self, task: Task) -> Future[list[TrialOutcome]]:
        """Run a task; where the pool was lost, in a new one."""
        with interrupts_held_back():
            try:
                return self._pool.submit(process_worker.run, task)
            except BrokenProcessPool:
                self._end_pool()
                self._begin_pool()
                return self._pool.submit(process_worker.run, task)

    def was_lost(self, error: BaseException) -> bool:
        """Whether a process ended, and all others with it."""
        return isinstance(error, BrokenProcessPool)

    def stop(self, numbers: Collection[int]) -> None:
        """Have these trials end after the step under way."""
        for number in numbers:
            self._stops[number] = 1

    def close(self) -> None:
        """Stop what runs, wait for the processes to end, and remove the data."""
        self._stops[STOP_ALL] = 1
        self._end_pool()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin_pool(self) -> None:
        reports, self._writer = self._context.Pipe(duplex=False)
        self._reader = threading.Thread(
            target=_pass_on, args=(reports, self._inbox), name="search reports", daemon=True
        )
        self._reader.start()
        self._pool = ProcessPoolExecutor(
            self.jobs,
            self._context,
            process_worker.begin,
            (self._start, self._writer, self._stops),
        )

    def _end_pool(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        # With the last end of the pipe that writes, the reader ends.
        self._writer.close()
        self._reader.join()


def _written(data: SearchData) -> Path:
    """A folder with the sets."""
    folder = Path(tempfile.mkdtemp(prefix="scratchpad-search-"))
    try:
        write_data(data, folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _pass_on(reports: Connection, inbox: Inbox) -> None:
    with reports, contextlib.suppress(EOFError, OSError):
        while True:
            number, attempt, figures = reports.recv()
            inbox(TrialReport(number, attempt, EpochFigures(*figures)))
