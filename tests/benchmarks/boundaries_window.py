"""A network of the plane while it is drawn: ``python -m tests.benchmarks.boundaries_window``.

A network 2-8-8-2 learns from 1,000 points in Boundaries, with its losses or its units shown. Printed are
frames and epochs a second, the longest gap between two turns of the event loop, and epochs without a window.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.boundaries.boundaries_controller import BoundariesController
from desktop.boundaries.details.pages import LOSS, UNITS
from desktop.services.folders import use_profile
from desktop.widgets.theme import Theme
from engine.boundaries.experiment import PatternSettings
from engine.boundaries.model_settings import NETWORK
from engine.boundaries.network_learner import USUAL_SETTINGS, NetworkLearner, NetworkState
from engine.plane.grid import Bounds

PATTERN = PatternSettings("circles", 1_000, 2, 0.3)
SECONDS = 5.0
ROUNDS = 3


def main() -> None:
    """Print a table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    theme = Theme(application, "light")
    print("| mini-batch | page | frames a second | epochs a second | without a window | longest gap, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        use_profile(Path(folder))
        for batch_size in (10, 30, 100):
            for page in (LOSS, UNITS):
                rounds = [_drawn(Path(folder), batch_size, page) for _ in range(ROUNDS)]
                frames, epochs, gap = (statistics.median(each) for each in zip(*rounds, strict=True))
                alone = statistics.median(_alone(batch_size) for _ in range(ROUNDS))
                figures = f"{frames:.0f} | {epochs:.0f} | {alone:.0f} | {1000 * gap:.0f}"
                print(f"| {batch_size} | {page} | {figures} |", flush=True)
    del theme


def _drawn(folder: Path, batch_size: int, page: str) -> tuple[float, float, float]:
    """Frames and epochs a second, and the longest gap, once the first second is over."""
    controller = BoundariesController(folder)
    controller.view.resize(1240, 700)
    controller.view.show()
    controller.document.make(PATTERN)
    model = controller.models[0]
    form = model.column.panel.form
    form.kind.setCurrentIndex(form.kind.findData(NETWORK))
    form.batch_size.setValue(batch_size)
    model.details.choose(page)
    times: list[float] = []
    epochs: list[float] = []

    def on_frame(_frame: object) -> None:
        frame = model.runner.frame
        if frame is not None and isinstance(frame.state, NetworkState):
            times.append(time.perf_counter())
            epochs.append(frame.state.epochs)

    gaps = [0.0]
    beats: list[float] = []

    def on_beat() -> None:
        beats.append(time.perf_counter())

    model.runner.frame_shown.connect(on_frame)
    beat = QTimer(interval=1)
    beat.timeout.connect(on_beat)
    model.toggle()
    _wait(1.0)
    times.clear()
    epochs.clear()
    beat.start()
    _wait(SECONDS)
    beat.stop()
    gaps += [later - sooner for sooner, later in pairwise(beats)]
    model.runner.pause()
    controller.view.hide()
    controller.close()
    controller.view.deleteLater()
    controller.deleteLater()
    _wait(0.1)
    lasted = times[-1] - times[0]
    return (len(times) - 1) / lasted, (epochs[-1] - epochs[0]) / lasted, max(gaps)


def _alone(batch_size: int) -> float:
    """Epochs a second of the same network that nobody looks at."""
    learner = NetworkLearner(*PATTERN.make().split(0.3, 1), replace(USUAL_SETTINGS, batch_size=batch_size))
    learner.on_grid(Bounds().grid(10))
    first = learner.advance(0.2)
    began = time.perf_counter()
    last = learner.advance(SECONDS / 2)
    return (last.epochs - first.epochs) / (time.perf_counter() - began)


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
