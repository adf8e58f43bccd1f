"""Where the cells of a small tensor stand: rows, columns, and matrices side by side while they fit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desktop.lesson.broadcasting.values import Index, Shape
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import line_width, scaled

GAP = 2
MATRIX_GAP = 16
_LINE_GAP = 8
ROUNDING = 4


@dataclass(frozen=True, slots=True)
class CellLayout:
    """Cells of a tensor of up to three axes, from the left and the top of the first one.

    Attributes:
        shape: Of the tensor.
        cell_width: Pixels.
        cell_height: Pixels.
        label_height: Pixels above each matrix of a stack.
    """

    shape: Shape
    cell_width: int
    cell_height: int
    label_height: int

    @property
    def stack(self) -> tuple[int, int, int]:
        """Matrices, rows and columns, whatever is missing being 1."""
        matrices, rows, columns = (1, 1, 1, *self.shape)[-3:]
        return matrices, rows, columns

    @property
    def matrix_width(self) -> int:
        """Pixels."""
        return self.stack[2] * (self.cell_width + scaled(GAP)) - scaled(GAP)

    @property
    def matrix_height(self) -> int:
        """Pixels, with the label."""
        return self.label_height + self.stack[1] * (self.cell_height + scaled(GAP)) - scaled(GAP)

    @property
    def best_width(self) -> int:
        """Pixels with all matrices side by side."""
        return self.stack[0] * (self.matrix_width + scaled(MATRIX_GAP)) - scaled(MATRIX_GAP)

    def matrices_in_line(self, width: int) -> int:
        """How many stand side by side in so many pixels; one at least."""
        room = (width + scaled(MATRIX_GAP)) // (self.matrix_width + scaled(MATRIX_GAP))
        return max(1, min(self.stack[0], room))

    def height(self, width: int) -> int:
        """Pixels that all lines of matrices take."""
        lines = -(-self.stack[0] // self.matrices_in_line(width))
        return lines * (self.matrix_height + scaled(_LINE_GAP)) - scaled(_LINE_GAP)

    def rectangle(self, index: Index, width: int) -> QRectF:
        """Where a cell is if there are so many pixels."""
        matrix, row, column = (0, 0, 0, *index)[-3:]
        line, place = divmod(matrix, self.matrices_in_line(width))
        left = place * (self.matrix_width + scaled(MATRIX_GAP)) + column * (self.cell_width + scaled(GAP))
        top = (
            line * (self.matrix_height + scaled(_LINE_GAP))
            + self.label_height
            + row * (self.cell_height + scaled(GAP))
        )
        return QRectF(left, top, self.cell_width, self.cell_height)

    def neighbour(self, index: Index, key: int) -> Index | None:
        """The cell that an arrow key leads to; at its sides a matrix is left for the next one.

        Returns:
            None for a key that is no arrow; `index` itself at the edge.
        """
        matrices, rows, columns = self.stack
        matrix, row, column = (0, 0, 0, *index)[-3:]
        if key == Qt.Key.Key_Up:
            row = max(0, row - 1)
        elif key == Qt.Key.Key_Down:
            row = min(rows - 1, row + 1)
        elif key == Qt.Key.Key_Left:
            place = max(0, matrix * columns + column - 1)
            matrix, column = divmod(place, columns)
        elif key == Qt.Key.Key_Right:
            place = min(matrices * columns - 1, matrix * columns + column + 1)
            matrix, column = divmod(place, columns)
        else:
            return None
        return (matrix, row, column)[3 - len(self.shape) :]


def paint_cell(painter: QPainter, place: QRectF, colours: Colours, tint: str, is_copy: bool) -> None:
    """One empty cell: filled, or hatched with a dashed frame if it is a copy.

    Args:
        painter: Paints with antialiasing.
        place: Of the cell.
        colours: Of the appearance.
        tint: ``#rrggbb``.
        is_copy: Whether it only repeats another cell.
    """
    shade = QColor(tint)
    if is_copy:
        painter.setBrush(QColor(colours.panel))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(place, scaled(ROUNDING), scaled(ROUNDING))
        shade.setAlphaF(0.22)
        painter.setBrush(QBrush(shade, Qt.BrushStyle.BDiagPattern))
        shade.setAlphaF(0.65)
        painter.setPen(QPen(shade, line_width(), Qt.PenStyle.DashLine))
    else:
        shade.setAlphaF(0.24)
        painter.setBrush(shade)
        shade.setAlphaF(0.8)
        painter.setPen(QPen(shade, line_width()))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), scaled(ROUNDING), scaled(ROUNDING))
