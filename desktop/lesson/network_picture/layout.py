"""Layout of the network picture: where pixels, units and answers stand in an area of some size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from engine.data.classes import DIGITS, Classes
from engine.explain.flow_excerpt import MOST_ANSWERS
from engine.preprocessing.normaliser import SIDE

MOST_UNITS = 18
"""Of one layer; more could not be told apart."""

# Of the height of a line of text: a row's least and greatest, a unit's share of its row, and gaps.
_LEAST_ROW, _MOST_ROW, _UNIT_SHARE, _GAP = 1.2, 2.4, 0.82, 0.75
# A layer's name and its size above, two lines on those that have no place below.
_HEAD_LINES, _FOOT_LINES = 2.4, 2.2
# The widest output, and room at both ends of a unit; how much wider bold figures are.
_WIDEST, _INSET = "−88.8", 0.4
_BOLD = 1.1
# Of a class, in widths of a digit.
_LONGEST_NAME = 8
_PIXELS_SHARE, _LEAST_PIXELS, _MOST_PIXELS = 0.3, 6.0, 17.0
# Between two layers, in heights of a line: less, and the lines between them cannot be followed.
_LEAST_WAY = 3.0
_LEAST_BAR, _MOST_BAR, _BAR_HEIGHT = 1.5, 6.0, 0.5


@dataclass(frozen=True, slots=True)
class Measures:
    """What text needs, in pixels.

    Attributes:
        line: Height of a line.
        unit_width: Of a unit with its output in it.
        name: Width of the longest name of a class, with room around it.
        percent: Width of ``100.0 %``.
    """

    line: float
    unit_width: float
    name: float
    percent: float

    @classmethod
    def of(cls, metrics: QFontMetricsF, classes: Classes = DIGITS) -> Measures:
        """With a font's metrics, for these answers; names that are too long are cut."""
        line, digit = metrics.height(), metrics.horizontalAdvance("0")
        widest = max(map(metrics.horizontalAdvance, classes))
        return cls(
            line,
            metrics.horizontalAdvance(_WIDEST) + 2 * _INSET * line,
            max(digit, min(widest, _LONGEST_NAME * digit)) + _INSET * line,
            # That of the answer is bold.
            _BOLD * metrics.horizontalAdvance("100.0 %") + 2 * _INSET * line,
        )

    @property
    def _answer_width(self) -> float:
        """Unit, name, the shortest bar, and percentage."""
        return self.unit_width + self.name + _LEAST_BAR * self.line + self.percent

    def least_size(self, hidden_layers: int) -> QSizeF:
        """What the picture of a network needs at least."""
        ways = (hidden_layers + 1) * _LEAST_WAY * self.line
        width = _LEAST_PIXELS * self.line + hidden_layers * self.unit_width + ways + self._answer_width
        return QSizeF(width, (_HEAD_LINES + _FOOT_LINES + MOST_ANSWERS * _LEAST_ROW) * self.line)


class PictureLayout:
    """Pixels on the left, a column of units for each hidden layer, the answers on the right."""

    def __init__(self, size: QSizeF, measures: Measures, layers: Sequence[int]) -> None:
        """Lay out.

        Args:
            size: Of the area, in pixels.
            measures: Of its text.
            layers: Units shown of each hidden layer, and answers.
        """
        self.size, self.measures = size, measures
        self._layers = tuple(layers)
        line = measures.line
        self.top = _HEAD_LINES * line
        self.body = max(1.0, size.height() - (_HEAD_LINES + _FOOT_LINES) * line)
        # What is beside the pixels comes first where there are many layers.
        spare = size.width() - measures.least_size(len(layers) - 1).width() + _LEAST_PIXELS * line
        side = min(_MOST_PIXELS * line, _PIXELS_SHARE * size.width(), spare)
        side = min(max(_LEAST_PIXELS * line, side), self.body)
        self.pixels = QRectF(0.5, self.top + (self.body - side) / 2, side, side)
        least = measures.unit_width + measures.name + measures.percent
        # A third of what is left is for bars.
        room = size.width() - side - least - (len(layers) - 1) * measures.unit_width
        self._bar = min(_MOST_BAR * line, max(_LEAST_BAR * line, room / 3))
        self._answers_left = size.width() - least - self._bar
        way = self._answers_left - self.pixels.right() - (len(layers) - 1) * measures.unit_width
        self._way = way / len(layers)
        # Asked for again and again by every picture.
        self._units = [
            [self._made_unit(column, place) for place in range(count)]
            for column, count in enumerate(self._layers)
        ]
        self._ends = [[_middle(unit.left(), unit) for unit in column] for column in self._units]
        self._starts = [[_middle(unit.right(), unit) for unit in column] for column in self._units]

    @staticmethod
    def places(height: float, measures: Measures) -> int:
        """Units that an area of some height has room for above each other; never fewer than answers."""
        body = height - (_HEAD_LINES + _FOOT_LINES) * measures.line
        return max(MOST_ANSWERS, min(MOST_UNITS, int(body / (_LEAST_ROW * measures.line))))

    @property
    def layers(self) -> tuple[int, ...]:
        """Units of each column."""
        return self._layers

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return self.measures.line

    def _left(self, column: int) -> float:
        if column == len(self._layers) - 1:
            return self._answers_left
        return self.pixels.right() + self._way + column * (self._way + self.measures.unit_width)

    def _row(self, column: int) -> float:
        return min(_MOST_ROW * self.line, self.body / max(1, self._layers[column]))

    def _first_row(self, column: int) -> float:
        """Columns are centred."""
        return self.top + (self.body - self._layers[column] * self._row(column)) / 2

    def _made_unit(self, column: int, place: int) -> QRectF:
        row = self._row(column)
        height = min(_UNIT_SHARE * row, 1.5 * self.line)
        middle = self._first_row(column) + (place + 0.5) * row
        return QRectF(self._left(column), middle - height / 2, self.measures.unit_width, height)

    def unit(self, column: int, place: int) -> QRectF:
        """Where a unit is painted; columns are counted from the first hidden layer."""
        return self._units[column][place]

    def end(self, column: int, place: int) -> QPointF:
        """Where the connections into a unit end."""
        return self._ends[column][place]

    def start(self, column: int, place: int) -> QPointF:
        """Where the connections out of a unit of a hidden layer begin."""
        return self._starts[column][place]

    def answer_row(self, place: int) -> QRectF:
        """Of an answer, from its unit to its percentage."""
        unit = self.unit(len(self._layers) - 1, place)
        return QRectF(unit.left(), unit.top(), self.size.width() - unit.left(), unit.height())

    def bar(self, place: int) -> QRectF:
        """The track of an answer's bar."""
        row = self.answer_row(place)
        height = min(_BAR_HEIGHT * self.line, row.height() / 2)
        left = row.left() + self.measures.unit_width + self.measures.name
        return QRectF(left, row.center().y() - height / 2, self._bar, height)

    def pixel(self, number: int) -> QPointF:
        """The middle of a pixel."""
        row, column = divmod(number, SIDE)
        scale = self.pixels.width() / SIDE
        return self.pixels.topLeft() + QPointF((column + 0.5) * scale, (row + 0.5) * scale)

    def head(self, column: int) -> QRectF:
        """Above a column, for two lines; -1 for the pixels."""
        return self._across(column, 0.0, 2 * self.line)

    def foot(self, column: int) -> QRectF:
        """Below a column, for two lines."""
        bottom = self._first_row(column) + self._layers[column] * self._row(column)
        return self._across(column, bottom + 0.1 * self.line, 2 * self.line)

    def _across(self, column: int, top: float, height: float) -> QRectF:
        if column < 0:
            return QRectF(self.pixels.left(), top, self.pixels.width() + self._way / 2, height)
        if column == len(self._layers) - 1:
            return QRectF(self._answers_left, top, self.size.width() - self._answers_left, height)
        left, extra = self._left(column), self._way / 2 - _GAP * self.line / 4
        return QRectF(left - extra, top, self.measures.unit_width + 2 * extra, height)

    def unit_at(self, point: QPointF) -> tuple[int, int] | None:
        """Column and place of the unit at a point; None where there is none.

        Rows are met, not only the units in them, so that nothing flickers between two units.
        """
        last = len(self._layers) - 1
        for column, count in enumerate(self._layers):
            left = self._left(column)
            right = self.size.width() if column == last else left + self.measures.unit_width
            place = int((point.y() - self._first_row(column)) // self._row(column))
            if left <= point.x() <= right and 0 <= place < count:
                return column, place
        return None


def _middle(x: float, unit: QRectF) -> QPointF:
    return QPointF(x, unit.center().y())
