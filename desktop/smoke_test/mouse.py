"""Mouse: draws on the pad by the events that a mouse makes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

Place = tuple[float, float]

TWO: tuple[Place, ...] = (
    (0.30, 0.30),
    (0.35, 0.20),
    (0.50, 0.15),
    (0.65, 0.20),
    (0.68, 0.35),
    (0.55, 0.55),
    (0.35, 0.78),
    (0.72, 0.78),
)
"""A two, as shares of the pad's width and height."""
SEVEN: tuple[Place, ...] = ((0.30, 0.20), (0.70, 0.20), (0.60, 0.45), (0.48, 0.80))
"""A seven."""

_MOVES = 6
_MOVE_MS = 8


def draw(pad: QWidget, places: Sequence[Place]) -> None:
    """Press, move and release.

    Args:
        pad: The widget.
        places: Of a stroke, in the largest square in the middle of the pad: a person draws a digit as wide
            and as high as digits are, whatever shape the pad has on a small screen.
    """
    side = min(pad.width(), pad.height())
    left_edge, top_edge = (pad.width() - side) / 2, (pad.height() - side) / 2
    now_ms = 0

    def send(kind: QEvent.Type, place: Place, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        nonlocal now_ms
        now_ms += _MOVE_MS
        position = QPointF(left_edge + place[0] * side, top_edge + place[1] * side)
        event = QMouseEvent(
            kind, position, pad.mapToGlobal(position), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        event.setTimestamp(now_ms)
        QApplication.sendEvent(pad, event)

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, places[0], left, left)
    for (x, y), (next_x, next_y) in pairwise(places):
        for move in range(1, _MOVES + 1):
            share = move / _MOVES
            send(QEvent.Type.MouseMove, (x + (next_x - x) * share, y + (next_y - y) * share), none, left)
            # As the system does: moves arrive one by one, and the bars follow.
            QApplication.processEvents()
    send(QEvent.Type.MouseButtonRelease, places[-1], left, none)
