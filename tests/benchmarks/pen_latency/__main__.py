"""From pen move to new bars, and the longest stall of the event loop, idle and while training.

    python -m tests.benchmarks.pen_latency [--quick] [--only single parts ...]

Replays strokes at the pace of a tablet as events in the real window, and in turn in a bare window of the same
size that only repaints, so that figures over its figures say the same on every machine. The strokes are real
ones where SCRATCHPAD_DATA names them, else built-in handwriting; so is the training data.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from desktop.settings.settings import Settings
from desktop.startup.application import _SWITCH_INTERVAL_S
from desktop.widgets.theme import Theme
from engine.data.sources import HANDWRITING, MNIST
from engine.settings import TrainingSettings
from tests.benchmarks.pen_latency.drawings import (
    MOST_POINTS,
    Drawing,
    has_data,
    long_drawings,
    single_digits,
    touching_numbers,
)
from tests.benchmarks.pen_latency.hand import MOVES_PER_S, Hand, spin_until, step
from tests.benchmarks.pen_latency.parts import PARTS, Parts
from tests.benchmarks.pen_latency.tables import HEAD, parts_table, row
from tests.benchmarks.pen_latency.watch import Watch
from tests.benchmarks.pen_latency.windows import BareWindow, RealWindow

SIZE, LARGE = QSize(1280, 800), QSize(3840, 2160)
TRAININGS = (((100,), 64), ((512, 256), 128))
CASES = ("single", "touching", "long", "large", "training", "parts")


@dataclass(frozen=True)
class Plan:
    """How many drawings of each kind."""

    digits: int = 60
    numbers: int = 6
    moves_of_long: int = 300
    digits_of_large: int = 20
    trainings: int = len(TRAININGS)
    drawings_in_parts: int = 12


QUICK = Plan(8, 1, 60, 4, 1, 3)


@dataclass
class Bench:
    """Both windows, and the hand that draws in them."""

    real: RealWindow
    bare: BareWindow
    hand: Hand
    parts: list[tuple[str, Parts, Watch, Watch]] = field(default_factory=list)

    def draw(self, drawings: list[Drawing]) -> tuple[Watch, Watch]:
        """Draw in both windows, in turn, and return what was watched."""
        self.real.watch, self.bare.watch = Watch(), Watch()
        self.hand.draw(drawings)
        return self.real.watch, self.bare.watch

    def report(self, name: str, drawings: list[Drawing], target: str) -> Watch:
        """Print a row."""
        real, bare = self.draw(drawings)
        print(row(name, real, bare, target), flush=True)
        return real

    def take_apart(self, name: str, drawings: list[Drawing]) -> None:
        """Each move by itself, with a stopwatch for each part."""
        self.real.watch, self.bare.watch = Watch(), Watch()
        PARTS.cpu_s, PARTS.wall_s = {}, {}
        step([self.real, self.bare], drawings)
        self.parts.append((name, PARTS.taken(), self.real.watch, self.bare.watch))

    def resize(self, size: QSize) -> None:
        """Both windows."""
        self.real.resize(size)
        settle = [0]
        spin_until(lambda: settle.append(0) or len(settle) > 20)  # type: ignore[func-returns-value]
        self.bare.lay_out_like(self.real)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pen_latency", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few drawings: only a look")
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE")
    options = parser.parse_args()
    plan = QUICK if options.quick else Plan()
    with tempfile.TemporaryDirectory(prefix="pen-", ignore_cleanup_errors=True) as profile:
        os.environ.update(XDG_DATA_HOME=profile, XDG_CONFIG_HOME=profile, XDG_CACHE_HOME=profile)
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        application = QApplication([])
        PARTS.watch()
        real = RealWindow(Settings(Path(profile) / "s.ini"), Theme(application, "dark"))
        real.resize(SIZE)
        real.show()
        real.load_engine()
        spin_until(real.training.train_button.isEnabled)
        bare = BareWindow()
        bare.lay_out_like(real)
        bare.show()
        print(f"{MOVES_PER_S} moves/s, {application.platformName()}\n\n{HEAD}", flush=True)
        bench = Bench(real, bare, Hand([real, bare]))
        _measure(bench, plan, options.only)
        bare.close()
        real.close()


def _measure(bench: Bench, plan: Plan, cases: list[str]) -> None:
    digits = single_digits(plan.digits)
    few = digits[: plan.drawings_in_parts]
    idle: Watch | None = None
    bench.draw(digits[:2])  # what is made at the first use belongs to no move
    if "single" in cases:
        idle = bench.report("idle", digits, "1.5 times")
    if "parts" in cases:
        bench.take_apart("idle", few)
    if has_data() and {"touching", "parts"} & set(cases):
        _eight(bench, plan, cases)
    if {"long", "parts"} & set(cases):
        long = long_drawings(plan.moves_of_long)
        if "long" in cases:
            bench.report(f"idle, more than {MOST_POINTS:,} points", long, "1.5 times")
        if "parts" in cases:
            bench.take_apart("long", long_drawings(60))
    if {"large", "parts"} & set(cases):
        bench.resize(LARGE)
        size = f"{bench.real.width()} × {bench.real.height()}"
        if "large" in cases:
            bench.report(f"idle, a window of {size}", digits[: plan.digits_of_large], "1.5 times")
        if "parts" in cases:
            bench.take_apart(size, few)
        bench.resize(SIZE)
    if "training" in cases:
        stalls = _while_training(bench, plan, digits, few if "parts" in cases else [])
        if idle is not None:
            ratio = max(stalls) / idle.longest_stall_ms
            print(f"\nLongest stall while training over idle: {ratio:.1f} times (to reach: 2)")
    if bench.parts:
        print(f"\n{parts_table(bench.parts)}")


def _eight(bench: Bench, plan: Plan, cases: list[str]) -> None:
    if "touching" in cases:
        bench.report("idle, eight touching digits", touching_numbers(plan.numbers), "16 ms")
        last = touching_numbers(plan.numbers, digits_before=7)
        bench.report("idle, the last of eight touching digits", last, "16 ms")
    if "parts" in cases:
        bench.take_apart("last of eight", touching_numbers(plan.drawings_in_parts // 2, digits_before=7))


def _while_training(bench: Bench, plan: Plan, digits: list[Drawing], few: list[Drawing]) -> list[float]:
    """A row for each training; the longest stall of each."""
    window, stalls = bench.real, []
    data = MNIST if has_data() else HANDWRITING
    controller = window.training_controller
    for hidden, batch_size in TRAININGS[: plan.trainings]:
        settings = TrainingSettings(hidden=hidden, epochs=1000, batch_size=batch_size, learning_rate=0.01)
        window.training.fields.set_settings(settings, data, "cpu")
        arrived: list[object] = []
        controller.trainer.results_arrived.connect(arrived.append)
        window.training.request_training()
        spin_until(_is_true(arrived))
        name = f"training {'-'.join(map(str, (784, *hidden, 10)))}, batch {batch_size}"
        stalls.append(bench.report(name, digits, "3 times").longest_stall_ms)
        if few and hidden == TRAININGS[0][0]:
            bench.take_apart("training", few)
        controller.stop()
        spin_until(lambda: not controller.trainer.is_running)
    return stalls


def _is_true(found: list[object]) -> Callable[[], bool]:
    return lambda: bool(found)


if __name__ == "__main__":
    main()
