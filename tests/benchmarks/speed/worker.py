"""One contestant or some, once: prints one line of JSON. Run by `rounds` in a fresh process.

python -m tests.benchmarks.speed.worker ours:64:1 ours:256:1 --epochs 3
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from typing import Any

from tests.benchmarks.speed.calibration import calibrate, others_share
from tests.benchmarks.speed.contestants import CONTESTANTS
from tests.benchmarks.speed.task import EPOCH_DIGITS, Task, UnavailableError, load_task


def main() -> None:
    """Measure one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("settings", nargs="+", metavar="CONTESTANT:BATCH_SIZE:THREADS")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--digits", type=int, default=EPOCH_DIGITS)
    parser.add_argument("--products", type=int, default=30, help="of each calibration")
    options = parser.parse_args()
    loaded = load_task(epochs=options.epochs, count=options.digits)
    answers = []
    for setting in options.settings:
        name, batch_size, threads = setting.split(":")
        task = replace(loaded, batch_size=int(batch_size), threads=int(threads))
        answers.append(measure(name, task, options.products))
    print(json.dumps({"runs": answers}))


def measure(name: str, task: Task, products: int) -> dict[str, Any]:
    """Seconds between two calibrations, or why there are none."""
    try:
        contestant = CONTESTANTS[name].function()
        before = calibrate(task.threads, products)
        seconds = contestant(task)
        after = calibrate(task.threads, products)
    except UnavailableError as error:
        return {"unavailable": str(error)}
    return {
        "seconds": seconds,
        "calibration_s": max(before.product_s, after.product_s),
        "others": others_share(before, after),
    }


if __name__ == "__main__":
    main()
