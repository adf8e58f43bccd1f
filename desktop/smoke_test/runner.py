"""Runner: starts the program in a profile of its own, has it used, and reports how it went."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from desktop.services.crash_guard import start_log
from desktop.services.folders import data_folder, use_profile
from desktop.settings.settings import Settings
from desktop.smoke_test.steps import Steps
from desktop.smoke_test.waiting import Waiting
from desktop.smoke_test.watch import Watch
from desktop.startup.application import Application
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow

# Only what never comes takes so long, however busy the machine is.
_LIMIT_S = 300.0
# As in many homes: blanks and letters that are not Latin.
_PROFILE = "Profil für 数字"


def run(arguments: Sequence[str]) -> int:
    """Try everything once, a line on standard output for each thing that works.

    Args:
        arguments: The command line, the program's own name first.

    Returns:
        0 if all went well; else 1, and standard error says what did not.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Only what is built in: the outcome is the same whatever lies about on this computer.
    os.environ.pop("SCRATCHPAD_DATA", None)
    watch = Watch()
    watch.install()
    application = Application(arguments[:1])
    waiting = Waiting(_LIMIT_S)
    with tempfile.TemporaryDirectory(prefix="scratchpad-", ignore_cleanup_errors=True) as folder:
        # A window that goes while its threads run takes the process with it, and with it what is to be said.
        windows: list[MainWindow] = []
        failure = _use(application, watch, waiting, Path(folder), windows)
        logging.shutdown()
    if failure:
        if sys.stderr is not None:
            print(failure, file=sys.stderr, flush=True)
        # Threads may still run and the window may hang: nothing of it is needed any more.
        os._exit(1)
    waiting.end()
    _say("everything works")
    return 0


def _use(
    application: Application, watch: Watch, waiting: Waiting, folder: Path, windows: list[MainWindow]
) -> str:
    """Take all steps; what went wrong, empty if nothing did."""
    use_profile(folder / _PROFILE)
    start_log(data_folder())
    done = "the start"
    try:
        settings = Settings()
        window = MainWindow(settings, Theme(application, settings.appearance))
        windows.append(window)
        application.file_opened.connect(window.open_file)
        for done in Steps(window, application, waiting, folder).take():
            watch.check()
            _say(done)
    except Exception as error:
        return f"scratchpad: the smoke test failed after “{done}”: {error}\n\n" + "".join(
            traceback.format_exception(error)
        )
    return ""


def _say(done: str) -> None:
    # A frozen windowed program has no standard output.
    if sys.stdout is not None:
        print(f"smoke test: {done}", flush=True)
