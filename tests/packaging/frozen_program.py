"""Stands for the frozen program: started without a word it searches; started by a search, it is a worker.

Writes a line into the file that ``FROZEN_PROGRAM_LOG`` names: which it was, and whether a window's library
was imported.
"""

from __future__ import annotations

import atexit
import os
import sys
from pathlib import Path


def tell(what: str) -> None:
    """Add a line; short enough to be written in one piece."""
    with Path(os.environ["FROZEN_PROGRAM_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{what}\n")


def tell_end(what: str) -> None:
    """Add a line on whether this process could have opened a window."""
    tell(f"{what} {'with' if 'PySide6.QtWidgets' in sys.modules else 'without'} windows")


if __name__ == "__main__":
    sys.frozen = True
    # As a frozen program has it: what a search starts is the program itself.
    sys.executable = sys._base_executable = os.environ["FROZEN_PROGRAM"]
    import multiprocessing
    from multiprocessing import spawn

    multiprocessing.set_executable(sys.executable)
    # PyInstaller puts this in its place; Python's own does something on Windows alone.
    multiprocessing.freeze_support = spawn.freeze_support
    # A worker is given the arguments of the program that started it.
    atexit.register(tell_end, " ".join(sys.argv[1:2]) or "search")
    if len(sys.argv) > 1:
        from desktop.app import main

        raise SystemExit(main())
    from engine.search.ways.processes import Processes
    from tests.engine.search.searching import completed, search

    done = completed(search(way=Processes(1)))
    tell(f"{sum(each.score is not None for each in done)} trials")
