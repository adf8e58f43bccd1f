"""Pen: mouse, pen tablet and finger as one pen, of which only one draws at a time."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent

# A quick second stroke begins with a double click.
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Paper(Protocol):
    """What a pen draws on. Pressure is 0 to 1, time in milliseconds of the system's clock."""

    def begin_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """The pen touches."""

    def extend_stroke(self, position: QPointF, pressure: float, time_ms: int) -> None:
        """It moves."""

    def complete_stroke(self) -> None:
        """It is lifted."""

    def cancel_stroke(self) -> None:
        """What it drew was no stroke."""

    def erase_at(self, position: QPointF) -> None:
        """Its other end touches."""

    def setFocus(self, reason: Qt.FocusReason) -> None:
        """A click does so by itself; tablet and finger do not."""


class Pen:
    """Knows which device is drawing, and keeps the others out meanwhile."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._down: QEvent.Type | None = None
        self._touch_id = -1
        self._has_seen_touch = False

    def lift(self) -> None:
        """The stroke is over, whoever ended it."""
        self._down = None

    def press_mouse(self, event: QMouseEvent) -> None:
        """Left button only."""
        if event.button() != Qt.MouseButton.LeftButton or self._is_echo(event):
            event.ignore()
            return
        self._begin(event.type(), event.position(), 1.0, event.timestamp())

    def move_mouse(self, event: QMouseEvent) -> None:
        """Draw while the button is down."""
        if self._down in _MOUSE and event.buttons() & Qt.MouseButton.LeftButton:
            self._paper.extend_stroke(event.position(), 1.0, event.timestamp())

    def release_mouse(self, event: QMouseEvent) -> None:
        """Of the left button."""
        if self._down in _MOUSE and event.button() == Qt.MouseButton.LeftButton:
            self._paper.complete_stroke()

    def use_tablet(self, event: QTabletEvent) -> None:
        """Always accepted: else Qt sends compressed mouse events besides."""
        event.accept()
        self._has_seen_touch = True
        kind, is_down = event.type(), bool(event.buttons() & Qt.MouseButton.LeftButton)
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            if is_down and kind != QEvent.Type.TabletRelease:
                self._paper.complete_stroke()
                self._paper.erase_at(event.position())
        elif kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._paper.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(kind, event.position(), event.pressure(), event.timestamp())
        elif self._down != QEvent.Type.TabletPress:
            return
        elif kind == QEvent.Type.TabletMove and is_down:
            self._paper.extend_stroke(event.position(), event.pressure(), event.timestamp())
        elif not is_down:
            # Released, or hovering after a release that went elsewhere.
            self._paper.complete_stroke()

    def touch(self, event: QTouchEvent) -> None:
        """The first finger draws alone. Accepted, so that no mouse events are made from it."""
        event.accept()
        self._has_seen_touch = True
        if self._down == QEvent.Type.TouchBegin:
            if event.type() == QEvent.Type.TouchCancel:
                self._paper.cancel_stroke()
            elif event.type() == QEvent.Type.TouchBegin:
                # All fingers were up before: the end of the former touch went elsewhere.
                self._paper.complete_stroke()
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed and self._down is None:
                self._paper.setFocus(Qt.FocusReason.MouseFocusReason)
                self._touch_id = point.id()
                self._begin(QEvent.Type.TouchBegin, point.position(), 1.0, event.timestamp())
            elif self._down == QEvent.Type.TouchBegin and point.id() == self._touch_id:
                if point.state() == QEventPoint.State.Updated:
                    self._paper.extend_stroke(point.position(), 1.0, event.timestamp())
                elif point.state() == QEventPoint.State.Released:
                    self._paper.complete_stroke()

    def _begin(self, device: QEvent.Type, position: QPointF, pressure: float, time_ms: int) -> None:
        self._paper.begin_stroke(position, pressure, time_ms)
        self._down = device

    def _is_echo(self, event: QMouseEvent) -> bool:
        """Whether a finger or tablet pen already drew what this mouse event says again."""
        if self._down in (QEvent.Type.TouchBegin, QEvent.Type.TabletPress):
            return True
        # Some systems send mouse events after the touch; without any touch before they are all there is.
        is_made = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        return is_made and self._has_seen_touch
