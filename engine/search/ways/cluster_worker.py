"""What a Dask worker runs: functions that are named to it, so that it needs this program, too."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Collection, Mapping
from dataclasses import astuple
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.digits import Standardisation
from engine.search.side_by_side import Task, run_task
from engine.search.trial import SearchData, SetNames, TrialOutcome, TrialReport, data_from
from engine.version import VERSION

_lock = threading.Lock()
_stopped: dict[str, set[int]] = {}
_ended: set[str] = set()
_data: dict[str, SearchData] = {}


def version() -> str:
    """Of this program on the worker."""
    return VERSION


def run(
    arrays: Mapping[str, NDArray[Any]],
    names: SetNames,
    standardisation: Standardisation,
    task: Task,
    topic: str,
    device: str,
) -> list[TrialOutcome]:
    """Run a task.

    Args:
        arrays: The sets, which were sent to the worker before.
        names: Of both sets and their classes.
        standardisation: Of the inputs.
        task: What to run.
        topic: Of the search; reports are events of that name.
        device: To train on.
    """
    torch.set_num_threads(1)  # the threads of a worker are for trials
    worker = importlib.import_module("distributed").get_worker()

    def report(report: TrialReport) -> None:
        worker.log_event(topic, [report.number, report.attempt, list(astuple(report.figures))])

    def is_stopped(number: int) -> bool:
        return topic in _ended or number in _stopped.get(topic, ())

    return run_task(task, _kept(topic, arrays, names, standardisation), report, is_stopped, device)


async def stop(topic: str, numbers: Collection[int]) -> None:
    """Have trials of a search end after the step under way; a coroutine, since Dask waits for all else."""
    with _lock:
        _stopped[topic] = _stopped.get(topic, set()) | set(numbers)


async def end(topic: str) -> None:
    """Have all trials of a search end after the step under way, and forget its data."""
    with _lock:
        _ended.add(topic)
        _stopped.pop(topic, None)
        _data.pop(topic, None)


def _kept(
    topic: str, arrays: Mapping[str, NDArray[Any]], names: SetNames, standardisation: Standardisation
) -> SearchData:
    """The sets as tensors, made once for each search."""
    with _lock:
        if topic not in _data:
            _data.clear()
            # What came over the network may not be written to, of which PyTorch warns.
            writable = {
                name: each if each.flags.writeable else np.array(each) for name, each in arrays.items()
            }
            _data[topic] = data_from(writable, names, standardisation)
        return _data[topic]
