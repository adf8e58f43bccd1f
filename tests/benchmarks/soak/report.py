"""Report: figures of a minute, and those of the whole walk beside what is to be reached."""

from __future__ import annotations

import ctypes
import gc
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.benchmarks.memory import resident_mb
from tests.benchmarks.soak.watch import Stall

_SETTLED_MINUTE = 3
MOST_GROWTH = 1.1
"""Memory at the end over that of the third minute."""
LONG_STALL_S = 0.25
_MOST_STALLS = 15
"""That are named; on a machine that does much else there are many."""


@dataclass(frozen=True, slots=True)
class Minute:
    """Of one minute.

    Attributes:
        number: From 1.
        actions: Since the start.
        trainings: Since the start.
        memory_mb: Resident, after the allocator has given back what it can.
        threads: Of the process.
        files: That are open.
        widgets: Of Qt.
        qobjects: That can be found from the windows and the application.
        stall_s: The longest.
        errors: Unexpected ones since the start.
    """

    number: int
    actions: int
    trainings: int
    memory_mb: float
    threads: int
    files: int
    widgets: int
    qobjects: int
    stall_s: float
    errors: int

    def row(self) -> str:
        """Of the table."""
        return (
            f"| {self.number} | {self.actions:,} | {self.trainings} | {self.memory_mb:.0f} | {self.threads} "
            f"| {self.files} | {self.widgets:,} | {self.qobjects:,} | {1000 * self.stall_s:.0f} "
            f"| {self.errors} |"
        )


HEAD = (
    "| minute | actions | trainings | memory MB | threads | files | widgets | QObjects | longest stall ms "
    "| unexpected errors |\n|---|---|---|---|---|---|---|---|---|---|"
)


def measure(number: int, actions: int, trainings: int, stall_s: float, errors: int) -> Minute:
    """How the process stands now. Linux only."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    roots: list[QObject] = [*QApplication.topLevelWidgets(), QApplication.instance()]
    return Minute(
        number,
        actions,
        trainings,
        resident_mb(),
        len(os.listdir("/proc/self/task")),
        len(list(Path("/proc/self/fd").iterdir())),
        len(QApplication.allWidgets()),
        len(roots) + sum(len(root.findChildren(QObject)) for root in roots),
        stall_s,
        errors,
    )


def summary(minutes: list[Minute], errors: Counter[str], long_stalls: list[Stall]) -> str:
    """What was unexpected, and the figures beside what is to be reached."""
    lines = [f"{count} x {said}" for said, count in errors.most_common()]
    lines += [str(stall) for stall in sorted(long_stalls, key=lambda each: -each.busy_s)[:_MOST_STALLS]]
    lines += ["", "| | found | to reach |", "|---|---|---|"]
    lines.append(f"| unexpected errors | {errors.total()} | 0 |")
    lines.append(f"| stalls over {1000 * LONG_STALL_S:.0f} ms | {len(long_stalls)} | 0 |")
    busy = sum(stall.busy_s > LONG_STALL_S for stall in long_stalls)
    lines.append(f"| of them, on the processor all that time | {busy} | 0 |")
    settled = next((each for each in minutes if each.number == _SETTLED_MINUTE), minutes[0])
    last = minutes[-1]
    lines.append(
        f"| memory of minute {last.number} over minute {settled.number} "
        f"| {last.memory_mb / settled.memory_mb:.2f} | {MOST_GROWTH} |"
    )
    return "\n".join(lines)
