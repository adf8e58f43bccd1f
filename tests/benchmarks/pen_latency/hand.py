"""Hand: draws in several windows, one after the other, at the pace of a tablet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from tests.benchmarks.pen_latency.drawings import Drawing
from tests.benchmarks.pen_latency.windows import BareWindow, RealWindow, place_on

MOVES_PER_S = 125
# After a drawing bars still glide; before the next, the window has come to rest.
_GLIDE_S, _REST_S = 0.15, 0.1
# A hand that was kept from drawing does not draw all that it missed at once.
_MOST_LATE_S = 0.05

_KINDS = {
    "press": QEvent.Type.MouseButtonPress,
    "move": QEvent.Type.MouseMove,
    "release": QEvent.Type.MouseButtonRelease,
}


class Hand(QObject):
    """Moves in a thread of its own, so that a window that stalls does not slow the pen."""

    moved = Signal(str, float, float, float)
    turned = Signal(str, int, object)

    def __init__(self, windows: Sequence[RealWindow | BareWindow]) -> None:
        super().__init__()
        self._windows = windows
        self._window = windows[0]
        self.moved.connect(self._on_moved)
        self.turned.connect(self._on_turned)

    def draw(self, drawings: Sequence[Drawing]) -> None:
        """Each drawing in each of the windows, in turn; returns when the last has come to rest."""
        done = threading.Event()
        thread = threading.Thread(target=self._draw, args=(drawings, done), daemon=True)
        thread.start()
        spin_until(done.is_set)
        thread.join()

    def _draw(self, drawings: Sequence[Drawing], done: threading.Event) -> None:
        for drawing in drawings:
            for place in range(len(self._windows)):
                self.turned.emit("put", place, drawing)
                time.sleep(_REST_S)
                self.turned.emit("begin", place, drawing)
                self._draw_strokes(drawing)
                time.sleep(_GLIDE_S)
                self.turned.emit("end", place, drawing)
                time.sleep(_REST_S)
        done.set()

    def _draw_strokes(self, drawing: Drawing) -> None:
        due = time.perf_counter()
        skipped = drawing.under_the_pen
        for stroke in drawing.strokes:
            for index, (x, y) in enumerate(stroke[skipped:], start=skipped):
                due = max(due + 1 / MOVES_PER_S, time.perf_counter() - _MOST_LATE_S)
                time.sleep(max(0.0, due - time.perf_counter()))
                self.moved.emit("move" if index else "press", x, y, time.perf_counter())
            self.moved.emit("release", *stroke[-1], 0.0)
            skipped = 0

    # In the windows' thread

    def _on_turned(self, what: str, place: int, drawing: Drawing) -> None:
        window = self._window = self._windows[place]
        if what == "put":
            put(window, drawing)
        elif what == "begin":
            window.watch.begin()
        else:
            window.watch.end()
            window.clear()

    def _on_moved(self, kind: str, x: float, y: float, made_s: float) -> None:
        if kind != "release":
            self._window.watch.on_taken(made_s)
        send(self._window, kind, x, y)


def step(windows: Sequence[RealWindow | BareWindow], drawings: Sequence[Drawing]) -> None:
    """Draw in windows in turn without a clock: each move when the one before is painted.

    Figures of processor time are the same then whether or not a machine has other things to do.
    """
    for drawing in drawings:
        for window in windows:
            put(window, drawing)
            QCoreApplication.processEvents()
            skipped = drawing.under_the_pen
            for stroke in drawing.strokes:
                for index, point in enumerate(stroke[skipped:], start=skipped):
                    with window.watch.of_a_move():
                        window.watch.on_taken(time.perf_counter())
                        send(window, "move" if index else "press", *point)
                        while window.watch.is_waiting:
                            QCoreApplication.processEvents()
                send(window, "release", *stroke[-1])
                QCoreApplication.processEvents()
                skipped = 0
            window.clear()
            QCoreApplication.processEvents()


def put(window: RealWindow | BareWindow, drawing: Drawing) -> None:
    """What is on the pad before a drawing goes on."""
    window.raise_()
    window.put(drawing.before)
    if drawing.under_the_pen:
        first, *others = drawing.strokes[0][: drawing.under_the_pen]
        send(window, "press", *first)
        window.extend(others)


def send(window: RealWindow | BareWindow, kind: str, x: float, y: float) -> None:
    """An event of the mouse on a window's pad: press, move or release."""
    place = place_on(window.pad, (x, y))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    held = none if kind == "release" else left
    event = QMouseEvent(_KINDS[kind], place, place, left, held, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(window.pad, event)


def spin_until(is_reached: Callable[[], bool]) -> None:
    """Run the event loop until something is true."""
    loop = QEventLoop()
    check = QTimer(interval=20)
    check.timeout.connect(lambda: loop.quit() if is_reached() else None)
    check.start()
    loop.exec()
    check.stop()
