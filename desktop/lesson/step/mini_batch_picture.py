"""Mini-batch picture: the images of a mini-batch with their labels and the network's predictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 28
_GAP = 8
_CAPTION_HEIGHT = 16
MOST_SHOWN = 64


class MiniBatchPicture(QWidget):
    """Up to 64 images in rows; below each its label, and after an arrow the prediction if it differs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._images: list[QImage] = []
        self._answers: Sequence[int] = ()
        self._targets: Sequence[int] = ()
        self.setFont(tabular(self.font(), 0.8))
        self.setAccessibleName("Mini-batch")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def wrong_count(self) -> int:
        """Wrong predictions among the images shown."""
        return sum(answer != target for answer, target in zip(self._answers, self._targets, strict=True))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_batch(self, images: NDArray[np.float32], answers: Sequence[int], targets: Sequence[int]) -> None:
        """Show the first images of a mini-batch.

        Args:
            images: (batch, 784) float32, 0 paper to 1 ink.
            answers: The most probable digit of each.
            targets: The true one of each.
        """
        had = len(self._images)
        greys = (images[:MOST_SHOWN] * 255).round().astype("uint8")
        self._images = [
            QImage(grey.tobytes(), _SIDE, _SIDE, _SIDE, QImage.Format.Format_Grayscale8).copy()
            for grey in greys
        ]
        self._answers, self._targets = answers[:MOST_SHOWN], targets[:MOST_SHOWN]
        shown = len(self._images)
        self.setAccessibleDescription(f"{shown} images, {shown - self.wrong_count} read correctly")
        if had != shown:
            self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> int:
        """Sixteen in a row where there is room, so that 64 make four even rows."""
        fitting = max(4, (width + scaled(_GAP)) // (scaled(_SIDE) + scaled(_GAP)))
        return next((even for even in (32, 16, 8) if even <= fitting), fitting)

    def _place(self, index: int) -> QRect:
        columns = self._columns(self.width())
        # Spread over the width, but never so far that rows fall apart.
        step = min((self.width() + scaled(_GAP)) / columns, 1.6 * (scaled(_SIDE) + scaled(_GAP)))
        row, column = divmod(index, columns)
        return QRect(
            round(column * step),
            row * (scaled(_SIDE) + scaled(_CAPTION_HEIGHT) + scaled(_GAP) // 2),
            scaled(_SIDE),
            scaled(_SIDE),
        )

    def hasHeightForWidth(self) -> bool:
        """Rows wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows with their captions."""
        rows = -(-max(1, len(self._images)) // self._columns(width))
        return rows * (scaled(_SIDE) + scaled(_CAPTION_HEIGHT) + scaled(_GAP) // 2)

    def sizeHint(self) -> QSize:
        """Sixteen in a row."""
        width = 16 * (scaled(_SIDE) + scaled(_GAP))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Eight in a row."""
        return QSize(8 * (scaled(_SIDE) + scaled(_GAP)), scaled(_SIDE) + scaled(_CAPTION_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint images, labels, and frames and predictions of those misread."""
        painter = QPainter(self)
        plain, bold = self.font(), QFont(self.font())
        bold.setBold(True)
        for index, image in enumerate(self._images):
            place = self._place(index)
            painter.drawImage(place, image)
            answer, target = self._answers[index], self._targets[index]
            caption = QRect(
                place.left() - scaled(_GAP),
                place.bottom() + 1,
                scaled(_SIDE) + 2 * scaled(_GAP),
                scaled(_CAPTION_HEIGHT),
            )
            if answer == target:
                painter.setPen(QColor(self._colours.muted))
                painter.setFont(plain)
                painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, str(target))
            else:
                painter.setPen(QPen(QColor(self._colours.warning), line_width(2)))
                painter.drawRect(place)
                painter.setFont(bold)
                painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, f"{target}→{answer}")
        painter.end()
