"""Sections that are measured by themselves: ``python -m tests.benchmarks.speed gpu``."""

import sys

from tests.benchmarks.speed.gpu.__main__ import main

if __name__ == "__main__":
    if sys.argv[1:2] != ["gpu"]:
        raise SystemExit("Name a section: gpu. The others: python -m tests.benchmarks --list")
    main(sys.argv[2:])
