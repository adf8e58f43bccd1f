"""Formula table: the formulas of the lesson, read from ``resources/formulas``."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache

import resources

UNITS_PER_EM = 100
"""Of the pictures: so many units of their view boxes are the size of the font they were made with."""
INK = "currentColor"
"""What the pictures say for the one colour they are painted in."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A row of the table.

    Attributes:
        name: Of its picture, without ``.svg``.
        tex: What is rendered, in TeX's notation.
        reading: For screen readers.
        text: As rich text, for want of a picture.
        symbols: What its letters stand for, such as ``η learning rate``.
    """

    name: str
    tex: str
    reading: str
    text: str
    symbols: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """SHA-256 of `tex`, which the picture carries."""
        return hashlib.sha256(self.tex.encode()).hexdigest()


@cache
def formulas() -> dict[str, Formula]:
    """All formulas by their names."""
    table = tomllib.loads(resources.text("formulas", "formulas.toml"))
    return {
        name: Formula(name, row["tex"], row["reading"], row["text"], tuple(row.get("symbols", ())))
        for name, row in table.items()
    }


def formula_picture(name: str) -> str:
    """The SVG of a formula, painted in `INK`.

    Raises:
        FileNotFoundError: There is none.
    """
    return resources.text("formulas", f"{name}.svg")
