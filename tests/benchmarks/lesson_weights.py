"""What watching the weights costs a training: ``python -m tests.benchmarks.lesson_weights``.

The real window trains the same network again and again on built-in handwriting, with the lesson closed, with
the Stair page open and with the Weights page open, in turn; printed are the medians of digits a second and
their ratios. Without a screen; what a compositor does beside it is not seen here.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time

ROUNDS = 7
NETWORKS = ((), (100,), (512, 256))
PAGES = ("", "Stair", "Weights")


def main() -> None:
    """Print a table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    profile = tempfile.mkdtemp()
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[variable] = profile
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from desktop.main_window import MainWindow
    from desktop.settings import Settings
    from desktop.theme import Theme
    from engine.settings import TrainingSettings

    sys.setswitchinterval(0.001)  # as the program does
    application = QApplication([])
    window = MainWindow(Settings(Path(profile) / "scratchpad.ini"), Theme(application, "light"))
    window.show()
    window.load_engine()
    _wait(application, window.training.train_button.isEnabled)
    print("| network | lesson closed | Stair page | Weights page | Weights page over Stair page |")
    print("|---|---|---|---|---|")
    for hidden in NETWORKS:
        epochs = 2 if len(hidden) > 1 else 8
        settings = TrainingSettings(hidden=hidden, epochs=epochs)
        window.training.fields.set_settings(settings, "handwriting", "cpu")
        _train(application, window)
        paces: dict[str, list[float]] = {page: [] for page in PAGES}
        for _ in range(ROUNDS):
            for page in PAGES:
                window._actions.lesson.setChecked(bool(page))
                if page:
                    window._lesson.place.choose(page)
                paces[page].append(_train(application, window))
        closed, stair, weights = (statistics.median(paces[page]) for page in PAGES)
        name = "-".join(map(str, (784, *hidden, 10)))
        print(
            f"| {name} | {closed:,.0f}/s | {stair:,.0f}/s | {weights:,.0f}/s | {weights / stair:.3f} |",
            flush=True,
        )
    window.close()


def _wait(application, condition) -> None:
    while not condition():
        application.processEvents()
        time.sleep(0.001)


def _train(application, window) -> float:
    """Digits a second between the first and the last result of a run."""
    from engine.training import StepsCompleted

    seen: list[tuple[float, int]] = []

    def note(results) -> None:
        count = sum(each.examples for each in results if isinstance(each, StepsCompleted))
        seen.append((time.perf_counter(), count))

    trainer = window.session.trainer
    trainer.results_arrived.connect(note)
    window.training.request_training()
    _wait(application, lambda: not window.session.is_running)
    trainer.results_arrived.disconnect(note)
    return sum(count for _, count in seen[1:]) / (seen[-1][0] - seen[0][0])


if __name__ == "__main__":
    main()
