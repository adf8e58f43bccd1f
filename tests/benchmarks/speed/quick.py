"""The quick suite: the rows that matter, in three minutes, also on two slow cores.

What it takes there is calculated: `expected_s` adds up what each of its parts takes on a machine half as fast
as that of the README's tables. A faster machine has time for more rounds; on one that is slower, or busy, the
deadline drops later rounds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from tests.benchmarks.speed import others
from tests.benchmarks.speed.contestants import (
    AUTOMATIC,
    CONTESTANTS,
    FAST_FLOOR,
    FLOOR,
    JAX,
    LEVEL_5,
    NUMPY,
    OURS,
    SEQUENTIAL,
    threads_in_words,
)
from tests.benchmarks.speed.deadline import Deadline
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.task import EPOCH_DIGITS, LIBRARY_DEFAULT

SECTIONS = ("training", "others")
LIMIT_S = 180.0
_ENDING_S = 10.0
"""Of these, to start and to write everything down."""
FEWEST_ROUNDS, MOST_ROUNDS = 3, 5
"""Of training: with three there is a median, with five two ranges hardly ever lie apart by chance."""

ROWS: dict[str, tuple[int, ...]] = {
    FLOOR: (1, 2),
    FAST_FLOOR: (1, 2),
    OURS: (1, AUTOMATIC),
    LEVEL_5: (1, 2),
    JAX: (LIBRARY_DEFAULT,),
    SEQUENTIAL: (1, 2),
    NUMPY: (LIBRARY_DEFAULT,),
}
_TOGETHER = ((FLOOR, FAST_FLOOR), (OURS, LEVEL_5), (JAX,), (SEQUENTIAL,), (NUMPY,))

# Seconds on two slow cores.
_PROCESS_S = 4.0
"""To import PyTorch and to read the digits."""
_CALIBRATIONS_S = 0.15
"""Before and after each row."""
_EPOCH_S = {FLOOR: 0.4, FAST_FLOOR: 0.4, OURS: 0.4, LEVEL_5: 0.7, JAX: 0.4, SEQUENTIAL: 0.8, NUMPY: 0.5}
"""All 60,000 digits, batch 64; batch 256 takes less."""
_COMPILING_S = {JAX: 1.5}
"""For each row."""
_FIRST_START_S = 3.5
_START_S, _MEMORY_S, _MANY_S, _IMPORT_S = 6.5, 8.5, 1.5, 1.0
"""A round of each of the others."""


def quick_plan(clock: Callable[[], float] = time.monotonic) -> Plan:
    """With its deadline, which begins to run at once."""
    return Plan(
        repeats=MOST_ROUNDS,
        epochs=2,
        seeds=1,
        digits=20_000,
        products=5,
        longest_wait_s=0,
        rows=ROWS,
        together=_TOGETHER,
        deadline=Deadline(LIMIT_S - _ENDING_S, clock),
    )


def expected_s(plan: Plan) -> float:
    """Seconds of all sections on two slow cores, with as few rounds as will do."""
    return _ENDING_S + FEWEST_ROUNDS * training_round_s(plan) + others_s()


def training_round_s(plan: Plan) -> float:
    """Seconds of one round of training on two slow cores."""
    epochs = (1 + plan.epochs) * plan.digits / EPOCH_DIGITS
    rows = sum(
        len(threads)
        * len(CONTESTANTS[name].batch_sizes)
        * (epochs * _EPOCH_S[name] + _CALIBRATIONS_S + _COMPILING_S.get(name, 0.0))
        for name, threads in plan.rows.items()
    )
    return _PROCESS_S * len(plan.together) + rows


def others_s() -> float:
    """Seconds of all that is measured beside training on two slow cores; training leaves so much time."""
    rounds = others.ROUNDS * (_START_S + 2 * _MANY_S + _IMPORT_S) + others.MEMORY_ROUNDS * _MEMORY_S
    return _FIRST_START_S + rounds


def left_out(sections: Iterable[str]) -> str:
    """What the whole suite has beyond the quick one, in a sentence."""
    contestants = [each.title for name, each in CONTESTANTS.items() if name not in ROWS]
    numbers = [
        f"{CONTESTANTS[name].title.strip('*')} with {' and '.join(map(threads_in_words, missing))} threads"
        for name, threads in ROWS.items()
        if (missing := sorted(set(CONTESTANTS[name].threads) - set(threads)))
    ]
    missing_sections = ", ".join(each for each in sections if each not in SECTIONS)
    return (
        f"The quick suite leaves out the sections {missing_sections}, and {', '.join(contestants + numbers)}."
    )
