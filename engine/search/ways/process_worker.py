"""What a process of a search runs: it reads the data once, and then one task after another."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.data.digits import Standardisation
from engine.processes.parent_watch import end_with_parent
from engine.search.side_by_side import Task, run_task
from engine.search.trial import SearchData, SetNames, TrialOutcome, TrialReport, data_arrays, data_from

STOP_ALL = 0
"""The place in the stops that is for all trials; that of one is its number."""


@dataclass(frozen=True, slots=True)
class WorkerStart:
    """What a process is given when it starts.

    Attributes:
        folder: With the sets, as `write_data` wrote them.
        names: Of both sets and their classes.
        standardisation: Of the inputs.
        device: To train on.
        threads: Of PyTorch in one operation.
    """

    folder: Path
    names: SetNames
    standardisation: Standardisation
    device: str
    threads: int


def write_data(data: SearchData, folder: Path) -> None:
    """Write the sets so that processes can map them: all of them then share one copy in memory.

    Raises:
        OSError: The disk does not take them.
    """
    for name, each in data_arrays(data).items():
        np.save(folder / f"{name}.npy", each, allow_pickle=False)


def read_data(start: WorkerStart) -> SearchData:
    """The sets, mapped from their files.

    Raises:
        OSError: They cannot be read.
    """
    arrays: Mapping[str, Any] = {
        # Copied on writing, which never happens: PyTorch warns of memory that may not be written to.
        path.stem: np.load(path, mmap_mode="c", allow_pickle=False)
        for path in start.folder.glob("*.npy")
    }
    return data_from(arrays, start.names, start.standardisation)


class _Worker:
    """This process, once it was begun."""

    def __init__(self, start: WorkerStart, reports: Connection, stops: Any) -> None:
        self.data = read_data(start)
        self._device = start.device
        self._reports = reports
        self._stops = stops

    def run(self, task: Task) -> list[TrialOutcome]:
        return run_task(task, self.data, self._report, self._is_stopped, self._device)

    def _report(self, report: TrialReport) -> None:
        # A few hundred bytes are written in one piece, whoever else writes.
        self._reports.send((report.number, report.attempt, astuple(report.figures)))

    def _is_stopped(self, number: int) -> bool:
        return bool(self._stops[STOP_ALL] or self._stops[number])


_worker: _Worker | None = None


def begin(start: WorkerStart, reports: Connection, stops: Any) -> None:
    """Make ready to run tasks. To be called once in each process, before any task.

    Args:
        start: What it is to know.
        reports: To write reports to, as tuples.
        stops: Shared bytes, one for each trial by its number, and one for all.
    """
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started it ends it
    torch.set_num_threads(start.threads)
    end_with_parent(start.folder)
    _worker = _Worker(start, reports, stops)


def run(task: Task) -> list[TrialOutcome]:
    """Run a task in the process that was begun."""
    assert _worker is not None  # `begin` initialises every process of the pool
    return _worker.run(task)
