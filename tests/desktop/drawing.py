"""Drawing on the pad as a hand does."""

from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from desktop.window.main_window import MainWindow

TWO = [
    (0.30, 0.30),
    (0.35, 0.20),
    (0.50, 0.15),
    (0.65, 0.20),
    (0.68, 0.35),
    (0.55, 0.55),
    (0.35, 0.78),
    (0.72, 0.78),
]
"""A two, as shares of the pad's width and height."""


def draw(window: MainWindow, points: list[tuple[float, float]] = TWO) -> None:
    """Press, move and release on the pad."""
    canvas = window.canvas

    def place(point: tuple[float, ...]):
        return QPointF(point[0] * canvas.width(), point[1] * canvas.height()).toPoint()

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place(points[0]))
    for start, end in pairwise(points):
        for step in range(1, 6):
            QTest.mouseMove(
                canvas, place(tuple(a + (b - a) * step / 5 for a, b in zip(start, end, strict=True)))
            )
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place(points[-1]))
