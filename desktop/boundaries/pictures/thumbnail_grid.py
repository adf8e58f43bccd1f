"""Thumbnail grid: where small square pictures stand in rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPoint, QPointF, QRect

from desktop.widgets.zoom.lengths import scaled

_GAP, _MARGIN = 6, 4
_COLUMNS = ((1, 1), (4, 2), (9, 3), (16, 4))
"""So many pictures at most, and into how many columns they go."""
_SMALLEST = 66
_LARGEST, _LARGE = 300, 110
_ENLARGED = 150


def is_large(side: int) -> bool:
    """Whether a picture so many pixels wide has room for a title, and for rims around its points."""
    return side >= scaled(_LARGE)


@dataclass(frozen=True)
class ThumbnailGrid:
    """Some pictures in so much width, the larger the fewer there are.

    Attributes:
        count: Pictures.
        width: Pixels.
        line: Pixels of a line of text, which stands below each picture that is large.
        top: Pixels above all.
    """

    count: int
    width: int
    line: int
    top: int

    @cached_property
    def columns(self) -> int:
        """Pictures in a row."""
        for most, columns in _COLUMNS:
            if self.count <= most:
                return columns
        fewest = _COLUMNS[-1][1]
        return max(fewest, (self._room + scaled(_GAP)) // (scaled(_SMALLEST) + scaled(_GAP)))

    @cached_property
    def side(self) -> int:
        """Pixels along the side of a picture."""
        room = (self._room - (self.columns - 1) * scaled(_GAP)) // self.columns
        return max(1, min(scaled(_LARGEST), room))

    @cached_property
    def title_height(self) -> int:
        """Pixels below each picture."""
        return self.line if is_large(self.side) else 0

    @cached_property
    def height(self) -> int:
        """Of all there is."""
        rows = -(-self.count // self.columns)
        return self.top + max(0, rows * self._pitch - scaled(_GAP))

    @cached_property
    def _room(self) -> int:
        return self.width - 2 * scaled(_MARGIN)

    @cached_property
    def _step(self) -> int:
        return self.side + scaled(_GAP)

    @cached_property
    def _pitch(self) -> int:
        return self.side + self.title_height + scaled(_GAP)

    @cached_property
    def left(self) -> int:
        """Pixels to the left of all; they stand in the middle if they need not all of the width."""
        used = self.columns * (self.side + scaled(_GAP)) - scaled(_GAP)
        return (self.width - used) // 2

    def rectangle(self, index: int) -> QRect:
        """Of a picture, without its title."""
        row, column = divmod(index, self.columns)
        left = self.left + column * self._step
        return QRect(left, self.top + row * self._pitch, self.side, self.side)

    def index_at(self, place: QPointF) -> int | None:
        """The picture there; between two, the one to the left or above."""
        column = int((place.x() - self.left) // self._step)
        row = int((place.y() - self.top) // self._pitch)
        index = row * self.columns + column
        return index if 0 <= column < self.columns and row >= 0 and index < self.count else None

    def enlarged(self, index: int, inside: QRect) -> QRect:
        """A larger rectangle in the same place, within another; a picture that is large stays as it is."""
        place = self.rectangle(index)
        if is_large(self.side):
            return place
        side = min(scaled(_ENLARGED), self.width)
        corner = place.center() - QPoint(side // 2, side // 2)
        left = max(inside.left(), min(corner.x(), inside.right() + 1 - side))
        top = max(inside.top(), min(corner.y(), inside.bottom() + 1 - side))
        return QRect(left, top, side, side)
