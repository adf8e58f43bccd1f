"""What all rows of the section share: the digits, the device, and a clock that waits for it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch

from engine.data.digits import Digits
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.stretches.recorder import CudaRecorder, Recorder
from engine.training.stretches.way import StretchWay
from tests.benchmarks.speed.task import EPOCH_DIGITS, Task

BATCH_SIZES = (64, 256)


class CallAgain:
    """A recorder for machines without a graphics card: it calls the function itself again."""

    def record(self, warm_up: Callable[[], None], function: Callable[[], None]) -> Callable[[], None]:
        warm_up()
        return function

    def mark(self) -> Callable[[], None]:
        return lambda: None


@dataclass
class Bench:
    """Where and on what everything is measured.

    Attributes:
        task: MNIST's digits.
        device: ``cuda``, or ``cpu`` for a dry run.
        is_quick: Whether a look is enough.
        is_fused: Whether ours may take fused steps.
        figures: Milliseconds an epoch by title and batch size, for the ratios.
    """

    task: Task
    device: str
    is_quick: bool
    is_fused: bool = True
    figures: dict[tuple[str, int], float] = field(default_factory=dict)

    @property
    def recorder(self) -> Recorder:
        """Of the device."""
        return CudaRecorder() if self.device == "cuda" else CallAgain()

    @property
    def epochs(self) -> int:
        """Timed of each training."""
        return 1 if self.is_quick else 5

    @property
    def seeds(self) -> range:
        """Of each training to an accuracy."""
        return range(1, 2 if self.is_quick else 6)

    def way(self, precision: str | None = None) -> StretchWay:
        """Recorded stretches: fused with that precision, if they may be, or by PyTorch's operations."""
        if precision is None or not self.is_fused:
            return StretchWay(self.recorder, is_fused=False)
        return StretchWay(self.recorder, precision=precision)

    def wait(self) -> None:
        """Until the device has done everything."""
        if self.device == "cuda":
            torch.cuda.synchronize()

    def best_ms(self, run_epoch: Callable[[], object]) -> float:
        """Milliseconds of the fastest of some epochs, after one that does not count."""
        run_epoch()
        self.wait()
        found = []
        for _ in range(self.epochs):
            began = time.perf_counter()
            run_epoch()
            self.wait()
            found.append(1000 * (time.perf_counter() - began))
        return min(found) * EPOCH_DIGITS / len(self.task.digits)

    def few(self) -> Digits:
        """Ten digits to validate on."""
        return self.task.digits.take(torch.arange(10))

    def fit_epochs(self, settings: TrainingSettings, way: StretchWay | None) -> Iterator[float]:
        """Train, and yield the seconds that each epoch took; the first has the recording in it."""
        began = time.perf_counter()
        results = fit(self.task.digits, self.few(), settings, self.task.standardisation, self.device, way=way)
        for result in results:
            if isinstance(result, EpochCompleted):
                yield time.perf_counter() - began
                began = time.perf_counter()

    def note(self, title: str, batch_size: int, milliseconds: float) -> None:
        """Keep a figure, and print it."""
        self.figures[title, batch_size] = milliseconds
        say(f"| {title} | {batch_size} | {milliseconds:.2f} ms an epoch |")


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


def spread(numbers: list[float], digits: int = 1) -> str:
    """Median and range."""
    return f"{statistics.median(numbers):.{digits}f} ({min(numbers):.{digits}f} to {max(numbers):.{digits}f})"
