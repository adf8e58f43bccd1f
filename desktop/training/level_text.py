"""What the library does at a level and what is ours, with a way to the code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import scaled

_WIDTH_OF_LINK = 64


class LevelText(QWidget):
    """A few lines of small text.

    Signals:
        code_requested: The code of the level is to be shown.
    """

    code_requested = Signal()

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        """Make room for the longest of the texts that will be shown, so that nothing below ever moves."""
        super().__init__(parent)
        self._texts = tuple(texts)
        # By width, in one font: asked for again with every layout.
        self._heights: dict[int, int] = {}
        self._label = muted_label()
        self._label.setFont(tabular(self.font(), 0.85))
        self._metrics = self._label.fontMetrics()
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        code = QPushButton("Code…")
        code.setObjectName("link")
        code.setToolTip("Show the code that this level runs, beside the lesson's text")
        code.clicked.connect(self.code_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self._label, 1)
        row.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._label.setText(text)

    def height_in(self, width: int) -> int:
        """Pixels that the text takes, or would take in a form of that width."""
        return self._most_height(max(1, self._label.width() or width - scaled(_WIDTH_OF_LINK)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the longest text at this width."""
        super().resizeEvent(event)
        self._label.setMinimumHeight(self._most_height(self._label.width()))

    def _most_height(self, width: int) -> int:
        metrics = self._label.fontMetrics()
        if metrics != self._metrics:
            self._metrics = metrics
            self._heights.clear()
        if width not in self._heights:
            room = QRect(0, 0, width, 10_000)
            wrapped = Qt.TextFlag.TextWordWrap
            self._heights[width] = max(
                metrics.boundingRect(room, wrapped, text).height() for text in self._texts
            )
        return self._heights[width]
