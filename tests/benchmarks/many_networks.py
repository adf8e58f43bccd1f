"""Many networks at once against the same number in turn: ``python -m tests.benchmarks.many_networks``.

Built-in handwriting, an epoch of 6,000 digits in mini-batches of 64. The networks in turn are a few of them,
scaled up; each way is measured in turn with each number of threads, and gets its own best one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import torch

from engine.data.digits import Digits, Standardisation
from engine.data.synthetic_digits import make_handwriting
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.many_networks import Variant, fit_many
from engine.training.thread_tuning import usable_cores

NETWORKS = 64
IN_TURN = 4
ROUNDS = 3
HIDDEN = ((), (32,), (100,))


def main(device: str = "cpu") -> None:
    """Print a table."""
    digits = make_handwriting(6000, 1)
    judged = digits.take(torch.arange(10))
    standardisation = Standardisation.of(digits)
    thread_counts = sorted({1, usable_cores()}) if device == "cpu" else [1]
    print(f"| network, {NETWORKS} of them on {device} | in turn | at once | times as fast |")
    print("|---|---|---|---|")
    for hidden in HIDDEN:
        settings = TrainingSettings(hidden=hidden, epochs=1)
        ways = {
            "in turn": lambda settings=settings: in_turn(digits, judged, settings, standardisation, device),
            "at once": lambda settings=settings: at_once(digits, judged, settings, standardisation, device),
        }
        seconds = {way: measure(run, thread_counts) for way, run in ways.items()}
        name = architecture_of(settings).describe()
        print(
            f"| {name} | {seconds['in turn']:.2f} s | {seconds['at once']:.2f} s | "
            f"{seconds['in turn'] / seconds['at once']:.2f} |",
            flush=True,
        )


def measure(run: Callable[[], float], thread_counts: list[int]) -> float:
    """Seconds with the best number of threads, the median of some rounds."""
    found: dict[int, list[float]] = {count: [] for count in thread_counts}
    for _ in range(ROUNDS):
        for count in thread_counts:
            torch.set_num_threads(count)
            found[count].append(run())
    return min(statistics.median(each) for each in found.values())


def in_turn(
    digits: Digits, judged: Digits, settings: TrainingSettings, standardisation: Standardisation, device: str
) -> float:
    """Seconds for all of them, one after another."""
    began = time.perf_counter()
    for _ in range(IN_TURN):
        for _result in fit(digits, judged, settings, standardisation, device):
            pass
    return (time.perf_counter() - began) * NETWORKS / IN_TURN


def at_once(
    digits: Digits, judged: Digits, settings: TrainingSettings, standardisation: Standardisation, device: str
) -> float:
    """Seconds for all of them together."""
    variants = [Variant(seed, settings.learning_rate) for seed in range(NETWORKS)]
    began = time.perf_counter()
    for _result in fit_many(digits, judged, settings, standardisation, variants, device):
        pass
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:2])
