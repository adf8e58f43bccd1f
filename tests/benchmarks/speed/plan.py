"""Plan: how thoroughly a section is to measure."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.speed.disturbance import Quietest


@dataclass(frozen=True)
class Plan:
    """What the command line asks of every section.

    Attributes:
        repeats: Fresh processes for each figure.
        epochs: Timed in each process.
        seeds: Of each training to an accuracy.
        quietest: The machine at its best, over all sections.
    """

    repeats: int = 5
    epochs: int = 3
    seeds: int = 5
    quietest: Quietest = field(default_factory=Quietest)
