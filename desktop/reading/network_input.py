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

from desktop.widgets.frame import begin_picture, paint_frame
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 28


class NetworkInput(QWidget):
    """Shows (28, 28) intensities enlarged, pixel by pixel.

    Signals:
        clicked: With the pointer, or with Return or Space.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._image: QImage | None = None
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
            self._image = None
        else:
            import numpy as np  # whoever has an image has loaded it

            grey = (image * 255).astype("uint8")
            # A copy: QImage does not keep the bytes alive that it was made from.
            self._image = QImage(grey.tobytes(), _SIDE, _SIDE, _SIDE, QImage.Format.Format_Grayscale8).copy()
            rows, columns = (np.flatnonzero(grey.any(axis=axis)) for axis in (1, 0))
            if len(rows):
                # The box of 20 stands around the ink: along the longer side it is the ink.
                self._box = QRectF(
                    (columns[0] + columns[-1] + 1) / 2 - 10, (rows[0] + rows[-1] + 1) / 2 - 10, 20, 20
                )
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
        begin_picture(painter, frame, self._colours.seen)
        if self._image is not None:
            painter.drawImage(frame, self._image)
            scale = self.width() / _SIDE
            pen = QPen(QColor(self._colours.mark), line_width(), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            box = self._box
            painter.drawRect(
                QRectF(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale)
            )
        if self.hasFocus():
            paint_frame(painter, frame, self._colours.accent, corner=6, width=3)
        painter.end()
