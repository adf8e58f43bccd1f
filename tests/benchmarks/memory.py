"""Memory of the program beside that of bare PyTorch and Qt: ``python -m tests.benchmarks.memory``.

Resident megabytes of fresh processes, the median of some: one that imports torch and shows an empty window,
the program when it reads and its plot is there, and the program while it trains 784-100-10 for a second epoch
on MNIST (where SCRATCHPAD_DATA names it, else on built-in handwriting). Then by how much the program has
grown from 10 to 150 short trainings, on built-in handwriting and MNIST in turn, each stopped soon; this takes
some minutes, and ``python -m tests.benchmarks.memory growth`` measures it alone. Linux only.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
WAYS = ("bare", "start", "train")
FEW_TRAININGS, MANY_TRAININGS = 10, 150


def main() -> None:
    """Print a table, or measure one way in this process."""
    if len(sys.argv) > 1:
        print({"bare": bare, "start": start, "train": train, "growth": growth}[sys.argv[1]]())
        return
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way in WAYS:
            found[way].append(in_own_process(way))
    base, started, trained = (statistics.median(found[way]) for way in WAYS)
    print("| resident memory | MB | over bare torch and Qt | to reach |")
    print("|---|---|---|---|")
    print(f"| torch imported, an empty window | {base:.0f} | | |")
    print(f"| the program, reading | {started:.0f} | + {started - base:.0f} MB | + 60 MB |")
    print(f"| while training | {trained:.0f} | + {trained - base:.0f} MB | + 350 MB |")
    print(f"\nAfter {MANY_TRAININGS} trainings, over {FEW_TRAININGS}: ", end="")
    print(f"{in_own_process('growth'):+.0f} MB; to reach: + 50 MB at most.")


def in_own_process(way: str, longest_s: float | None = None) -> float:
    """Megabytes that a fresh process finds.

    Raises:
        subprocess.SubprocessError: It failed, or took too long.
    """
    with tempfile.TemporaryDirectory() as profile:
        folders = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        environment = {**os.environ, **dict.fromkeys(folders, profile)}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-m", "tests.benchmarks.memory", way]
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=longest_s
        )
    return float(done.stdout.split()[-1])


def bare() -> float:
    """Torch and an empty window."""
    import torch  # noqa: F401
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    application.processEvents()
    return resident_mb()


def start() -> float:
    """The program when it could be trained."""
    application, window = _open()
    _wait(application, window.training.train_button.isEnabled, 1.0)
    found = resident_mb()
    window.close()
    return found


def train() -> float:
    """The program in its second epoch."""
    from engine.settings import TrainingSettings
    from engine.training.fit import EpochCompleted

    application, window = _open()
    _wait(application, window.training.train_button.isEnabled)
    data = "mnist" if os.environ.get("SCRATCHPAD_DATA") else "handwriting"
    window.training.fields.set_settings(TrainingSettings(epochs=50), data, "cpu")
    epochs: list[object] = []
    window.training_controller.trainer.results_arrived.connect(
        lambda results: epochs.extend(each for each in results if isinstance(each, EpochCompleted))
    )
    window.training.request_training()
    _wait(application, lambda: len(epochs) >= 2)
    found = resident_mb()
    window.close()
    return found


def growth() -> float:
    """By how much the program has grown from the first few trainings to many."""
    application, window = _open()
    _wait(application, window.training.train_button.isEnabled)
    data = ("handwriting", "mnist") if os.environ.get("SCRATCHPAD_DATA") else ("handwriting",)
    found = {}
    for number in range(1, MANY_TRAININGS + 1):
        _train_shortly(application, window, data[number % len(data)], number)
        if number in (1, FEW_TRAININGS, MANY_TRAININGS) or number % 25 == 0:
            found[number] = resident_mb()
            print(f"{number} trainings: {found[number]:.0f} MB", file=sys.stderr, flush=True)
    window.close()
    return found[MANY_TRAININGS] - found[FEW_TRAININGS]


def _train_shortly(application, window, data: str, seed: int) -> None:
    """A training that is stopped once its first results are here, as somebody does who tries things out."""
    from engine.settings import TrainingSettings

    arrived: list[object] = []

    def take(results: list[object]) -> None:
        arrived.extend(results)

    window.training.fields.set_settings(TrainingSettings(epochs=3, seed=seed), data, "cpu")
    window.training_controller.trainer.results_arrived.connect(take)
    window.training.request_training()
    _wait(application, lambda: len(arrived) >= 4 or not window.training_controller.is_running)
    window.training_controller.stop()
    # As long after each: what was freed is given back, and the plot is drawn.
    _wait(application, lambda: not window.training_controller.is_running, 0.1)
    window.training_controller.trainer.results_arrived.disconnect(take)


def _open() -> tuple:
    from PySide6.QtWidgets import QApplication

    from desktop.services.folders import data_folder
    from desktop.settings.settings import Settings
    from desktop.widgets.theme import Theme
    from desktop.window.main_window import MainWindow

    application = QApplication([])
    window = MainWindow(Settings(Path(data_folder()) / "s.ini"), Theme(application, "light"))
    window.resize(1280, 800)
    window.show()
    window.load_engine()
    return application, window


def _wait(application, condition, more_s: float = 0.0) -> None:
    end = None
    while end is None or time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)
        if end is None and condition():
            end = time.monotonic() + more_s


def resident_mb() -> float:
    """Of this process."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
