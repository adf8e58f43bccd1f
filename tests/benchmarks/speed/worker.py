"""One contestant, once: prints one line of JSON. Run by `rounds` in a fresh process.

python -m tests.benchmarks.speed.worker ours --batch-size 64 --threads 1 --epochs 3
"""

from __future__ import annotations

import argparse
import json

from tests.benchmarks.speed.calibration import calibrate, others_share
from tests.benchmarks.speed.contestants import CONTESTANTS
from tests.benchmarks.speed.task import UnavailableError, load_task


def main() -> None:
    """Measure between two calibrations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contestant", choices=CONTESTANTS)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=3)
    options = parser.parse_args()
    task = load_task(options.batch_size, options.threads, options.epochs)
    try:
        contestant = CONTESTANTS[options.contestant].function()
        before = calibrate(options.threads)
        seconds = contestant(task)
        after = calibrate(options.threads)
    except UnavailableError as error:
        print(json.dumps({"unavailable": str(error)}))
        return
    print(
        json.dumps(
            {
                "seconds": seconds,
                "calibration_s": max(before.product_s, after.product_s),
                "others": others_share(before, after),
            }
        )
    )


if __name__ == "__main__":
    main()
