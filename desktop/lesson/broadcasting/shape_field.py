"""Shape field: a shape as text, read while it is typed, with room for one sentence about it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.lesson.parsed_field import ParsedField
from engine.lesson.broadcasting import parse_shape

_MOST_CHARACTERS = 80
_EMPTY = "A size of 0 means a tensor with no numbers in it, so there is nothing to draw."


class ShapeField(ParsedField[tuple[int, ...]]):
    """One shape; what is none is said below it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _MOST_CHARACTERS, parent)
        self.edit.setPlaceholderText("scalar")
        self.edit.setToolTip("Sizes such as 3, 1, 4; leave it empty for a scalar")
        self.read()

    @property
    def shape(self) -> tuple[int, ...] | None:
        """What is written, or None if that is no shape."""
        return self.value

    def parse(self, text: str, name: str) -> tuple[int, ...]:
        """A shape."""
        return parse_shape(text, name)

    def remark(self, value: tuple[int, ...]) -> str:
        """That there is nothing to draw, if so."""
        return _EMPTY if 0 in value else ""
