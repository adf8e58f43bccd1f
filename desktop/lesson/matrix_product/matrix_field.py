"""Matrix field: a small matrix as text, ``1 2; 3 4``, read while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.lesson.parsed_field import ParsedField
from engine.lesson.matrix_text import Rows, matrix_text, parse_matrix

_MOST_CHARACTERS = 400


class MatrixField(ParsedField[Rows]):
    """One matrix; what is none is said below it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _MOST_CHARACTERS, parent)
        self.edit.setPlaceholderText("1 2; 3 4")
        self.edit.setToolTip("Spaces between numbers, semicolons between rows: 1 2; 3 4")

    def parse(self, text: str, name: str) -> Rows:
        """A matrix."""
        return parse_matrix(text, name)

    def set_matrix(self, matrix: Rows) -> None:
        """Write a matrix without telling anyone."""
        self.set_text(matrix_text(matrix))
        self.edit.setCursorPosition(0)
