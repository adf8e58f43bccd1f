"""JAX alone: prints seconds of each epoch as JSON. Arguments: device, precision, batch size, epochs."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")

from tests.benchmarks.speed.jax_scan import seconds_per_epoch
from tests.benchmarks.speed.task import load_task


def main() -> None:
    """Measure."""
    device, precision, batch_size, epochs = sys.argv[1:]
    task = load_task(int(batch_size), epochs=int(epochs))
    platform = "cpu" if device == "cpu" else "cuda"
    print(json.dumps(seconds_per_epoch(task, platform, precision)))


if __name__ == "__main__":
    main()
