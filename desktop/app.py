"""The program's entry: what needs no window is answered before Qt is loaded."""

from __future__ import annotations

import logging
import sys

from desktop.dialogs.plain_dialog import show_plainly
from desktop.services.library_failure import library_sentence
from desktop.startup import start_failure
from desktop.startup.arguments import early_arguments, help_text
from engine.version import VERSION


def main() -> int:
    """Run the program or its smoke test until it ends; returns the exit code."""
    if getattr(sys, "frozen", False):
        # A process that a search started is this program once more: it works, and never opens a window.
        import multiprocessing

        multiprocessing.freeze_support()
    # Until there is a log, what is logged is dropped: Python would print it.
    logging.getLogger().addHandler(logging.NullHandler())
    wanted = early_arguments(sys.argv[1:])
    if wanted.wants_help or wanted.wants_version:
        text = help_text() if wanted.wants_help else f"Scratchpad {VERSION}"
        # A frozen windowed program has no standard output.
        if sys.stdout is None:
            show_plainly(text)
        else:
            print(text)
        return 0
    try:
        if wanted.tests_itself:
            from desktop.smoke_test import run
        else:
            from desktop.startup.program import run
    except (ImportError, OSError) as error:
        start_failure.report(library_sentence(error))
        return 1
    return run(sys.argv)


if __name__ == "__main__":
    raise SystemExit(main())
