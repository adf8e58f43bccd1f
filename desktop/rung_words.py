"""What the library does on a rung of the stair and what is ours, with a way to the code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.fonts import tabular
from desktop.widgets import muted_label

_WIDTH_OF_LINK = 64


class RungWords(QWidget):
    """A few lines of small words.

    Signals:
        code_requested: The code of the rung is to be shown.
    """

    code_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = muted_label()
        self._words.setFont(tabular(self.font(), 0.85))
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        code = QPushButton("Code…")
        code.setObjectName("link")
        code.setToolTip("Show the code that this rung runs, beside the lesson's words")
        code.clicked.connect(self.code_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._words.setText(text)

    def height_in(self, width: int) -> int:
        """Pixels that the words take, or would take in a form of that width."""
        return self._words.heightForWidth(max(1, self._words.width() or width - _WIDTH_OF_LINK))
