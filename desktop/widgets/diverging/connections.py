"""Connections: lines between units, the wider and the stronger in colour the more they count."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.widgets.diverging.colours import NEGATIVE, POSITIVE

LEAST_STRENGTH = 0.06
"""Connections weaker than so many times the strongest one would be a veil over the others."""

# Strengths that are told apart: with few pens painting is quicker.
_STRENGTHS = 8
_FAINT = 0.3


class ConnectionPens:
    """Pens of the diverging scale; weak ones are close to the ground."""

    def __init__(self, ground: str | None) -> None:
        """Take the colour of the ground; without, weak lines are thin and not faint.

        Translucent lines would take twice as long, and lines with round ends ten times as long.
        """
        self._pens = [_pens(level, ground) for level in range(_STRENGTHS)]

    def paint(
        self, painter: QPainter, connections: Iterable[tuple[QLineF, float]], thin: float, thick: float
    ) -> None:
        """Paint lines, the weakest first, so that the strongest lie on top.

        Args:
            painter: Paints.
            connections: Lines, and how strong each is: −1 to 1.
            thin: Width of the weakest, in pixels.
            thick: Width of the strongest.
        """
        lines: list[tuple[list[QLineF], list[QLineF]]] = [([], []) for _ in range(_STRENGTHS)]
        for line, strength in connections:
            lines[min(_STRENGTHS - 1, int(abs(strength) * _STRENGTHS))][strength > 0].append(line)
        for level, by_sign in enumerate(lines):
            for some, pen in zip(by_sign, self._pens[level], strict=True):
                if some:
                    # By the square: few lines are thick, and thin ones are painted in half the time.
                    share = (level / (_STRENGTHS - 1)) ** 2
                    pen.setWidthF(thin + share * (thick - thin))
                    painter.setPen(pen)
                    painter.drawLines(some)


def _pens(level: int, ground: str | None) -> tuple[QPen, QPen]:
    """For connections of a strength, below and above 0."""
    share = _FAINT + level / (_STRENGTHS - 1) * (1 - _FAINT)
    pens = []
    for hue in (QColor(*NEGATIVE), QColor(*POSITIVE)):
        colour = QColor(hue)
        if ground is not None:
            under = QColor(ground)
            colour.setRgbF(
                under.redF() + share * (hue.redF() - under.redF()),
                under.greenF() + share * (hue.greenF() - under.greenF()),
                under.blueF() + share * (hue.blueF() - under.blueF()),
            )
        pen = QPen(colour)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pens.append(pen)
    return pens[0], pens[1]
