"""Plan: how thoroughly a section is to measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.benchmarks.speed.contestants import CONTESTANTS
from tests.benchmarks.speed.deadline import Deadline
from tests.benchmarks.speed.disturbance import Quietest
from tests.benchmarks.speed.task import EPOCH_DIGITS


@dataclass(frozen=True)
class Plan:
    """What the command line asks of every section.

    Attributes:
        repeats: Fresh processes for each figure.
        epochs: Timed in each process, after one that is not.
        seeds: Of each training to an accuracy.
        digits: In an epoch.
        products: Of each calibration.
        longest_wait_s: For other programs to be quiet, before each process.
        rows: Who takes part, with which numbers of threads.
        together: Contestants that share a process, with all their rows; who is not there has one for each.
        deadline: When all of it is to be over.
        quietest: The machine at its best, over all sections.
    """

    repeats: int = 5
    epochs: int = 3
    seeds: int = 5
    digits: int = EPOCH_DIGITS
    products: int = 30
    longest_wait_s: float = 60
    rows: Mapping[str, tuple[int, ...]] = field(
        default_factory=lambda: {name: each.threads for name, each in CONTESTANTS.items()}
    )
    together: tuple[tuple[str, ...], ...] = ()
    deadline: Deadline = field(default_factory=Deadline)
    quietest: Quietest = field(default_factory=Quietest)

    def in_words(self) -> str:
        """How thorough it is."""
        return (
            f"{self.epochs} epochs of {self.digits:,} digits in each process, {self.repeats} rounds at most"
        )
