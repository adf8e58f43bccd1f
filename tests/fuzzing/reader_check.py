"""Reader check: hands damaged inputs to a reader, and counts what is neither a result nor our error."""

from __future__ import annotations

import collections
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SLOW_S = 2.0
_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Report:
    """What a reader made of its inputs.

    Attributes:
        inputs: How many it was given.
        accepted: How many it took; the rest it refused with an error of ours.
        foreign: Exceptions that are not ours, by type and message, and how many of each.
        slowest_s: Seconds that the slowest input took.
        memory_mib: How much the process's largest memory grew, in MiB.
    """

    inputs: int
    accepted: int
    foreign: dict[str, int] = field(default_factory=dict)
    slowest_s: float = 0.0
    memory_mib: float = 0.0

    def __str__(self) -> str:
        """One line for a table."""
        foreign = sum(self.foreign.values())
        return (
            f"{self.inputs} inputs, {self.accepted} taken, {foreign} foreign exceptions, "
            f"slowest {self.slowest_s:.2f} s, memory + {self.memory_mib:.0f} MiB"
        )


def check_reader(
    read: Callable[[bytes], object],
    inputs: Iterable[bytes],
    ours: type[Exception] | tuple[type[Exception], ...],
) -> Report:
    """Read each input; errors of `ours` are refusals, any other exception is foreign."""
    foreign: collections.Counter[str] = collections.Counter()
    count = accepted = 0
    slowest = 0.0
    before = _peak_mib()
    for data in inputs:
        count += 1
        start = time.perf_counter()
        try:
            read(data)
            accepted += 1
        except ours:
            pass
        except Exception as error:
            foreign[f"{type(error).__name__}: {str(error)[:80]}"] += 1
        slowest = max(slowest, time.perf_counter() - start)
    return Report(count, accepted, dict(foreign), slowest, _peak_mib() - before)


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEBIBYTE
