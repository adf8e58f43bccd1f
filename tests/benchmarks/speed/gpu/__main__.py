"""All rows on a graphics card, each by itself: one that fails says so in a line, and the others go on.

    python -m tests.benchmarks.speed gpu
    python -m tests.benchmarks.speed gpu --device cpu --quick

The second is a dry run on a machine without a card.
"""

from __future__ import annotations

import argparse
import faulthandler
import platform
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from engine.training.stretches.fused import USUAL_PRECISION
from tests.benchmarks.speed.gpu import accuracy, many, ours, peers
from tests.benchmarks.speed.gpu.bench import BATCH_SIZES, Bench, say
from tests.benchmarks.speed.task import load_task

ROWS: dict[str, tuple[Callable[[Bench], None], float]] = {
    "same": (ours.same_numbers, 60),
    "ours": (ours.fused, 40),
    "floor": (peers.floor, 20),
    "jax": (peers.jax, 70),
    "sequential": (peers.sequential, 30),
    "unfused": (ours.unfused, 20),
    "automatic": (ours.automatic, 30),
    "latency": (ours.latency, 30),
    "accuracy": (accuracy.to_accuracy, 60),
    "many": (many.many, 60),
    "precisions": (accuracy.precisions, 60),
    "profile": (ours.profile, 20),
}
"""Rows by their names, each with the most seconds that it may take."""
_BOUNDS = {64: 30.0, 256: 11.0}
_OVER_JAX = 1.3
_DRY_DIGITS = 2_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.speed gpu",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--quick", action="store_true", help="one epoch, one seed: only a look")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS), metavar="ROW")
    parser.add_argument("--budget-s", type=float, default=240, help="no row begins or goes on after that")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    # What hangs in a library hears no signal.
    faulthandler.dump_traceback_later(options.budget_s + 15, exit=True)
    task = load_task()
    if options.device == "cpu":
        torch.set_num_threads(1)
        task = replace(
            task,
            digits=task.digits.take(torch.arange(_DRY_DIGITS)),
            test=task.test.take(torch.arange(_DRY_DIGITS // 2)),
        )
    bench = Bench(task, options.device, options.quick)
    name = torch.cuda.get_device_name() if options.device == "cuda" else "a CPU: a dry run"
    say(f"On {name}, Python {platform.python_version()}, PyTorch {torch.__version__}.\n")
    signal.signal(signal.SIGALRM, _too_long)
    for row in options.only:
        function, most_s = ROWS[row]
        left_s = options.budget_s - (time.monotonic() - began)
        if left_s < 2:
            say(f"| {row} | not measured: no time left |")
            continue
        row_began = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, min(most_s, left_s))
        try:
            function(bench)
        except Exception as error:  # whatever it is, the other rows are to be measured
            lines = str(error).strip().splitlines() or [""]
            say(f"| {row} | not measured: {type(error).__name__}: {lines[0][:200]} … {lines[-1][:200]} |")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        say(f"|   {row} took | {time.monotonic() - row_began:.1f} s |")
    _summary(bench)
    faulthandler.cancel_dump_traceback_later()


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError("it took too long")


def _summary(bench: Bench) -> None:
    say(
        "\n| | "
        + " | ".join(f"batch {size}, ms | ours is so many times as fast" for size in BATCH_SIZES)
        + " |"
    )
    say("|---|" + "---|---|" * len(BATCH_SIZES))
    title_of_ours = f"{ours.OURS}, fused, {USUAL_PRECISION}"
    for title in dict.fromkeys(title for title, _ in bench.figures):
        cells = []
        for size in BATCH_SIZES:
            figure, own = bench.figures.get((title, size)), bench.figures.get((title_of_ours, size))
            cells.append("not measured" if figure is None else f"{figure:.2f}")
            cells.append("" if figure is None or own is None else f"{figure / own:.2f}")
        say(f"| {title} | {' | '.join(cells)} |")
    for size, bound in _BOUNDS.items():
        own, other = bench.figures.get((title_of_ours, size)), bench.figures.get((peers.JAX, size))
        if own is not None:
            over = "not measured" if other is None else f"{other / own:.2f} times (to reach {_OVER_JAX})"
            say(f"Batch {size}: {own:.1f} ms (to reach {bound:g}); over JAX {over}.")


if __name__ == "__main__":
    main()
