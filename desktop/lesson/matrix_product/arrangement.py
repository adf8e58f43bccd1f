"""Arrangement: where each matrix of a step stands.

For row times column and outer products the second matrix stands above the result and the first one left of
it (Falk's scheme): each number of the result then lies where its row and its column meet. For broadcasting
the matrices follow each other, in as many lines as the width needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from desktop.lesson.broadcasting.cells import CellLayout
from engine.lesson.matrix_product import ProductStep, Role, Sheet, View

SIGNS = {Role.STRETCHED: "→", Role.SECOND: "×", Role.PRODUCTS: "=", Role.RESULT: "Σ"}
"""What stands left of a matrix where they follow each other."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels, as the font has them.

    Attributes:
        cell_width: Of a cell.
        cell_height: Of a cell.
        heading: Height of a heading, with the room below it.
        heading_width: Of the longest heading.
        gap: Between two matrices, and of the sign left of one.
    """

    cell_width: int
    cell_height: int
    heading: int
    heading_width: int
    gap: int

    def cells(self, sheet: Sheet) -> CellLayout:
        """The cells of a matrix."""
        return CellLayout(sheet.shape, self.cell_width, self.cell_height, label_height=0)


def places(step: ProductStep, view: View, measures: Measures, width: int) -> list[QRect]:
    """Where the matrices stand in so many pixels, headings included, in the order of the step's."""
    if view is View.BROADCASTING:
        return _in_lines(step.sheets, measures, width)
    return _crossed(step, measures, width)


def _size(sheet: Sheet, measures: Measures) -> tuple[int, int]:
    """Width and height with the heading."""
    cells = measures.cells(sheet)
    return max(cells.matrix_width + 1, measures.heading_width), measures.heading + cells.matrix_height + 1


def _in_lines(sheets: Sequence[Sheet], measures: Measures, width: int) -> list[QRect]:
    found = []
    left = top = line_height = 0
    for sheet in sheets:
        own_width, height = _size(sheet, measures)
        if left and left + measures.gap + own_width > width:
            left, top, line_height = 0, top + line_height + measures.gap, 0
        if sheet.role in SIGNS:
            left += measures.gap
        found.append(QRect(left, top, own_width, height))
        left += own_width + measures.gap // 2
        line_height = max(line_height, height)
    return found


def _crossed(step: ProductStep, measures: Measures, width: int) -> list[QRect]:
    first, second = _size(step.sheet(Role.FIRST), measures), _size(step.sheet(Role.SECOND), measures)
    result = _size(step.sheet(Role.RESULT), measures)
    across, down = first[0] + measures.gap, second[1] + measures.gap // 2
    found = {
        Role.FIRST: QRect(0, down, *first),
        Role.SECOND: QRect(across, 0, *second),
        Role.RESULT: QRect(across, down, *result),
    }
    right = across + result[0] + measures.gap
    if right + result[0] <= width:
        found[Role.OUTER] = QRect(right, down, *result)
    else:
        found[Role.OUTER] = QRect(across, down + result[1] + measures.gap, *result)
    return [found[sheet.role] for sheet in step.sheets]
