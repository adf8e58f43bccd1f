"""From command to visible window and to first prediction, beside a bare import of torch in the same run.

    python -m tests.benchmarks.start_up

Needs a screen; under Linux without one, run it with xvfb-run. Starts are interleaved, medians are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.startup.announcer import READING, VISIBLE

ROUNDS = 9


def import_torch_s(longest_s: float | None = None) -> float:
    """Seconds that a process takes to import torch and end.

    Raises:
        subprocess.SubprocessError: It failed, or took too long.
    """
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch"], check=True, timeout=longest_s)
    return time.perf_counter() - start


def start_program_s(
    drawing: Path, command: Sequence[str] = (sys.executable, "-m", "desktop"), longest_s: float = 600
) -> tuple[float, float]:
    """Seconds from the command to the visible window and to the first reading.

    Raises:
        TimeoutError: It was given up before that, or ended by itself.
    """
    profile = tempfile.mkdtemp()
    environment = {**os.environ, "HOME": profile, "XDG_DATA_HOME": profile, "XDG_CONFIG_HOME": profile}
    start = time.perf_counter()
    program = subprocess.Popen(
        [*command, "--announce", str(drawing)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    visible = reading = 0.0
    assert program.stdout is not None
    giving_up = threading.Timer(longest_s, program.kill)
    giving_up.start()
    for line in program.stdout:
        if line.startswith(VISIBLE):
            visible = time.perf_counter() - start
        if line.startswith(READING):
            reading = time.perf_counter() - start
            break
    giving_up.cancel()
    program.terminate()
    program.communicate()
    if not visible or not reading:
        raise TimeoutError("the program ended before it had read anything")
    return visible, reading


def main() -> None:
    """Measure and print."""
    from engine.data.handwriting.synthetic_digits import random_ink

    drawing = Path(tempfile.mkdtemp()) / "digit.json"
    drawing.write_text(random_ink(3, 1).to_json())
    torch_s, visible_s, reading_s = [], [], []
    for round_number in range(ROUNDS + 1):
        bare, (visible, reading) = import_torch_s(), start_program_s(drawing)
        if round_number:  # the first fills the disk cache
            torch_s.append(bare)
            visible_s.append(visible)
            reading_s.append(reading)
    bare = statistics.median(torch_s)
    print("| | median s | fastest s | over bare torch | to reach |")
    print("|---|---|---|---|---|")
    print(f"| bare import of torch | {bare:.2f} | {min(torch_s):.2f} | 1.00 | |")
    for name, seconds, target in (
        ("command to visible window", visible_s, 0.5),
        ("command to first prediction", reading_s, 1.3),
    ):
        median = statistics.median(seconds)
        print(f"| {name} | {median:.2f} | {min(seconds):.2f} | {median / bare:.2f} | {target} |")


if __name__ == "__main__":
    main()
