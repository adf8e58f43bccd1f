"""JAX alone: a line of JSON for each precision and batch size. Arguments: device, epochs, batch sizes."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")

from dataclasses import replace

from tests.benchmarks.speed.jax_scan import seconds_per_epoch
from tests.benchmarks.speed.task import load_task

PRECISIONS = ("default", "highest")


def main() -> None:
    """Measure."""
    device, epochs, *batch_sizes = sys.argv[1:]
    task = load_task(epochs=int(epochs))
    platform = "cpu" if device == "cpu" else "cuda"
    for precision in PRECISIONS:
        for batch_size in map(int, batch_sizes):
            seconds = seconds_per_epoch(replace(task, batch_size=batch_size), platform, precision)
            print(json.dumps([precision, batch_size, min(seconds)]), flush=True)


if __name__ == "__main__":
    main()
