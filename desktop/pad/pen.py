"""Pen: mouse, pen tablet and finger as one pen, of which only one draws at a time.

A hand that writes often touches the screen first, with its palm. A palm rests while a finger moves, or is
large, so of several touches the one that moves draws; and a pen is held by a hand whose touches mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent

from desktop.pad.document import PadDocument

# A touch rests as long as it stays as near to where it began, in pixels: a palm trembles and rolls a little.
_REST = 12.0
# Fingers cover a third of it, in pixels of the usual 96 to an inch.
_PALM_DIAMETER = 75.0
# A pen that was there so shortly before is still in the hand that touches now.
_PEN_IN_HAND_MS = 500
# Of a touch that draws nothing (yet), so many points are kept.
_MOST_KEPT = 64
# A quick second stroke begins with a double click.
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


@dataclass(slots=True)
class _Touch:
    """A finger or a palm.

    Attributes:
        start: Where it began.
        points: Where it was since and when, in pixels and milliseconds.
        is_large: Whether it covers more than a finger does.
        has_moved: Whether it left the place that it began at.
    """

    start: QPointF
    points: list[tuple[QPointF, int]] = field(default_factory=list)
    is_large: bool = False
    has_moved: bool = False

    def add(self, point: QEventPoint, time_ms: int) -> None:
        """It was told of again."""
        position, diameters = point.position(), point.ellipseDiameters()
        self.is_large |= max(diameters.width(), diameters.height()) >= _PALM_DIAMETER
        away = position - self.start
        self.has_moved |= away.x() * away.x() + away.y() * away.y() > _REST * _REST
        if len(self.points) < _MOST_KEPT:
            self.points.append((position, time_ms))

    @property
    def is_palm(self) -> bool:
        """As far as one can know."""
        return self.is_large or not self.has_moved


class Pen:
    """Knows which device is drawing, and keeps the others out meanwhile."""

    def __init__(
        self,
        document: PadDocument,
        to_ink: Callable[[QPointF], QPointF],
        take_focus: Callable[[Qt.FocusReason], None],
    ) -> None:
        """Draw on a document.

        Args:
            document: What is drawn on.
            to_ink: From pixels of the widget that the events come from to ink units.
            take_focus: Gives that widget the keyboard: a click does so by itself, pen and finger do not.
        """
        self._document, self._to_ink, self._take_focus = document, to_ink, take_focus
        self._begun_by: QEvent.Type | None = None
        self._touches: dict[int, _Touch] = {}
        self._touch_id = -1
        self._pen_seen_ms = -_PEN_IN_HAND_MS
        self._has_seen_touch = False

    @property
    def _down(self) -> QEvent.Type | None:
        """The device that draws; None once the stroke is over, whoever ended it."""
        return self._begun_by if self._document.is_drawing else None

    def press_mouse(self, event: QMouseEvent) -> None:
        """Left button only."""
        if event.button() != Qt.MouseButton.LeftButton or self._is_echo(event):
            event.ignore()
            return
        self._begin(event.type(), event.position(), 1.0, event.timestamp())

    def move_mouse(self, event: QMouseEvent) -> None:
        """Draw while the button is down."""
        if self._down in _MOUSE and event.buttons() & Qt.MouseButton.LeftButton:
            self._extend(event.position(), 1.0, event.timestamp())

    def release_mouse(self, event: QMouseEvent) -> None:
        """Of the left button."""
        if self._down in _MOUSE and event.button() == Qt.MouseButton.LeftButton:
            self._document.complete_stroke()

    def use_tablet(self, event: QTabletEvent) -> None:
        """Always accepted: else Qt sends compressed mouse events besides. What its hand drew goes."""
        event.accept()
        self._has_seen_touch = True
        self._pen_seen_ms = event.timestamp()
        kind, is_down = event.type(), bool(event.buttons() & Qt.MouseButton.LeftButton)
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            if is_down and kind != QEvent.Type.TabletRelease:
                self._document.complete_stroke()
                self._document.erase_at(self._to_ink(event.position()))
        elif kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._take_focus(Qt.FocusReason.MouseFocusReason)
            if self._is_touching:
                self._document.cancel_stroke()
            self._begin(kind, event.position(), event.pressure(), event.timestamp())
        elif self._down != QEvent.Type.TabletPress:
            return
        elif kind == QEvent.Type.TabletMove and is_down:
            self._extend(event.position(), event.pressure(), event.timestamp())
        elif not is_down:
            # Released, or hovering after a release that went elsewhere.
            self._document.complete_stroke()

    def touch(self, event: QTouchEvent) -> None:
        """The finger that moves draws, alone. Accepted, so that no mouse events are made from it."""
        event.accept()
        self._has_seen_touch = True
        if event.type() in (QEvent.Type.TouchBegin, QEvent.Type.TouchCancel):
            self._touches.clear()
            if self._is_touching and event.type() == QEvent.Type.TouchCancel:
                self._document.cancel_stroke()
            elif self._is_touching:
                # All fingers were up before: the end of the former touch went elsewhere.
                self._document.complete_stroke()
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed:
                self._press_touch(point, event.timestamp())
            elif point.state() == QEventPoint.State.Updated:
                self._move_touch(point, event.timestamp())
            elif point.state() == QEventPoint.State.Released:
                self._release_touch(point.id())

    @property
    def _is_touching(self) -> bool:
        return self._down == QEvent.Type.TouchBegin

    def _press_touch(self, point: QEventPoint, time_ms: int) -> None:
        touch = self._touches[point.id()] = _Touch(point.position())
        touch.add(point, time_ms)
        if self._down is None and time_ms - self._pen_seen_ms >= _PEN_IN_HAND_MS:
            self._draw_with(point.id())

    def _move_touch(self, point: QEventPoint, time_ms: int) -> None:
        touch = self._touches.get(point.id())
        if touch is None or not self._is_touching:
            return
        touch.add(point, time_ms)
        drawing = self._touches.get(self._touch_id)
        if touch is drawing:
            self._extend(point.position(), 1.0, time_ms)
        elif drawing is not None and drawing.is_palm and not touch.is_palm:
            self._document.cancel_stroke()
            self._draw_with(point.id())

    def _release_touch(self, touch_id: int) -> None:
        """A palm that is lifted while a finger stays has drawn nothing: what the finger did is the stroke."""
        touch = self._touches.pop(touch_id, None)
        if not self._is_touching or touch_id != self._touch_id:
            return
        if touch is not None and touch.is_palm and self._touches:
            self._document.cancel_stroke()
            self._draw_with(min(self._touches, key=lambda each: self._touches[each].is_large))
        else:
            self._document.complete_stroke()

    def _draw_with(self, touch_id: int) -> None:
        """Begin a stroke with all that is known of a touch."""
        self._take_focus(Qt.FocusReason.MouseFocusReason)
        self._touch_id = touch_id
        first, *others = self._touches[touch_id].points
        self._begin(QEvent.Type.TouchBegin, first[0], 1.0, first[1])
        for position, time_ms in others:
            self._extend(position, 1.0, time_ms)

    def _begin(self, device: QEvent.Type, position: QPointF, pressure: float, time_ms: int) -> None:
        self._document.begin_stroke(self._to_ink(position), pressure, time_ms)
        self._begun_by = device

    def _extend(self, position: QPointF, pressure: float, time_ms: int) -> None:
        self._document.extend_stroke(self._to_ink(position), pressure, time_ms)

    def _is_echo(self, event: QMouseEvent) -> bool:
        """Whether a finger or tablet pen already drew what this mouse event says again."""
        if self._is_touching or self._down == QEvent.Type.TabletPress:
            return True
        # Some systems send mouse events after the touch; without any touch before they are all there is.
        is_made = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        return is_made and self._has_seen_touch
