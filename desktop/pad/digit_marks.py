"""Digit marks: a light frame around each digit on the pad, where there is more than one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.pad.canvas import Canvas
from desktop.pad.geometry import PEN_UNITS, PadGeometry
from desktop.widgets.zoom.lengths import line_width, scaled

# Between the ink and its frame, beyond half the pen's width.
_MARGIN = 5.0
_CORNER = 6.0

Box = tuple[float, float, float, float]


class DigitMarks(QWidget):
    """Lies over the pad and lets everything through.

    Frames are kept in the units of what is on the pad, so that they stay around it when the pad grows.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._boxes: tuple[Box, ...] = ()
        self._selected = 0
        self._is_picture = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        canvas.resized.connect(self._cover)

    @property
    def rectangles(self) -> list[QRectF]:
        """Where the frames are, in pixels of the pad, from left to right."""
        inner = QRectF(self._canvas.rect()).adjusted(4, 4, -4, -4)
        return [frame.intersected(inner) for frame in self._frames()]

    def set_boxes(self, boxes: Sequence[Box], selected: int, is_picture: bool) -> None:
        """Mark digits; a single one is not marked.

        Args:
            boxes: Left, top, right, bottom of each, in ink units or as shares of the picture on the pad.
            selected: Which of them is looked at.
            is_picture: Whether they are shares of a picture.
        """
        shown = tuple(boxes) if len(boxes) > 1 else ()
        if not shown and self.isHidden():
            return
        if (shown, selected, is_picture) == (self._boxes, self._selected, self._is_picture):
            return
        before = self._touched()
        self._boxes, self._selected, self._is_picture = shown, selected, is_picture
        self.setVisible(bool(shown))
        # The pad below is painted again where a frame was or is, and nowhere else: the pen moves meanwhile.
        for area, _ in before ^ self._touched():
            self.update(*area)

    def _frames(self) -> list[QRectF]:
        if self._is_picture:
            area = self._canvas.picture_area
            return [
                QRectF(
                    area.x() + left * area.width() - scaled(_MARGIN),
                    area.y() + top * area.height() - scaled(_MARGIN),
                    (right - left) * area.width() + 2 * scaled(_MARGIN),
                    (bottom - top) * area.height() + 2 * scaled(_MARGIN),
                )
                for left, top, right, bottom in self._boxes
            ]
        geometry = PadGeometry(QSizeF(self._canvas.size()))
        margin = scaled(_MARGIN) + PEN_UNITS / 2 * geometry.scale
        return [
            QRectF(geometry.to_pixels(left, top), geometry.to_pixels(right, bottom)).adjusted(
                -margin, -margin, margin, margin
            )
            for left, top, right, bottom in self._boxes
        ]

    def _touched(self) -> set[tuple[tuple[int, int, int, int], bool]]:
        """For each frame the pixels that painting it changes, and whether it stands out."""
        reach = line_width(2)
        frames = [frame.adjusted(-reach, -reach, reach, reach).toAlignedRect() for frame in self.rectangles]
        return {
            ((each.x(), each.y(), each.width(), each.height()), place == self._selected)
            for place, each in enumerate(frames)
        }

    def _cover(self) -> None:
        """Be as large as the pad."""
        self.setGeometry(self._canvas.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frames; that of the selected digit stands out and is drawn through."""
        painter, area = QPainter(self), QRectF(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, frame in enumerate(self.rectangles):
            is_selected = place == self._selected
            width = line_width(2 if is_selected else 1)
            if not frame.adjusted(-width, -width, width, width).intersects(area):
                continue
            # Seen on the pad, and on the light paper of a photograph.
            style = Qt.PenStyle.SolidLine if is_selected else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(self._canvas.colours.mark), width, style))
            painter.drawRoundedRect(frame, scaled(_CORNER), scaled(_CORNER))
        painter.end()
