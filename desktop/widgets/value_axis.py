"""Value axis: what all axes of numbers have in common, in the plot of losses and in the charts of pages."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF


class ValueAxis(pg.AxisItem):
    """Writes true minus signs, as the text beside a chart does."""

    def __init__(self, side: str, tick_margin: int = 0) -> None:
        """Make an axis.

        Args:
            side: ``bottom``, ``left`` or ``right``.
            tick_margin: Pixels beyond each end for the names of the outermost ticks, which are left out where
                they do not fit.
        """
        # First: the base asks for its rectangle while it is made.
        self._tick_margin = tick_margin
        super().__init__(side)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The names of ticks."""
        return [text.replace("-", "−") for text in super().tickStrings(values, scale, spacing)]

    def boundingRect(self) -> QRectF:
        """With the margin for the outermost names."""
        usual: QRectF = super().boundingRect()
        margin = self._tick_margin
        return usual.adjusted(-margin, -margin, margin, margin)
