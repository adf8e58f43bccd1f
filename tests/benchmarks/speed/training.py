"""Seconds per epoch of 784-100-10, ours and others', over the bare matrix products of the same machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.speed.contestants import (
    AUTOMATIC,
    BATCH_SIZES,
    CONTESTANTS,
    FAST_FLOOR,
    FLOOR,
    JAX,
    NUMPY,
    OURS,
    SEQUENTIAL,
    TUTORIAL,
    threads_in_words,
)
from tests.benchmarks.speed.disturbance import RULE
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import Entry, Measured, run_rounds
from tests.benchmarks.speed.task import EPOCH_DIGITS
from tests.benchmarks.speed.training_ratios import training_ratios

NOTE = (
    "784-100-10, ReLU, SGD with momentum 0.9, float32, seconds per epoch of MNIST's 60,000 training digits,"
    " in memory{fewer}. Each figure is the median, and in brackets the range, of fresh processes taken in "
    "turn; each process gives the fastest of its epochs, the first of which does not count. The floor is "
    "the five matrix products of each step on buffers made once, the faster of one and of two threads, by "
    "the library that PyTorch takes by itself; ours asks another for large ones where that is faster. Ours "
    "is `fit`, with its reports, and 10 digits to validate on; it is compared with its {threads}, others "
    "with their fastest. Default threads are those that a library takes by itself: all cores. What is "
    "compiled was compiled before."
)


@dataclass(frozen=True)
class Target:
    """A ratio to reach.

    Attributes:
        what: In words.
        other: Contestant that ours is compared with.
        is_speed: Whether the ratio is the other's seconds over ours, at least to be reached; else ours over
            the other's, at most.
        bounds: For each of `BATCH_SIZES`.
    """

    what: str
    other: str
    is_speed: bool
    bounds: tuple[float, float]

    def row(self, figures: Figures) -> str:
        """As Markdown."""
        cells = [self.what]
        for batch_size, bound in zip(BATCH_SIZES, self.bounds, strict=True):
            cells.append(f"{'≥' if self.is_speed else '≤'} {bound:g}")
            ours, other = figures.ours(batch_size), figures.fastest(self.other, batch_size)
            if ours is None or other is None:
                cells.append("not measured")
                continue
            ratio = other / ours if self.is_speed else ours / other
            is_reached = ratio >= bound if self.is_speed else ratio <= bound
            cells.append(f"{ratio:.2f}" + ("" if is_reached else ", not reached"))
        return f"| {' | '.join(cells)} |"


TARGETS = (
    Target("ours over the bare matrix products", FLOOR, False, (1.5, 1.3)),
    Target("ours over the same by the faster library", FAST_FLOOR, False, (1.5, 1.3)),
    Target("ours over JAX", JAX, False, (1.15, 1.0)),
    Target("ours over NumPy by hand", NUMPY, False, (0.8, 0.8)),
    Target("speed over Sequential in memory", SEQUENTIAL, True, (3.0, 1.7)),
    Target("speed over the usual tutorial", TUTORIAL, True, (30.0, 30.0)),
)


class Figures:
    """Medians, as they are compared."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured

    def fastest(self, contestant: str, batch_size: int) -> float | None:
        """Over all numbers of threads; None where nothing was measured."""
        medians = [
            summary.median
            for entry, summary in self.measured.summaries.items()
            if (entry.contestant, entry.batch_size) == (contestant, batch_size)
        ]
        return min(medians, default=None)

    def ours(self, batch_size: int) -> float | None:
        """With the program's own choice of threads, if it makes one."""
        chosen = self.measured.summaries.get(Entry(OURS, batch_size, AUTOMATIC))
        return chosen.median if chosen else self.fastest(OURS, batch_size)

    @property
    def is_automatic(self) -> bool:
        """Whether the program chose its number of threads itself."""
        return all(Entry(OURS, size, AUTOMATIC) in self.measured.summaries for size in BATCH_SIZES)

    def row(self, contestant: str, threads: int) -> str:
        """As Markdown; empty where nothing was measured."""
        cells = [CONTESTANTS[contestant].title, threads_in_words(threads)]
        has_figure = False
        for batch_size in BATCH_SIZES:
            summary = self.measured.summaries.get(Entry(contestant, batch_size, threads))
            if summary is None:
                cells += ["", "", ""]
                continue
            has_figure = True
            floor, ours = self.fastest(FLOOR, batch_size), self.ours(batch_size)
            over_floor = f"{summary.median / floor:.2f}" if floor else ""
            over_ours = (
                f"{summary.median / ours:.2f}" if ours and contestant not in (FLOOR, FAST_FLOOR, OURS) else ""
            )
            cells += [summary.cell(), over_floor, over_ours]
        return f"| {' | '.join(cells)} |" if has_figure else ""


def entries(plan: Plan) -> Iterator[Entry]:
    """Everyone who takes part, with every batch size and number of threads."""
    for name, numbers in plan.rows.items():
        for batch_size in CONTESTANTS[name].batch_sizes:
            for threads in numbers:
                yield Entry(name, batch_size, threads)


def run(plan: Plan) -> list[Ratio]:
    """Measure and print two tables."""
    measured = run_rounds(list(entries(plan)), plan)
    figures = Figures(measured)
    threads = "own choice of threads" if figures.is_automatic else "faster number of threads"
    print("| | threads " + "".join(f"| batch {b}, s | over floor | over ours " for b in BATCH_SIZES) + "|")
    print("|---|---" + "|---" * 3 * len(BATCH_SIZES) + "|")
    for name, numbers in plan.rows.items():
        for number in numbers:
            row = figures.row(name, number)
            if row:
                print(row)
    print("\n| " + "".join(f"| to reach | batch {b} " for b in BATCH_SIZES) + "|")
    print("|---" + "|---" * 2 * len(BATCH_SIZES) + "|")
    for target in TARGETS:
        if target.other in plan.rows:
            print(target.row(figures))
    fewer = "" if plan.digits == EPOCH_DIGITS else f" (measured with {plan.digits:,} digits, and scaled up)"
    note = NOTE.format(threads=threads, fewer=fewer)
    if TUTORIAL in plan.rows:
        note += " Of the usual tutorial a tenth of an epoch was timed and multiplied by ten."
    print("\n" + note, RULE, *measured.notes(), sep="\n", flush=True)
    return training_ratios(measured, plan.quietest)
