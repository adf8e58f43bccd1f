"""From command to visible window and to first prediction: a package's program beside this environment's.

    python -m tests.packaging.start_up PROGRAM

Run by the Python of an environment with Scratchpad installed. Needs a screen; under Linux without one, run it
with xvfb-run. Starts are interleaved, medians are printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from engine.data.handwriting.synthetic_digits import random_ink
from tests.benchmarks.start_up import ROUNDS, start_program_s

_TARGET = 1.3


def main() -> None:
    """Measure and print."""
    program = (sys.argv[1],)
    drawing = Path(tempfile.mkdtemp()) / "digit.json"
    drawing.write_text(random_ink(3, 1).to_json())
    own, packaged = [], []
    for round_number in range(ROUNDS + 1):
        times = start_program_s(drawing), start_program_s(drawing, program)
        if round_number:  # the first fills the disk cache
            own.append(times[0])
            packaged.append(times[1])
    print("| | environment, s | package, s | ratio | to reach |")
    print("|---|---|---|---|---|")
    for name, index, target in (("visible window", 0, ""), ("first prediction", 1, str(_TARGET))):
        theirs = statistics.median(times[index] for times in own)
        ours = statistics.median(times[index] for times in packaged)
        print(f"| command to {name} | {theirs:.2f} | {ours:.2f} | {ours / theirs:.2f} | {target} |")


if __name__ == "__main__":
    main()
