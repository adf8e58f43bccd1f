"""How long another appearance or zoom holds the event loop: ``python -m tests.benchmarks.appearance``.

Milliseconds from the choice of light or dark, or with ``--zoom`` of 100 or 150 %, until everything is
painted, the median and the longest of some, with the pad alone, with every page made and the pad shown, and
with each page shown. A busy machine says little: beside the time stands how long the thread was computing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

BOUND_MS, ZOOM_BOUND_MS = 100, 250


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.appearance", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="changes for each figure")
    parser.add_argument("--zoom", action="store_true", help="of the zoom instead of the appearance")
    wanted = parser.parse_args()
    rounds = wanted.rounds
    profile = tempfile.mkdtemp()
    for folder in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[folder] = profile
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.settings.settings import Settings
    from desktop.widgets.theme import Theme
    from desktop.window.main_window import MainWindow

    application = QApplication([])
    theme = Theme(application, "light")
    window = MainWindow(Settings(Path(profile) / "s.ini"), theme)
    window.resize(1280, 800)
    window.show()
    window.load_engine()

    def measure() -> None:
        # Within the application's own loop: outside of it, Qt takes shorter ways.
        try:
            _measure(application, window, _change(window, theme, wanted.zoom), rounds, wanted.zoom)
        finally:
            window.close()
            application.quit()

    QTimer.singleShot(0, measure)
    application.exec()


def _change(window, theme, is_zoom: bool):
    """What is done in each round, by its number."""
    if is_zoom:
        zoom = window._program_controller._zoom
        return lambda each: zoom.choose(100 if each % 2 else 150)
    return lambda each: theme.choose("light" if each % 2 else "dark")


def _measure(application, window, change, rounds: int, is_zoom: bool) -> None:
    _wait(application, window.training.train_button.isEnabled)
    window.training_controller.plots.made_plot()
    _rest(application)
    what, bound = ("zoom", ZOOM_BOUND_MS) if is_zoom else ("appearance", BOUND_MS)
    print(f"| another {what}, to reach {bound} ms | widgets | median ms | longest ms | computing ms |")
    print("|---|---|---|---|---|")
    _tell(application, change, rounds, "the pad alone")
    actions = {
        name: getattr(window._actions, name) for name in ("why", "steps", "lesson", "results", "drawings")
    }
    for name, action in actions.items():
        action.setChecked(True)
        place = getattr(window._side_views, name).view
        for page in getattr(place, "_names", ()):
            place.choose(page)
            _rest(application)
    window._switch.dismiss()
    _tell(application, change, rounds, "the pad, every page made")
    for name, action in actions.items():
        action.setChecked(True)
        _tell(application, change, rounds, f"{name} shown, every page made")


def _tell(application, change, rounds: int, what: str) -> None:
    _rest(application)
    times, computing = [], []
    for each in range(rounds):
        wall, thread = time.perf_counter(), time.thread_time()
        change(each)
        application.processEvents()
        times.append(1000 * (time.perf_counter() - wall))
        computing.append(1000 * (time.thread_time() - thread))
        _rest(application)
    widgets = len(application.allWidgets())
    middle, longest = statistics.median(times), max(times)
    print(
        f"| {what} | {widgets} | {middle:.0f} | {longest:.0f} | {statistics.median(computing):.0f} |",
        flush=True,
    )


def _wait(application, condition) -> None:
    while not condition():
        application.processEvents()
        time.sleep(0.005)


def _rest(application) -> None:
    end = time.monotonic() + 0.3
    _wait(application, lambda: time.monotonic() >= end)


if __name__ == "__main__":
    main()
