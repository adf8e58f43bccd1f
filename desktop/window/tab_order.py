"""Tab order: Tab goes through the parts of a window as eyes do, whenever what is in them was made.

Qt appends what is made later at the end of all, so that a plot would come after the toolbar; and a container
that hands the keyboard on is moved by no `setTabOrder`. So the order is that of the places in the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QWidget

_T = TypeVar("_T")


def follows_tab_order() -> bool:
    """Whether Tab goes to everything on this system; elsewhere it goes to fields alone."""
    return QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls


def next_stop(window: QWidget, parts: Sequence[QWidget], is_forward: bool) -> QWidget | None:
    """What Tab goes to, or with Shift; None where there is nothing else.

    Args:
        window: What the parts are in.
        parts: In the order that Tab is to take, none of them within another; each is gone through row by row.
        is_forward: Whether to go forwards.
    """
    stops = [stop for part in parts for stop in _in_order(window, part)]
    if not is_forward:
        stops.reverse()
    focused = window.focusWidget()
    place = stops.index(focused) + 1 if focused in stops else 0
    return next((stop for stop in stops[place:] + stops[:place] if stop is not focused), None)


def _in_order(window: QWidget, part: QWidget) -> list[QWidget]:
    """The stops of a part. What scrolls is one place: how far it was scrolled must not change the order."""
    areas = part.findChildren(QScrollArea)
    # Qt takes a widget for an ancestor of itself.
    areas = [area for area in areas if sum(other.isAncestorOf(area) for other in areas) == 1]
    places: list[tuple[QRect, list[QWidget]]] = []
    scrolled: dict[QScrollArea, list[tuple[QRect, QWidget]]] = {}
    for place, widget in _stops(window, part):
        area = next((each for each in areas if each.isAncestorOf(widget)), None)
        if area is None or area is widget:
            places.append((place, [widget]))
        else:
            scrolled.setdefault(area, []).append((place, widget))
    for area, stops in scrolled.items():
        own = next((each for _, each in places if each == [area]), None)
        if own is None:
            places.append((_place(window, area), own := []))
        own += _row_by_row(stops)
    return [stop for stops in _row_by_row(places) for stop in stops]


def _place(window: QWidget, widget: QWidget) -> QRect:
    """Where a widget is in the window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _stops(window: QWidget, part: QWidget) -> list[tuple[QRect, QWidget]]:
    """What Tab may go to now in a part, each with where it is in the window.

    Qt's own chain, `nextInFocusChain`, must not be asked for: PySide takes what it returns for a child of the
    widget that was asked, so that the whole window is taken for deleted once Python lets go of one of its
    widgets.
    """
    stops = []
    for widget in (part, *part.findChildren(QWidget)):
        is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # A part of a compound field leaves the keyboard to the field; a list that pops up is a window itself.
        is_own = widget.focusProxy() is None and widget.window() is window
        if is_stop and is_own and widget.isVisibleTo(window) and widget.isEnabled():
            stops.append((_place(window, widget), widget))
    return stops


def _row_by_row(stops: list[tuple[QRect, _T]]) -> list[_T]:
    """From the top down; what stands beside something goes with it, from left to right."""
    rows: list[list[tuple[QRect, _T]]] = []
    for area, widget in sorted(stops, key=lambda stop: stop[0].top()):
        if rows and area.center().y() <= rows[-1][0][0].bottom():
            rows[-1].append((area, widget))
        else:
            rows.append([(area, widget)])
    return [
        widget for row in rows for _, widget in sorted(row, key=lambda stop: (stop[0].left(), stop[0].top()))
    ]
