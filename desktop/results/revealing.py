"""Revealing: scrolls a page so far that a part of it can be seen."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.widgets.zoom.lengths import scaled

_MARGIN = 8
# One that Qt made itself takes all that Python knows below it along when Python lets go of it.
_between: WeakKeyDictionary[QScrollArea, list[QWidget]] = WeakKeyDictionary()


def reveal(widget: QWidget, part: QRect) -> None:
    """Scroll the area that `widget` lies in until `part` of it shows; nothing where it lies in none."""
    between: list[QWidget] = []
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        between.append(area)
        area = area.parentWidget()
    if area is not None:
        _between[area] = between
    page = None if area is None else area.widget()
    if area is not None and page is not None:
        middle = widget.mapTo(page, QPoint(part.center()))
        area.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + scaled(_MARGIN))
