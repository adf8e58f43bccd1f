"""Thread tuning: how many CPU threads a training computes with, chosen by measuring it while it runs.

Two threads take a small network's step to 0.7 of the time on a quiet machine, and to 3 to 28 times of it
beside another busy program, since they wait for each other at every product; one thread hardly notices.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable

import torch

_MOST_THREADS = 4
# The first steps with another number of threads wake them up and fill their caches.
_STEPS_TO_SETTLE = 2
_STEPS_MEASURED = 8
# Fewer threads leave more to everyone else, so more of them have to be worth it.
_WORTH_IT = 0.9
# A trial that has lasted so many times the expected is lost already.
_HOPELESS = 4.0
# Steps that take so many times what they took when they were tried: something has changed.
_DISTURBED = 1.5
# The first trial, with everything still cold, errs now and then; a short training is over in half a second.
_SHORTEST_PAUSE_S, _LONGEST_PAUSE_S = 0.125, 16.0
# After a trial that was lost that clearly there is no hurry.
_PAUSE_AFTER_HOPELESS_S = 1.0


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ThreadChooser:
    """Tries numbers of threads now and then, a few steps each, and goes on with the fastest.

    To be told of every step by the thread that computes them; PyTorch keeps the number for each thread.

    Attributes:
        limit: No more threads than these from the next step on; may be set from any thread, as a window does
            while someone draws.
    """

    def __init__(
        self,
        most: int | None = None,
        clock: Callable[[], float] = time.perf_counter,
        set_threads: Callable[[int], None] = torch.set_num_threads,
    ) -> None:
        """Begin with one thread.

        Args:
            most: Threads to try at most; by default one for each core that may be used, up to four.
            clock: Seconds.
            set_threads: Puts a number into force.
        """
        cores = usable_cores()
        most = most or min(_MOST_THREADS, cores)
        self._most, self._most_beside_others = most, min(most, max(1, cores - 1))
        self._candidates = [count for count in (1, 2, 3, 4) if count <= most] or [1]
        self.limit = most
        self._clock = clock
        self._set_threads = set_threads
        self._threads = 0
        self._chosen = 1
        self._step_s: dict[int, float] = {}
        self._trials: list[int] = []
        self._measured: list[float] = []
        self._pause_s = _SHORTEST_PAUSE_S
        self._next_trial = -math.inf
        self._last = clock()
        self._put_into_force(1)

    @property
    def threads(self) -> int:
        """In force."""
        return self._threads

    def leave_a_core(self, is_wanted: bool) -> None:
        """One thread fewer than there are cores, or as many as pay; any thread may ask."""
        self.limit = self._most_beside_others if is_wanted else self._most

    def step_done(self) -> None:
        """A step has ended; the next may run with another number of threads."""
        now = self._clock()
        self._measured.append(now - self._last)
        self._last = now
        allowed = max(1, self.limit)
        if self._threads > allowed:
            self._trials = []
            self._put_into_force(allowed)
        elif self._trials:
            self._go_on_trying(allowed, now)
        elif now >= self._next_trial or self._is_disturbed():
            self._begin_trials(allowed, now)

    def _is_disturbed(self) -> bool:
        """Whether steps have become much slower than when this number of threads was chosen."""
        if len(self._measured) < _STEPS_MEASURED:
            return False
        recent, self._measured = statistics.median(self._measured), []
        return self._threads > 1 and recent > _DISTURBED * self._step_s.get(self._threads, math.inf)

    def _begin_trials(self, allowed: int, now: float) -> None:
        self._step_s = {}
        self._trials = [count for count in self._candidates if count <= allowed]
        if len(self._trials) > 1:
            self._put_into_force(self._trials[0])
        else:
            self._trials = []
            self._next_trial = now + _SHORTEST_PAUSE_S

    def _go_on_trying(self, allowed: int, now: float) -> None:
        fastest = min(self._step_s.values(), default=math.inf)
        is_hopeless = self._measured[-1] > _HOPELESS * _STEPS_MEASURED * fastest
        if len(self._measured) < _STEPS_TO_SETTLE + _STEPS_MEASURED and not is_hopeless:
            return
        seconds = math.inf if is_hopeless else statistics.median(self._measured[_STEPS_TO_SETTLE:])
        self._step_s[self._trials.pop(0)] = seconds
        self._trials = [] if is_hopeless else [count for count in self._trials if count <= allowed]
        if self._trials:
            self._put_into_force(self._trials[0])
        else:
            self._choose(now, _PAUSE_AFTER_HOPELESS_S if is_hopeless else _SHORTEST_PAUSE_S)

    def _choose(self, now: float, shortest_pause_s: float) -> None:
        best = 1
        for count, seconds in self._step_s.items():
            if seconds < _WORTH_IT * self._step_s[best]:
                best = count
        # An answer that stays the same need not be asked for so often: a trial on a busy machine is dear.
        is_same = best == self._chosen
        longer = min(_LONGEST_PAUSE_S, 2 * self._pause_s) if is_same else 0.0
        self._pause_s = max(longer, shortest_pause_s)
        self._next_trial = now + self._pause_s
        self._chosen = best
        self._put_into_force(best)

    def _put_into_force(self, threads: int) -> None:
        self._measured = []
        if threads != self._threads:
            self._threads = threads
            self._set_threads(threads)
