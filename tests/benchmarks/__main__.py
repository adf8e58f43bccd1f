"""The benchmark suite: ``python -m tests.benchmarks``, with ``--only training`` for one section of it.

Needs the environment variable SCRATCHPAD_DATA, a folder with MNIST/raw, and for all peers
``pip install -e ".[bench]"``; ``--quick`` takes three minutes and does without either. Tables go to the
output, as Markdown; progress goes beside it. ``--ratios`` writes the ratios to a file, which
``python -m tests.benchmarks.ratios`` shows next to the last ones. A graphics card has a section of its own:
``python -m tests.benchmarks.speed gpu``.
"""

from __future__ import annotations

import argparse
import importlib
import time
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.ratios.ratio import Ratio
from tests.benchmarks.ratios.record import Record, write_record
from tests.benchmarks.speed import quick
from tests.benchmarks.speed.machine import machine_description
from tests.benchmarks.speed.plan import Plan
from tests.benchmarks.speed.rounds import tell
from tests.benchmarks.speed.task import data_folder

SECTIONS = {
    "training": "tests.benchmarks.speed.training",
    "busy": "tests.benchmarks.speed.busy",
    "time_to_accuracy": "tests.benchmarks.speed.time_to_accuracy",
    "others": "tests.benchmarks.speed.others",
}
"""Modules by their names on the command line; each has a docstring that says what it measures, and `run`."""


def main() -> None:
    """Print the tables of the sections that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, metavar="SECTION")
    parser.add_argument("--repeats", type=int, default=5, help="fresh processes for each figure")
    parser.add_argument("--epochs", type=int, default=3, help="timed in each process")
    parser.add_argument("--seeds", type=int, default=5, help="of each training to an accuracy")
    parser.add_argument("--quick", action="store_true", help="the rows that matter, in three minutes")
    parser.add_argument("--ratios", type=Path, metavar="FILE.json", help="write the ratios to this file")
    parser.add_argument("--list", action="store_true", help="say what the sections are, and measure nothing")
    options = parser.parse_args()
    if options.list:
        for name, module in SECTIONS.items():
            print(f"{name}: {(importlib.import_module(module).__doc__ or '').splitlines()[0]}")
        return
    began = time.monotonic()
    if options.quick:
        plan = quick.quick_plan()
        names = [name for name in options.only or quick.SECTIONS if name in quick.SECTIONS]
        if not names:
            parser.error(f"--quick has the sections {' and '.join(quick.SECTIONS)} alone")
    else:
        data_folder()
        plan = Plan(options.repeats, options.epochs, options.seeds)
        names = options.only or list(SECTIONS)
    print(f"Measured on {machine_description()}.", flush=True)
    ratios: list[Ratio] = []
    for name in names:
        section = importlib.import_module(SECTIONS[name])
        print(f"\n## {section.__doc__.splitlines()[0].rstrip('.')}\n", flush=True)
        ratios += section.run(plan_of(name, plan) if "others" in names else plan)
        if options.ratios:
            write_record(options.ratios, Record.of_today(plan.in_words(), ratios))
    if options.quick:
        print(f"\n{quick.left_out(SECTIONS)}")
    tell(f"{time.monotonic() - began:.0f} s")


def plan_of(section: str, plan: Plan) -> Plan:
    """The same, but that training leaves the others their time."""
    if section != "training":
        return plan
    return replace(plan, deadline=plan.deadline.earlier(quick.others_s()))


if __name__ == "__main__":
    main()
