"""Ways to run the trials of a search: what all of them have in common, and the simplest, in this process.

A way has an executor (`concurrent.futures.Executor`) that runs tasks: one trial, or several side by side.
What its workers report on the way comes to one inbox, in any thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import torch

from engine.search.side_by_side import Task, run_task
from engine.search.trial import SearchData, TrialOutcome, TrialReport

Inbox = Callable[[TrialReport], None]
"""Takes a report, in any thread."""


class Way(Protocol):
    """Runs tasks.

    Attributes:
        title: Where trials run, in a few words for a sentence: ``2 processes on this machine``.
        jobs: Tasks that run at the same time.
    """

    title: str
    jobs: int

    def start(self, data: SearchData, inbox: Inbox) -> None:
        """Send the data to all workers. To be called once, before all else.

        Raises:
            ScratchpadError: There are no workers; one sentence.
        """
        ...

    def submit(self, task: Task) -> Future[list[TrialOutcome]]:
        """Run a task.

        Returns:
            What came of its trials, in their order. An exception for which `was_lost` holds says that the
            worker was lost, and that the task may be submitted again.
        """
        ...

    def was_lost(self, error: BaseException) -> bool:
        """Whether that error says that a worker ended, rather than that something is wrong with the task."""
        ...

    def stop(self, numbers: Collection[int]) -> None:
        """Have these trials end after the step under way; comes back at once."""
        ...

    def close(self) -> None:
        """End all that still runs, and the workers that were started for it."""
        ...


class InThisProcess:
    """Runs one task at a time in a thread of this process: for trials side by side, and for a GPU.

    Attributes:
        title: Where trials run.
        jobs: 1.
    """

    title = "this process"
    jobs = 1

    def __init__(self, device: torch.device | str = "cpu", threads: int | None = None) -> None:
        """Start no thread yet.

        Args:
            device: Where networks and data live.
            threads: Of PyTorch in one operation; None to leave them alone.
        """
        self._device = device
        self._threads = threads
        self._stopped: set[int] = set()
        self._is_closed = threading.Event()

    def start(self, data: SearchData, inbox: Inbox) -> None:
        """Make the thread; the data are where they are needed."""
        self._data, self._inbox = data, inbox
        self._executor = ThreadPoolExecutor(1, "search", self._set_threads)

    def submit(self, task: Task) -> Future[list[TrialOutcome]]:
        """Run a task after those that were submitted before."""
        return self._executor.submit(run_task, task, self._data, self._inbox, self._is_stopped, self._device)

    def was_lost(self, error: BaseException) -> bool:
        """A thread of this process is not lost without it."""
        return False

    def stop(self, numbers: Collection[int]) -> None:
        """Have these trials end after the step under way."""
        self._stopped.update(numbers)

    def close(self) -> None:
        """Stop what runs and wait until it has."""
        self._is_closed.set()
        self._executor.shutdown(cancel_futures=True)

    def _is_stopped(self, number: int) -> bool:
        return self._is_closed.is_set() or number in self._stopped

    def _set_threads(self) -> None:
        if self._threads is not None:
            torch.set_num_threads(self._threads)
