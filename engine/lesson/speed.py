"""Speed: how long this machine takes for the same sum and the same matrix product in several ways.

Each way is timed in every round, one after the other, so that whatever else the machine does meanwhile slows
all of them alike; what counts is the median over the rounds. Quick ways are called many times in a row.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import torch

from engine.lesson.speed_tasks import TASKS, Method, Task, Way, available_ways

ROUNDS = 5

# A batch of calls lasts so long at least: a clock that errs by a microsecond does no harm.
_BATCH_S = 0.005
_MOST_CALLS = 2000
# Whoever stops a measurement waits no longer.
_LONGEST_BATCH_S = 0.1
# Of the largest number in the result; single precision leaves about 1e-6.
_MOST_DIFFERENCE = 1e-4

_Row = TypeVar("_Row")
_Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Timing:
    """How fast a way is, as far as it is known.

    Attributes:
        task: What was computed.
        way: How.
        round: The round that was timed last, from 1.
        seconds: Median over the rounds so far; not a number if there is a fault.
        loop_seconds: The same of the Python loop.
        work_share: Share of the loops' time in which the processor worked for them, over all rounds so far.
        difference: Largest difference from the loop's result, as a share of its largest number.
        fault: Why this way counts for nothing, as a sentence; empty if it does count.
    """

    task: Task
    way: Way
    round: int
    seconds: float
    loop_seconds: float
    work_share: float
    difference: float
    fault: str = ""

    @property
    def rate(self) -> float:
        """Multiplications a second, each with an addition."""
        return self.task.multiplications / self.seconds

    @property
    def times_as_fast(self) -> float:
        """As the loop, which is 1."""
        return self.loop_seconds / self.seconds


def measure_speed(
    tasks: Iterable[Task] = TASKS,
    ways: Iterable[Way] | None = None,
    rounds: int = ROUNDS,
    clock: _Clock = time.perf_counter,
    work_clock: _Clock = time.thread_time,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Timing, ...]]:
    """Time each way in every round; to be exhausted or closed by the thread that began it.

    PyTorch keeps the number of threads for each thread that computes; it is put back at the end. Whoever
    shows what is yielded had better be done with it before asking for the next round.

    Args:
        tasks: What is computed.
        ways: How; the loop first. By default `available_ways`.
        rounds: How often.
        clock: Seconds.
        work_clock: Seconds in which the processor worked for the calling thread.
        is_stopped: Asked before each batch of calls and before each row of the loop.

    Yields:
        What is known of every way after one more round; nothing more once it is stopped.
    """
    ways = available_ways() if ways is None else tuple(ways)
    threads = torch.get_num_threads()
    try:
        load = _Load(clock, work_clock)
        benches = [bench for task in tasks for bench in _benches(task, ways, load, is_stopped)]
        for number in range(1, rounds + 1):
            yield tuple(bench.timing(number) for bench in benches)
    except _StoppedError:
        return
    finally:
        torch.set_num_threads(threads)


class _StoppedError(Exception):
    """Raised within a loop that nobody waits for any more."""


class _Load:
    """Whether the processor worked for us or for others while we wanted it.

    Over all loops together, since the clock of some systems counts the work in pieces of 16 ms.
    """

    def __init__(self, clock: _Clock, work_clock: _Clock) -> None:
        self.clock, self.work_clock = clock, work_clock
        self._passed_s = self._worked_s = 0.0

    @property
    def work_share(self) -> float:
        return min(1.0, self._worked_s / max(self._passed_s, 1e-9))

    def add(self, passed_s: float, worked_s: float) -> None:
        self._passed_s += passed_s
        self._worked_s += worked_s


class _Bench:
    """One way of one task, with its numbers at hand once it was timed."""

    def __init__(
        self,
        task: Task,
        way: Way,
        tensors: tuple[torch.Tensor, torch.Tensor],
        loop: _Bench | None,
        load: _Load,
        is_stopped: Callable[[], bool],
    ) -> None:
        self._task, self._way = task, way
        self._tensors = tensors
        self._loop = loop or self
        self._load, self._clock, self._is_stopped = load, load.clock, is_stopped
        self._function = task.functions[way.method]
        self._arguments: Callable[[], tuple[Any, Any]] | None = None
        self._calls = 1
        self._seconds: list[float] = []
        self._result = torch.empty(0)
        self._difference = 0.0
        self._fault = ""

    def timing(self, number: int) -> Timing:
        """Time it once more."""
        if self._is_stopped():
            raise _StoppedError
        if not self._fault:
            torch.set_num_threads(self._way.threads)
            try:
                self._time()
            except RuntimeError as error:
                # A graphics card that is out of memory, or whose driver gave up.
                what = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
                self._fault = f"{self._way.device_name} failed: {what}."
        seconds = math.nan if self._fault else statistics.median(self._seconds)
        return Timing(
            self._task,
            self._way,
            number,
            seconds,
            statistics.median(self._loop._seconds),
            self._load.work_share,
            self._difference,
            self._fault,
        )

    def _time(self) -> None:
        if self._arguments is None:
            self._arguments = _arguments(self._way, *self._tensors, self._is_stopped)
            first_s = self._call_s(1)
            self._check()
            if self._loop is self:
                # Nothing has to warm up, and nobody waits for it twice.
                self._seconds.append(first_s)
                return
            once_s = max(self._call_s(1), _BATCH_S / _MOST_CALLS)
            self._calls = max(1, math.ceil(_BATCH_S / once_s))
        self._seconds.append(self._call_s(self._calls))

    def _call_s(self, calls: int) -> float:
        """Seconds for one of so many calls in a row, all of them done; fewer if they take far too long."""
        assert self._arguments is not None  # made before the first batch
        began, work_began = self._clock(), self._load.work_clock()
        done = 0
        # Threads that wait for each other on a busy machine take a thousand times as long.
        while done < calls and self._clock() - began <= _LONGEST_BATCH_S:
            result = self._function(*self._arguments())
            done += 1
        if self._way.is_on_gpu:
            # It takes its orders at once and carries them out later.
            torch.accelerator.synchronize(self._way.device)
        seconds = self._clock() - began
        if self._loop is self:
            self._load.add(seconds, self._load.work_clock() - work_began)
        self._result = result.cpu().double() if isinstance(result, torch.Tensor) else _tensor(result)
        return seconds / done

    def _check(self) -> None:
        """See that the result is the loop's."""
        expected = self._loop._result
        self._difference = float((self._result - expected).abs().max() / expected.abs().max())
        if not self._difference <= _MOST_DIFFERENCE:
            self._fault = f"Its result differs from that of the loop by {100 * self._difference:.2g} %."


def _benches(
    task: Task,
    ways: tuple[Way, ...],
    load: _Load,
    is_stopped: Callable[[], bool],
) -> Iterator[_Bench]:
    """One for each way, all with the same numbers between 0 and 1."""
    generator = torch.Generator().manual_seed(0)
    tensors = torch.rand(task.left, generator=generator), torch.rand(task.right, generator=generator)
    loop: _Bench | None = None
    for way in ways:
        bench = _Bench(task, way, tensors, loop, load, is_stopped)
        loop = loop or bench
        yield bench


def _arguments(
    way: Way, left: torch.Tensor, right: torch.Tensor, is_stopped: Callable[[], bool]
) -> Callable[[], tuple[Any, Any]]:
    """What a way is called with: plain numbers in lists for the loop, tensors on their device for others."""
    if way.method is not Method.LOOP:
        tensors = left.to(way.device), right.to(way.device)
        return lambda: tensors
    first, second = left.tolist(), right.tolist()
    if left.dim() == 1:
        return lambda: (first, second)
    return lambda: (_watched(first, is_stopped), second)


def _watched(rows: list[_Row], is_stopped: Callable[[], bool]) -> Iterator[_Row]:
    """The same rows, as long as somebody waits for them."""
    for row in rows:
        if is_stopped():
            raise _StoppedError
        yield row


def _tensor(result: Any) -> torch.Tensor:
    return torch.tensor(result, dtype=torch.float64)
