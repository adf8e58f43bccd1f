"""Layout of the unit pictures: where features, units and classes stand in an area of some size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

# All in heights of a line of text.
_HEAD, _FOOT, _GAP = 1.5, 3.3, 0.3
_LEAST_TILE, _GOOD_TILE, _MOST_TILE = 1.05, 1.4, 2.8
_MOST_WAY = 12.0
# Of a row; and of the way between two columns at the least, in widths of a tile.
_TILE_SHARE, _LEAST_WAY = 0.86, 0.6
# Of the whole width.
_MOST_NAME = 0.22
# Rows that are not pressed together stand no further from each other, in heights of a tile.
_MOST_ROW = 1.5


@dataclass(frozen=True, slots=True)
class Measures:
    """What text needs, in pixels.

    Attributes:
        line: Height of a line.
        feature: Width of the widest feature's name.
        class_: Width of the widest class's name.
    """

    line: float
    feature: float
    class_: float

    @classmethod
    def of(
        cls, metrics: QFontMetricsF, features: Sequence[str], classes: Sequence[str], width: float
    ) -> Measures:
        """With a font's metrics, in an area of some width."""
        widest = max(map(metrics.horizontalAdvance, classes)) + 1
        feature = max(map(metrics.horizontalAdvance, features))
        # A name that is very long is not worth the room.
        return cls(metrics.height(), feature, min(widest, _MOST_NAME * width))


class UnitLayout:
    """A column of features on the left, one of units for each hidden layer, one of classes on the right.

    Attributes:
        counts: Features, units of each hidden layer, classes.
        shown: As many of them as there is room for.
        tile: Width and height of a small picture, in pixels.
        has_class_names: Whether there is room for the names of the classes.
        foot: Below the picture, for three lines of text.
        middle: Where the columns are centred, from top to bottom.
    """

    def __init__(self, size: QSizeF, measures: Measures, counts: Sequence[int]) -> None:
        """Lay out.

        Args:
            size: Of the area, in pixels.
            measures: Of its text.
            counts: Features, units of each hidden layer, classes; each 1 or more.
        """
        self.counts = tuple(counts)
        self.size = size
        line = self._line = measures.line
        gap = _GAP * line
        columns = len(self.counts)
        left = measures.feature + gap
        self.foot = QRectF(0, size.height() - (_FOOT - _GAP) * line, size.width(), (_FOOT - _GAP) * line)
        self._top = _HEAD * line
        height = max(line, size.height() - (_HEAD + _FOOT) * line)
        right = measures.class_ + gap
        widest = _widest_tile(size.width() - left - right, columns)
        self.has_class_names = widest >= _LEAST_TILE * line
        if not self.has_class_names:
            right = 0.5
            widest = _widest_tile(size.width() - left - right, columns)
        widest = max(1.0, min(_MOST_TILE * line, widest))
        places = int(height / (min(widest, _LEAST_TILE * line) / _TILE_SHARE))
        if max(self.counts) > places:
            # A line below says how many more there are; so those that are shown may as well be larger.
            height -= line
            places = max(1, int(height / (min(widest, _GOOD_TILE * line) / _TILE_SHARE)))
        self._height = height
        self.shown = tuple(min(places, count) for count in self.counts)
        row = height / max(self.shown)
        self.tile = min(widest, _TILE_SHARE * row)
        self._row = min(row, _MOST_ROW * self.tile)
        room = size.width() - left - right
        self._way = min(_MOST_WAY * line, (room - columns * self.tile) / (columns - 1))
        spare = room - columns * self.tile - (columns - 1) * self._way
        self._left = left + max(0.0, spare) / 2
        self._labels = measures.feature, right - gap if self.has_class_names else 0.0
        self._gap = gap
        self.middle = self._top + height / 2
        self._tiles = [
            [self._made(column, place) for place in range(count)] for column, count in enumerate(self.shown)
        ]

    def _made(self, column: int, place: int) -> QRectF:
        middle = self.middle + (place + 0.5 - self.shown[column] / 2) * self._row
        return QRectF(self._left_of(column), middle - self.tile / 2, self.tile, self.tile)

    def _left_of(self, column: int) -> float:
        return self._left + column * (self.tile + self._way)

    @property
    def last(self) -> int:
        """The column of the classes."""
        return len(self.counts) - 1

    def picture(self, column: int, place: int) -> QRectF:
        """Where a small picture is painted; column 0 has the features."""
        return self._tiles[column][place]

    def start(self, column: int, place: int) -> QPointF:
        """Where the connections out of a unit begin."""
        tile = self._tiles[column][place]
        return QPointF(tile.right(), tile.center().y())

    def end(self, column: int, place: int) -> QPointF:
        """Where the connections into a unit end."""
        tile = self._tiles[column][place]
        return QPointF(tile.left(), tile.center().y())

    def feature_name(self, place: int) -> QRectF:
        """Left of a feature."""
        tile = self._tiles[0][place]
        width = self._labels[0]
        return QRectF(tile.left() - self._gap - width, tile.center().y() - self._line / 2, width, self._line)

    def class_name(self, place: int) -> QRectF:
        """Right of a class; empty where there is no room."""
        tile = self._tiles[self.last][place]
        return QRectF(
            tile.right() + self._gap, tile.center().y() - self._line / 2, self._labels[1], self._line
        )

    def head(self, column: int) -> QRectF:
        """Above a column; at most as wide as neighbours leave room for."""
        return self._across(column, 0.0)

    def rest(self, column: int) -> QRectF:
        """Below a column that has more units than are shown."""
        return self._across(column, self._top + self._height)

    def _across(self, column: int, top: float) -> QRectF:
        middle = self._left_of(column) + self.tile / 2
        half = (self.tile + self._way - self._gap) / 2
        # Nothing is cut off at the sides.
        left = max(0.0, min(middle - half, self.size.width() - 2 * half))
        return QRectF(left, top, 2 * half, self._line)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Column and place of the unit at a point; None where there is none.

        Rows are met, not only the pictures in them, so that nothing flickers between two units.
        """
        for column, shown in enumerate(self.shown):
            left = self._left_of(column)
            place = int((point.y() - self.middle + shown * self._row / 2) // self._row)
            if left <= point.x() <= left + self.tile and 0 <= place < shown:
                return column, place
        return None


def _widest_tile(room: float, columns: int) -> float:
    """The width of a tile that leaves the least way between columns."""
    return room / (columns + _LEAST_WAY * (columns - 1))
