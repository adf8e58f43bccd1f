"""Step picture: one picture on the way to the network, with what was found on it marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.frame import begin_picture
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled, scaled_size

if TYPE_CHECKING:
    from engine.preprocessing.trace import Step

# A picture with no more pixels along its longer side is shown pixel by pixel.
_FEW_PIXELS = 64


class StepPicture(QWidget):
    """Shows the picture of a step as large as fits, on the ground that the network's pictures have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._step: Step | None = None
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_step(self, step: Step) -> None:
        """Show another one."""
        self._step = step
        grey = (step.image.clip(0, 1) * 255).astype("uint8")
        height, width = grey.shape
        # A copy: QImage does not keep the bytes alive that it was made from.
        self._image = QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
        self.setAccessibleName(step.name)
        self.setAccessibleDescription(step.words)
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return scaled_size(96, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, picture and marks."""
        painter = QPainter(self)
        frame = QRectF(self.rect())
        begin_picture(painter, frame, self._colours.seen)
        if self._step is not None:
            size = QSizeF(self._image.size()).scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            area = QRectF(frame.center() - QPointF(size.width() / 2, size.height() / 2), size)
            is_large = max(self._image.width(), self._image.height()) > _FEW_PIXELS
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_large)
            painter.drawImage(area, self._image)
            self._paint_marks(painter, area, self._step)
        painter.end()

    def _paint_marks(self, painter: QPainter, area: QRectF, step: Step) -> None:
        around = scaled(2)
        for place, (left, top, right, bottom) in enumerate(step.boxes):
            box = QRectF(
                area.x() + left * area.width(),
                area.y() + top * area.height(),
                (right - left) * area.width(),
                (bottom - top) * area.height(),
            )
            is_selected = place == step.selected
            style = Qt.PenStyle.SolidLine if is_selected else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(self._colours.mark), line_width(1.5 if is_selected else 1), style))
            painter.drawRect(
                box.adjusted(-around, -around, around, around).intersected(area.adjusted(1, 1, -1, -1))
            )
        if step.has_middle:
            painter.setPen(QPen(QColor(self._colours.mark), line_width(), Qt.PenStyle.DotLine))
            # MNIST's own digits have it at pixel 14, counted from 0, whose middle this is.
            middle = area.topLeft() + QPointF(area.width(), area.height()) * (14.5 / 28)
            painter.drawLine(QPointF(middle.x(), area.top()), QPointF(middle.x(), area.bottom()))
            painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
