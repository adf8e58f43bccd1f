"""Bars area: class bars that scroll where there are more rows than there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from desktop.reading.class_bars import GREATEST_ROW, LEAST_ROW, ClassBars
from desktop.widgets.zoom.lengths import scaled

# So many rows have to find room without scrolling, as the ten digits do.
_ROWS_IN_SIGHT = 10


class BarsArea(QScrollArea):
    """Shows class bars; of many, those around the most probable one.

    Attributes:
        bars: What is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bars = ClassBars()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(self.bars.sizePolicy())
        self.setWidget(self.bars)
        self.bars.rows_changed.connect(self._fit)
        self.bars.row_reached.connect(self._show_row)
        self.bars.winner_changed.connect(self._follow)
        # Rows of other classes are laid out only after they were given values.
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys are for the bars, and what they leave for whoever stands around them."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Of a few rows."""
        return QSize(self.bars.minimumSizeHint().width(), scaled(self._rows_in_sight * LEAST_ROW))

    def sizeHint(self) -> QSize:
        """Of a few rows."""
        hint = self.bars.sizeHint()
        return QSize(hint.width(), hint.height() * self._rows_in_sight // len(self.bars.classes))

    @property
    def _rows_in_sight(self) -> int:
        return min(_ROWS_IN_SIGHT, len(self.bars.classes))

    def _fit(self) -> None:
        self.setMaximumHeight(scaled(len(self.bars.classes) * GREATEST_ROW))
        self.updateGeometry()

    @property
    def scrolls(self) -> bool:
        """Whether there are more rows than have to be in sight."""
        return len(self.bars.classes) > _ROWS_IN_SIGHT

    def _on_range_changed(self) -> None:
        if self.bars.winner is not None:
            self._follow(self.bars.winner)

    def _follow(self, place: int) -> None:
        """Bring the most probable row into sight, unless somebody points at others."""
        if not self.bars.is_pointed_at:
            self._show_row(place)

    def _show_row(self, place: int) -> None:
        if self.verticalScrollBar().maximum() > 0:
            row = self.bars.row_rectangle(place)
            self.ensureVisible(0, round(row.center().y()), 0, round(row.height()))
