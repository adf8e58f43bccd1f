"""A random walk of the whole window: ``python -m tests.benchmarks.soak --minutes 12``.

Draws, presses keys, buttons and menu entries, trains, stops, deletes, opens every page, changes appearance
and size, practises and visits the booth, all by a seed, in a profile that is thrown away. Each minute it
prints memory, threads, open files, widgets, the longest stall and what nobody expected. Offscreen unless
QT_QPA_PLATFORM says otherwise; Linux only.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.services.crash_guard import start_log
from desktop.services.folders import data_folder, use_profile
from desktop.settings.settings import Settings
from desktop.startup.application import Application
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow
from tests.benchmarks.soak.report import HEAD, Minute, measure, summary
from tests.benchmarks.soak.sandbox import sandbox
from tests.benchmarks.soak.walk import Walk
from tests.benchmarks.soak.watch import Errors, Pulse

_PAUSE_MS = 12


def main() -> int:
    """Walk, and say how it went; 1 if there was an unexpected error."""
    faulthandler.enable()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="as much handwriting as usual")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Only what is built in: small, and the same everywhere.
    os.environ.pop("SCRATCHPAD_DATA", None)
    errors = Errors()
    errors.install()
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        use_profile(folder / "profile")
        start_log(data_folder())
        with sandbox(folder, options.large):
            minutes, pulse = _walk(errors, options.minutes, options.seed)
    errors.uninstall()
    print(summary(minutes, errors.found, pulse.long), flush=True)
    return 1 if errors.found else 0


def _walk(errors: Errors, wanted_minutes: int, seed: int) -> tuple[list[Minute], Pulse]:
    application = Application(sys.argv[:1])
    settings = Settings()
    window = MainWindow(settings, Theme(application, settings.appearance))
    window.resize(1280, 800)
    window.show()
    walk, pulse = Walk(window, seed), Pulse(lambda: ", ".join(list(walk.latest)[-2:]))
    trainings = 0
    minutes: list[Minute] = []
    print(HEAD, flush=True)

    def on_run_started() -> None:
        nonlocal trainings
        trainings += 1

    def on_minute() -> None:
        found = measure(len(minutes) + 1, walk.actions, trainings, pulse.longest_s, errors.found.total())
        minutes.append(found)
        print(found.row(), flush=True)
        pulse.forget()
        if len(minutes) >= wanted_minutes:
            steps.stop()
            minute.stop()
            walk.end()
            window.close()
            application.quit()

    steps, minute = QTimer(interval=_PAUSE_MS), QTimer(interval=60_000)
    steps.timeout.connect(walk.step)
    minute.timeout.connect(on_minute)
    window.training_controller.trainer.run_started.connect(on_run_started)
    window.became_ready.connect(steps.start)
    window.became_ready.connect(minute.start)
    window.load_engine()
    began = time.monotonic()
    application.exec()
    pulse.end()
    # What Python made crashes the screenless platform when the process ends.
    application.clipboard().clear()
    if len(minutes) < wanted_minutes:
        print(f"the program ended by itself after {time.monotonic() - began:.0f} s", flush=True)
        errors.found["the program ended by itself"] += 1
    return minutes or [measure(1, walk.actions, trainings, 0.0, errors.found.total())], pulse


if __name__ == "__main__":
    raise SystemExit(main())
