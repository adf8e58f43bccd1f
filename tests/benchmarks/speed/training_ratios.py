"""Ratios of training: which are kept, each round's seconds over those of another row in the same round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed.contestants import (
    AUTOMATIC,
    BATCH_SIZES,
    FAST_FLOOR,
    FLOOR,
    JAX,
    LEVEL_5,
    NUMPY,
    OURS,
    SEQUENTIAL,
    TUTORIAL,
)
from tests.benchmarks.speed.disturbance import Quietest
from tests.benchmarks.speed.rounds import Entry, Measured
from tests.benchmarks.speed.summary import quiet_ones


@dataclass(frozen=True)
class Side:
    """One of two that are compared.

    Attributes:
        contestant: Its short name.
        threads: How many, or None for those with which it is fastest.
    """

    contestant: str
    threads: int | None = None

    def entry(self, measured: Measured, batch_size: int) -> Entry | None:
        """What was measured of it; None if nothing was."""
        medians = {
            entry: summary.median
            for entry, summary in measured.summaries.items()
            if (entry.contestant, entry.batch_size, entry.is_busy) == (self.contestant, batch_size, False)
            and self.threads in (None, entry.threads)
        }
        return min(medians, key=lambda entry: medians[entry], default=None)


@dataclass(frozen=True)
class Pair:
    """Seconds of one over those of another.

    Attributes:
        name: In words.
        above: Its seconds are divided.
        below: By its seconds.
        is_lower_better: Whether the program is the better the smaller the ratio is.
    """

    name: str
    above: Side
    below: Side
    is_lower_better: bool = True


_OURS, _ONE_THREAD, _LEVEL_5 = Side(OURS, AUTOMATIC), Side(OURS, 1), Side(LEVEL_5)

PAIRS = (
    Pair("ours over bare products", _OURS, Side(FLOOR)),
    Pair("ours over the faster library", _OURS, Side(FAST_FLOOR)),
    Pair("ours over JAX", _OURS, Side(JAX)),
    Pair("ours over NumPy by hand", _OURS, Side(NUMPY)),
    Pair("ours over Sequential", _OURS, Side(SEQUENTIAL)),
    Pair("ours over the usual tutorial", _OURS, Side(TUTORIAL)),
    Pair("ours over ours with one thread", _OURS, _ONE_THREAD),
    Pair("ours over the faster library, one thread each", _ONE_THREAD, Side(FAST_FLOOR, 1)),
    Pair("level 5 over ours", _LEVEL_5, _OURS, is_lower_better=False),
    Pair("level 5 over Sequential", _LEVEL_5, Side(SEQUENTIAL)),
)


def training_ratios(measured: Measured, quietest: Quietest) -> list[Ratio]:
    """Of all pairs and batch sizes that were measured in the same rounds."""
    return list(_found(measured, quietest))


def _found(measured: Measured, quietest: Quietest) -> Iterator[Ratio]:
    for pair in PAIRS:
        for batch_size in BATCH_SIZES:
            above, below = (side.entry(measured, batch_size) for side in (pair.above, pair.below))
            if above and below:
                name = f"{pair.name}, batch {batch_size}"
                ratio = ratio_of_rounds(name, measured, above, below, quietest, pair.is_lower_better)
                if ratio:
                    yield ratio


def ratio_of_rounds(
    name: str,
    measured: Measured,
    above: Entry,
    below: Entry,
    quietest: Quietest,
    is_lower_better: bool = True,
) -> Ratio | None:
    """Of the rounds that have both, without those in which either was disturbed; None if no round has both.

    Two figures of one round have seen the same machine, whatever it did in the next one.
    """
    found = []
    for number, run in measured.runs[above].items():
        other = measured.runs[below].get(number)
        if other:
            disturbed = max(
                quietest.disturbance(above.threads, run), quietest.disturbance(below.threads, other)
            )
            found.append((disturbed, run.seconds / other.seconds))
    if not found:
        return None
    values, is_disturbed = quiet_ones(found)
    return Ratio.of(name, values, is_lower_better, is_disturbed)
