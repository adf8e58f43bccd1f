"""The 28 by 28 picture that the network really sees, with the box that the digit was fitted into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.frame import begin_picture, end_picture, paint_frame
from desktop.widgets.ground import Ground
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 28


class NetworkInput(QWidget):
    """Shows (28, 28) intensities enlarged, pixel by pixel.

    Attributes:
        ground: What the picture's round corners stand on.

    Signals:
        clicked: With the pointer, or with Return or Space.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground(self)
        self._colours = LIGHT
        self._image: QImage | None = None
        self._bytes = b""
        self._box = QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What the network sees")

    def set_clickable(self) -> None:
        """A click leads somewhere from now on."""
        self.setToolTip("See the steps from the drawing to this picture (Ctrl+I)")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard with the pad, so that Delete goes on clearing it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_image(self, image: NDArray[np.float32] | None) -> None:
        """Show (28, 28) float32, 0 paper to 1 ink, or nothing."""
        if image is None:
            if self._image is None:
                return
            self._image, self._bytes = None, b""
        else:
            grey = (image * 255).astype("uint8")
            bytes_of_grey = grey.tobytes()
            if bytes_of_grey == self._bytes:
                return
            self._bytes = bytes_of_grey
            # A copy, which QImage needs anyway: it does not keep the bytes alive that it was made from.
            # Enlarged from the screen's own form it is painted three times as fast.
            self._image = QImage(
                bytes_of_grey, _SIDE, _SIDE, _SIDE, QImage.Format.Format_Grayscale8
            ).convertToFormat(QImage.Format.Format_RGB32)
            rows, columns = (_extent(grey.max(axis=axis) > 0) for axis in (1, 0))
            if rows is not None and columns is not None:
                # The box of 20 stands around the ink: along the longer side it is the ink.
                self._box = QRectF(sum(columns) / 2 - 10, sum(rows) / 2 - 10, 20, 20)
        self.update()

    def sizeHint(self) -> QSize:
        """Four screen pixels to one of the picture, at 100 %."""
        return scaled_size(4 * _SIDE, 4 * _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper, the pixels and the box."""
        painter = QPainter(self)
        frame = QRectF(self.rect())
        corners = self.ground.colour if self._image is not None else None
        if corners is None:
            begin_picture(painter, frame, self._colours.seen)
        if self._image is not None:
            painter.drawImage(frame, self._image)
        if corners is not None:
            # In place of a round clip, with which the picture is enlarged several times as slowly.
            end_picture(painter, frame, corners)
        if self._image is not None:
            scale = self.width() / _SIDE
            pen = QPen(QColor(self._colours.mark), line_width(), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = self._box
            painter.drawRect(
                QRectF(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale)
            )
        if self.hasFocus():
            paint_frame(painter, frame, self._colours.accent, corner=6, width=3)
        painter.end()


def _extent(has_ink: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The first row or column with ink, and one past the last."""
    flags = has_ink.tobytes()
    first = flags.find(1)
    return None if first < 0 else (first, flags.rfind(1) + 1)
