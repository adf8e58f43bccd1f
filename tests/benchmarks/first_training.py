"""From Train to the first step where there is no MNIST: ``python -m tests.benchmarks.first_training``.

The program in fresh processes, without a screen, each in a profile of its own: with no digits kept, with the
digits kept, and while another process writes them ahead of time. Beside it a bare import of torch in the same
run, which how busy the machine is holds up as much; and digits a second, written without a window. Medians of
interleaved rounds; processor time is that of the program alone, and says more where others are at work.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BARE, NOTHING, KEPT, MEANWHILE, WRITING = "bare", "nothing", "kept", "meanwhile", "writing"
TITLES = {
    BARE: "bare import of torch",
    NOTHING: "nothing kept",
    KEPT: "digits kept",
    MEANWHILE: "while they are written ahead",
    WRITING: "10,000 digits, without a window",
}
TO_REACH = {NOTHING: "", KEPT: "1 s", MEANWHILE: ""}
_WRITTEN = 10_000
_AHEAD_S = 1.0
_FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


def main() -> None:
    """Print a table, or measure one way in this process."""
    if len(sys.argv) > 2:
        way, kept = sys.argv[1], Path(sys.argv[2])
        print(*{BARE: bare, WRITING: writing}.get(way, lambda: first_step(way, kept))())
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in TITLES}
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        _keep(kept)
        for number in range(rounds + 1):
            for way in TITLES:
                seconds = _in_own_process(way, kept)
                if number:  # the first fills the disk cache
                    found[way].append(seconds)
                told = f"{TITLES[way]}: {seconds[0]:.2f} s, {seconds[1]:.2f} s of the processor"
                print(told, file=sys.stderr, flush=True)
    floor, floor_processor = _medians(found[BARE])
    print("| from Train to the first step | s | over bare torch | processor s | over bare torch | to reach |")
    print("|---|---|---|---|---|---|")
    for way in TITLES:
        seconds, processor = _medians(found[way])
        print(
            f"| {TITLES[way]} | {seconds:.2f} | {seconds / floor:.2f} | {processor:.2f} | "
            f"{processor / floor_processor:.2f} | {TO_REACH.get(way, '')} |"
        )
    print(f"\n{_WRITTEN / _medians(found[WRITING])[1]:.0f} digits a second of the processor.")


def bare() -> tuple[float, float]:
    """Seconds that importing torch takes, and those on the processor."""
    began = _now()
    import torch  # noqa: F401

    return _since(began)


def writing() -> tuple[float, float]:
    """The same for digits that are written one after the other."""
    from engine.data.handwriting.written_digits import Handwriting

    Handwriting(500, 2).write_rest()
    began = _now()
    Handwriting(_WRITTEN, 1).write_rest()
    return _since(began)


def first_step(way: str, kept: Path) -> tuple[float, float]:
    """The same from the click on Train to the first steps that the window hears of."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from desktop.services.folders import data_folder, handwriting_folder
    from desktop.settings.settings import Settings
    from desktop.startup.handwriting_ahead import HandwritingAhead
    from desktop.widgets.theme import Theme
    from desktop.window.main_window import MainWindow
    from engine.data.sources import HANDWRITING
    from engine.settings import TrainingSettings

    application = QApplication([])
    if way == KEPT:  # now that the application has its name, by which folders are found
        shutil.copytree(kept, handwriting_folder())
    settings = Settings(data_folder() / "s.ini")
    window = MainWindow(settings, Theme(application, "light"))
    ahead = HandwritingAhead(window, settings)
    window.resize(1280, 800)
    window.show()
    window.load_engine()
    _wait(application, window.training.train_button.isEnabled)
    controller = window.training_controller
    controller.plots.prepare_plot()  # as the pointer does on its way
    _wait(application, lambda: controller.plots.plot is not None)
    window.training.fields.set_settings(TrainingSettings(epochs=50), HANDWRITING, "cpu")
    if way == MEANWHILE:
        ahead.look()
        began = time.monotonic()
        _wait(application, lambda: time.monotonic() - began > _AHEAD_S)
        assert ahead.is_busy
    loop = QEventLoop()
    controller.trainer.results_arrived.connect(loop.quit)
    began = _now()
    window.training.request_training()
    loop.exec()
    found = _since(began)
    ahead.close()
    window.close()
    return found


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    seconds, processor = _now()
    return seconds - began[0], processor - began[1]


def _medians(found: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(each[0] for each in found), statistics.median(each[1] for each in found)


def _keep(folder: Path) -> None:
    from engine.data.handwriting.kept_digits import keep_handwriting
    from engine.data.sources import HANDWRITING_COUNT, HANDWRITING_SEED

    keep_handwriting(HANDWRITING_COUNT, HANDWRITING_SEED, folder)


def _in_own_process(way: str, kept: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as profile:
        environment = {**os.environ, **dict.fromkeys(_FOLDERS, profile)}
        environment.pop("SCRATCHPAD_DATA", None)
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-m", "tests.benchmarks.first_training", way, str(kept)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    seconds, processor = done.stdout.split()[-2:]
    return float(seconds), float(processor)


def _wait(application, condition: Callable[[], bool]) -> None:
    while not condition():
        application.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
