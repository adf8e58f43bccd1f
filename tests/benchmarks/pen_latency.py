"""From pen move to new bars, and the longest stall of the event loop, idle and while training.

    python -m tests.benchmarks.pen_latency

Replays strokes at the pace of a tablet as events in the real window and prints a table. The strokes are
real ones where SCRATCHPAD_DATA names them, else built-in handwriting; so is the training data.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

DIGITS = 60
NUMBERS = 6
MOVES_PER_S = 125
TARGETS_MS = {"idle": 8, "eight": 16, "training": 24, "stall": 33}


def strokes(count: int) -> list[list[list[tuple[float, float]]]]:
    """Drawings as strokes of (x, y), 0 to 1."""
    file = Path(os.environ.get("SCRATCHPAD_DATA", ""), "pen-digits", "strokes.jsonl")
    if os.environ.get("SCRATCHPAD_DATA") and file.exists():
        with file.open(encoding="utf-8") as lines:
            read = [json.loads(line)["strokes"] for line, _ in zip(lines, range(count), strict=False)]
        return [[[(x / 1000, y / 1000) for x, y in stroke] for stroke in digit] for digit in read]
    from engine.data.synthetic_digits import random_ink

    inks = [random_ink(index % 10, index) for index in range(count)]
    return [
        [[(p.x / 1500 + 0.5, p.y / 1500 + 0.5) for p in stroke] for stroke in ink.strokes] for ink in inks
    ]


def touching_numbers(count: int) -> list[list[list[tuple[float, float]]]]:
    """Numbers of eight digits of one writer each, a third of neighbours touching: strokes as of `strokes`."""
    import numpy as np

    from engine.data.pen_digits import load_pen_digits
    from tests.benchmarks.made_numbers import close_numbers

    file = Path(os.environ["SCRATCHPAD_DATA"], "pen-digits", "strokes.jsonl")
    _, unknown = load_pen_digits(file).split_by_writer()
    made = []
    for number in close_numbers(unknown, count, seed=6, lengths=(8, 8)):
        low, high = (edge(np.concatenate(number.polylines), axis=0) for edge in (np.min, np.max))
        placed = [(line - low) / (high - low).max() + [0, 0.4] for line in number.polylines]
        made.append([[(float(x), float(y)) for x, y in line] for line in placed])
    return made


def main() -> None:
    """Measure and print."""
    profile = tempfile.mkdtemp()
    os.environ.update(XDG_DATA_HOME=profile, XDG_CONFIG_HOME=profile, XDG_CACHE_HOME=profile)
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from desktop.services.settings import Settings
    from desktop.startup.application import _SWITCH_INTERVAL_S
    from desktop.widgets.theme import Theme
    from desktop.window.main_window import MainWindow
    from engine.data.sources import HANDWRITING, MNIST
    from engine.settings import TrainingSettings

    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    application = QApplication([])
    window = MainWindow(Settings(Path(profile) / "s.ini"), Theme(application, "dark"))
    window.resize(1280, 800)
    window.show()
    window.load_engine()
    spin_until(application, window.training.train_button.isEnabled)
    drawings = strokes(DIGITS)

    waiting: list[float] = []  # when each move not yet shown was made
    shown_ms: list[float] = []
    is_new = threading.Event()
    paint = window.prediction.bars.paintEvent

    def timed_paint(event: object) -> None:
        paint(event)
        if is_new.is_set():
            is_new.clear()
            now = time.perf_counter()
            shown_ms.extend(1000 * (now - made) for made in waiting[: read_moves[0]])
            del waiting[: read_moves[0]]
            shown[0] += read_moves[0]
            taken[0] -= read_moves[0]
            read_moves[0] = 0

    # Moves that the newest reading has taken in, that were shown already, and that the pad has taken in.
    read_moves, shown, taken = [0], [0], [0]
    handled, changes = [0], [0]

    def on_read(_reading: object) -> None:
        read_moves[0] = taken[0]
        is_new.set()

    window.prediction.bars.paintEvent = timed_paint
    window.reader.reading_completed.connect(on_read)

    def on_ink_changed() -> None:
        changes[0] += 1
        taken[0] = handled[0] - shown[0]

    window.document.changed.connect(on_ink_changed)

    beats: list[float] = []
    heart = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))

    done = threading.Event()

    class Hand(QObject):
        """Draws from a thread of its own, so that a window that stalls does not slow the pen."""

        moved = Signal(str, float, float)

        def draw(self) -> None:
            due = time.perf_counter()
            for digit in drawings:
                for stroke in digit:
                    for index, (x, y) in enumerate(stroke):
                        due = max(due + 1 / MOVES_PER_S, time.perf_counter() - 0.05)
                        time.sleep(max(0.0, due - time.perf_counter()))
                        waiting.append(time.perf_counter())
                        self.moved.emit("move" if index else "press", x, y)
                    self.moved.emit("release", x, y)
                time.sleep(0.05)
                self.moved.emit("clear", 0.0, 0.0)
                time.sleep(0.05)
            done.set()

    class Desk(QObject):
        """Turns what the hand does into events in the GUI thread."""

        def on_moved(self, what: str, x: float, y: float) -> None:
            if what == "clear":
                window.document.clear()
                return
            side = min(window.canvas.width(), window.canvas.height())
            place = QPointF((0.15 + 0.7 * x) * side, (0.15 + 0.7 * y) * side)
            kind = {
                "press": QEvent.Type.MouseButtonPress,
                "move": QEvent.Type.MouseMove,
                "release": QEvent.Type.MouseButtonRelease,
            }[what]
            left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
            held = none if what == "release" else left
            event = QMouseEvent(kind, place, place, left, held, Qt.KeyboardModifier.NoModifier)
            before = changes[0]
            handled[0] += what != "release"
            QCoreApplication.sendEvent(window.canvas, event)
            if what == "move" and changes[0] == before:
                # The pen rested: there is nothing new to show.
                handled[0] -= 1
                del waiting[handled[0] - shown[0]]

    hand, desk = Hand(), Desk()
    hand.moved.connect(desk.on_moved)

    def replay() -> tuple[list[float], float]:
        """All drawings: milliseconds from each move to its bars, and the longest gap between two beats."""
        for values in (waiting, shown_ms, beats):
            values.clear()
        read_moves[0] = taken[0] = shown[0] = handled[0] = 0
        done.clear()
        heart.start()
        threading.Thread(target=hand.draw, daemon=True).start()
        spin_until(application, done.is_set)
        heart.stop()
        gaps = [1000 * (b - a) for a, b in pairwise(beats)]
        return sorted(shown_ms), max(gaps)

    print(f"{len(drawings)} drawings, {MOVES_PER_S} moves/s, {application.platformName()}\n")
    print("| | moves | median ms | 99th centile ms | greatest ms | longest stall ms | to reach |")
    print("|---|---|---|---|---|---|---|")
    report("idle", *replay(), f"{TARGETS_MS['idle']} ms")
    if "SCRATCHPAD_DATA" in os.environ:
        single, drawings[:] = drawings[:], touching_numbers(NUMBERS)
        report("idle, eight touching digits", *replay(), f"{TARGETS_MS['eight']} ms")
        drawings[:] = single
    data = MNIST if "SCRATCHPAD_DATA" in os.environ else HANDWRITING
    for hidden, batch_size in (((100,), 64), ((512, 256), 128)):
        settings = TrainingSettings(hidden=hidden, epochs=1000, batch_size=batch_size, learning_rate=0.01)
        window.training.fields.set_settings(settings, data, "cpu")
        arrived: list[object] = []
        window.training_controller.trainer.results_arrived.connect(arrived.append)
        window.training.request_training()
        spin_until(application, lambda: bool(arrived))  # noqa: B023
        name = f"training {'-'.join(map(str, (784, *hidden, 10)))}, batch {batch_size}"
        report(name, *replay(), f"{TARGETS_MS['training']} ms, stall {TARGETS_MS['stall']} ms")
        window.training_controller.stop()
        spin_until(application, lambda: not window.training_controller.trainer.is_running)
    window.close()


def spin_until(application: object, is_reached: object) -> None:
    """Run the event loop until something is true."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    check = QTimer(interval=20)
    check.timeout.connect(lambda: loop.quit() if is_reached() else None)
    check.start()
    loop.exec()
    check.stop()


def report(name: str, shown_ms: list[float], stall_ms: float, target: str) -> None:
    """One row of the table."""
    centile = shown_ms[min(len(shown_ms) - 1, int(0.99 * len(shown_ms)))]
    print(
        f"| {name} | {len(shown_ms):,} | {statistics.median(shown_ms):.1f} | {centile:.1f} | "
        f"{shown_ms[-1]:.1f} | {stall_ms:.1f} | {target} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
