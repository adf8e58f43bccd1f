"""All rows on a graphics card, each by itself: one that fails says so in a line, and the others go on.

    python -m tests.benchmarks.speed gpu
    python -m tests.benchmarks.speed gpu --device cpu --quick

The second is a dry run on a machine without a card. Where the environment variable OUT names a folder, what
failed is written there in full.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import platform
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from engine.training.stretches import fused
from tests.benchmarks.speed.gpu import accuracy, many, ours, peers
from tests.benchmarks.speed.gpu.bench import BATCH_SIZES, Bench, say
from tests.benchmarks.speed.task import load_task

ROWS: dict[str, tuple[Callable[[Bench], None], float]] = {
    "ours": (ours.fused_epochs, 40),
    "floor": (peers.floor, 15),
    "jax": (peers.jax, 75),
    "sequential": (peers.sequential, 20),
    "latency": (ours.latency, 20),
    "accuracy": (accuracy.to_accuracy, 40),
    "many": (many.many, 45),
    "unfused": (ours.unfused, 15),
    "automatic": (ours.automatic, 20),
    "precisions": (accuracy.precisions, 40),
    "profile": (ours.profile, 15),
    "same": (ours.same_numbers, 40),
}
"""Rows by their names, each with the most seconds that it may take."""
_BOUNDS = {64: 30.0, 256: 11.0}
_OVER_JAX = 1.3
_DRY_DIGITS = 2_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    began = time.monotonic()
    # What hangs in a library hears no signal.
    faulthandler.dump_traceback_later(options.budget_s + 3, exit=True)
    task = load_task()
    if options.device == "cpu":
        torch.set_num_threads(1)
        task = replace(
            task,
            digits=task.digits.take(torch.arange(_DRY_DIGITS)),
            test=task.test.take(torch.arange(_DRY_DIGITS // 2)),
        )
    bench = Bench(task, options.device, options.quick, is_fused=not options.plain)
    bench.figures.update({(title, size): figure for title, size, figure in json.loads(options.figures)})
    name = torch.cuda.get_device_name() if options.device == "cuda" else "a CPU: a dry run"
    say(f"On {name}, Python {platform.python_version()}, PyTorch {torch.__version__}.")
    say(f"| ready after | {time.monotonic() - began:.1f} s |")
    signal.signal(signal.SIGALRM, _too_long)
    for place, row in enumerate(options.only):
        function, most_s = ROWS[row]
        left_s = options.budget_s - (time.monotonic() - began)
        if left_s < 2:
            say(f"| {row} | not measured: no time left |")
            continue
        is_well = _measure(row, function, bench, min(most_s, left_s))
        _tell_failures()
        if not is_well and _is_lost(bench):
            left_s = options.budget_s - (time.monotonic() - began)
            _start_again(options, options.only[place + 1 :], left_s, bench)
    _summary(bench)
    faulthandler.cancel_dump_traceback_later()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.speed gpu",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--quick", action="store_true", help="one epoch, one seed: only a look")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS), metavar="ROW")
    parser.add_argument("--budget-s", type=float, default=240, help="no row begins or goes on after that")
    parser.add_argument("--plain", action="store_true", help="ours without fused steps")
    parser.add_argument("--figures", default="[]", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _measure(row: str, function: Callable[[Bench], None], bench: Bench, most_s: float) -> bool:
    """Measure a row; says whether it went well."""
    began = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, most_s)
    try:
        function(bench)
        bench.wait()
    except Exception as error:  # whatever it is, the other rows are to be measured
        signal.setitimer(signal.ITIMER_REAL, 0)
        say(f"| {row} | not measured: {_in_a_line(error)} |")
        _write_down(row, "".join(traceback.format_exception(error)))
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        say(f"|   {row} took | {time.monotonic() - began:.1f} s |")
    return True


def _in_a_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:160]}" + (f" … {lines[-1][:160]}" if lines[1:] else "")


def _write_down(row: str, text: str) -> None:
    """The whole traceback."""
    folder = os.environ.get("OUT")
    if not folder:
        say(text)
        return
    with (Path(folder) / "failures.txt").open("a") as file:
        file.write(f"=== {row}\n{text}\n")


def _tell_failures() -> None:
    """Why kernels could not be built, and other steps were taken."""
    for text in fused.failures:
        say(f"| kernels were not built | {text.strip().splitlines()[-1][:300]} |")
        _write_down("kernels", text)
    fused.failures.clear()


def _is_lost(bench: Bench) -> bool:
    """Whether the card answers this process no more, as after a wrong address."""
    if bench.device == "cpu":
        return False
    try:
        return float(torch.ones(8, device=bench.device).sum()) != 8
    except RuntimeError:
        return True


def _start_again(options: argparse.Namespace, rows: Sequence[str], left_s: float, bench: Bench) -> None:
    """The rows that are left, in a new process, without the kernels that may have done it."""
    if not rows or left_s < 10:
        return
    say("| the card has to be opened anew; ours without fused steps from here | |")
    figures = json.dumps([[title, size, figure] for (title, size), figure in bench.figures.items()])
    command = [sys.executable, "-m", "tests.benchmarks.speed", "gpu", "--plain", "--figures", figures]
    command += ["--device", options.device, "--budget-s", str(left_s), *["--quick"] * options.quick]
    os.execv(sys.executable, [*command, "--only", *rows])


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError("it took too long")


def _summary(bench: Bench) -> None:
    heads = " | ".join(f"batch {size}, ms | ours is so many times as fast" for size in BATCH_SIZES)
    say(f"\n| | {heads} |")
    say("|---|" + "---|---|" * len(BATCH_SIZES))
    fused_title = ours.title_of(fused.USUAL_PRECISION)
    has_fused = (fused_title, BATCH_SIZES[0]) in bench.figures
    own_title = fused_title if has_fused else ours.UNFUSED
    for title in dict.fromkeys(title for title, _ in bench.figures):
        cells = []
        for size in BATCH_SIZES:
            figure, own = bench.figures.get((title, size)), bench.figures.get((own_title, size))
            cells.append("not measured" if figure is None else f"{figure:.2f}")
            cells.append("" if figure is None or own is None else f"{figure / own:.2f}")
        say(f"| {title} | {' | '.join(cells)} |")
    for size, bound in _BOUNDS.items():
        own, other = bench.figures.get((own_title, size)), bench.figures.get((peers.JAX, size))
        if own is not None:
            over = "not measured" if other is None else f"{own / other:.2f} (to reach {_OVER_JAX})"
            say(f"Batch {size}: {own:.1f} ms (to reach {bound:g}); over JAX's time {over}.")


if __name__ == "__main__":
    main()
