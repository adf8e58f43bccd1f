"""Revealing: scrolls a page so far that a part of it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

_MARGIN = 8


def reveal(widget: QWidget, part: QRect) -> None:
    """Scroll the area that `widget` lies in until `part` of it shows; nothing where it lies in none."""
    # Not by its parents: one that Qt made itself takes all below it along when Python lets go of it.
    areas = [each for each in widget.window().findChildren(QScrollArea) if each.isAncestorOf(widget)]
    area = next((each for each in areas if not any(each.isAncestorOf(inner) for inner in areas)), None)
    page = None if area is None else area.widget()
    if area is not None and page is not None:
        middle = widget.mapTo(page, QPoint(part.center()))
        area.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + _MARGIN)
