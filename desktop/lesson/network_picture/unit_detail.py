"""Unit detail: the weights of one unit, what they make of the drawing, and its sum in numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.lesson.network_picture.unit_words import UnitWords
from desktop.widgets.theme import Colours
from desktop.widgets.unit_grid import UnitGrid
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of the height of a line of text; between the two pictures, in pixels, as in the grid.
_PICTURE_LINES, _GAP = 6, 6


class UnitDetail(QWidget):
    """Two pictures on the left, words on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = UnitGrid("Weights of the unit, and weights times inputs", 2, 100)
        self._words = UnitWords()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(16))
        row.addWidget(self._grid, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._fit()

    @property
    def words(self) -> tuple[str, str, str]:
        """The unit's name, its sum, and what the numbers are."""
        return self._words.texts

    @property
    def grid(self) -> UnitGrid:
        """The two pictures."""
        return self._grid

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._grid.set_colours(colours)
        self._words.set_colours(colours)

    def show_unit(
        self,
        name: str,
        formula: str,
        meaning: str,
        weights: NDArray[np.float32],
        contributions: NDArray[np.float32],
    ) -> None:
        """Show another unit.

        Args:
            name: What to call it.
            formula: Its sum.
            meaning: What the numbers in the sum are.
            weights: (inputs,) float32.
            contributions: (inputs,) float32, the weights times what they are multiplied with.
        """
        self._words.set_texts(name, formula, meaning)
        limits = [float(np.abs(each).max()) or 1.0 for each in (weights, contributions)]
        pictures = np.stack(
            [_square(each) / limit for each, limit in zip((weights, contributions), limits, strict=True)]
        )
        captions = ("weights", "× inputs")
        titles = [f"{caption} ±{limit:.2g}" for caption, limit in zip(captions, limits, strict=True)]
        self._grid.set_values(pictures, 1.0, titles)

    def changeEvent(self, event: QEvent) -> None:
        """Pictures grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        side = _PICTURE_LINES * self.fontMetrics().height()
        self._grid.set_shape(2, side)
        width = 2 * side + _GAP
        self._grid.setFixedSize(width, self._grid.heightForWidth(width))


def _square(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row by row; pixels in their 28 by 28 places, units in a square whose last row may have blanks."""
    side = math.isqrt(len(values) - 1) + 1
    square = np.zeros(side * side, dtype=np.float32)
    square[: len(values)] = values
    return square.reshape(side, side)
