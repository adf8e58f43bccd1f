"""The benchmark suite: ``python -m tests.benchmarks``, with ``--only training`` for one section of it.

Needs the environment variable SCRATCHPAD_DATA, a folder with MNIST/raw, and for all peers
``pip install -e ".[bench]"``. Tables go to the output, as Markdown; progress goes beside it. A graphics
card has a section of its own: ``python -m tests.benchmarks.speed gpu``.
"""

from __future__ import annotations

import argparse
import importlib
import time

from tests.benchmarks.speed.machine import machine_description
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import tell
from tests.benchmarks.speed.task import data_folder

SECTIONS = {
    "training": "tests.benchmarks.speed.training",
    "busy": "tests.benchmarks.speed.busy",
    "time_to_accuracy": "tests.benchmarks.speed.time_to_accuracy",
}
"""Modules by their names on the command line; each has a docstring that says what it measures, and `run`."""


def main() -> None:
    """Print the tables of the sections that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes for each figure")
    parser.add_argument("--epochs", type=int, default=3, help="timed in each process")
    parser.add_argument("--seeds", type=int, default=5, help="of each training to an accuracy")
    parser.add_argument("--quick", action="store_true", help="one process, one epoch, one seed: only a look")
    parser.add_argument("--list", action="store_true", help="say what the sections are, and measure nothing")
    options = parser.parse_args()
    if options.list:
        for name, module in SECTIONS.items():
            print(f"{name}: {(importlib.import_module(module).__doc__ or '').splitlines()[0]}")
        return
    data_folder()
    plan = Plan(1, 1, 1) if options.quick else Plan(options.repeats, options.epochs, options.seeds)
    began = time.monotonic()
    print(f"Measured on {machine_description()}.", flush=True)
    for name in options.only:
        section = importlib.import_module(SECTIONS[name])
        print(f"\n## {section.__doc__.splitlines()[0].rstrip('.')}\n", flush=True)
        section.run(plan)
    tell(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
