"""Tab order: Tab goes through the parts of a window as eyes do, whenever what is in them was made.

Qt appends what is made later at the end of all, so that a plot would come after the toolbar; and a container
that hands the keyboard on is moved by no `setTabOrder`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def follows_tab_order() -> bool:
    """Whether Tab goes to everything on this system; elsewhere it goes to fields alone."""
    return QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls


def next_stop(window: QWidget, parts: Sequence[QWidget], is_forward: bool) -> QWidget | None:
    """What Tab goes to, or with Shift; None where there is nothing else.

    Args:
        window: What the parts are in.
        parts: In the order that Tab is to take, none of them within another; in each the order is Qt's.
        is_forward: Whether to go forwards.
    """
    every = list(_stops(window))
    stops: list[QWidget] = []
    for part in parts:
        inside = {part, *part.findChildren(QWidget)}
        stops += [stop for stop in every if stop in inside]
    if not is_forward:
        stops.reverse()
    focused = window.focusWidget()
    place = stops.index(focused) + 1 if focused in stops else 0
    return next((stop for stop in stops[place:] + stops[:place] if stop is not focused), None)


def _stops(window: QWidget) -> Iterator[QWidget]:
    """What Tab may go to now, in the order of Qt."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # A part of a compound field leaves the keyboard to the field; a list that pops up is a window itself.
        is_own = widget.focusProxy() is None and widget.window() is window
        if is_stop and is_own and widget.isVisibleTo(window) and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()
