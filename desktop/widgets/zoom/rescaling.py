"""Rescaling: what can be seen goes over to another zoom at once, the rest when it is shown."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QMenu, QScrollBar, QWidget
from shiboken6 import isValid

from desktop.widgets.zoom.kept_lengths import rescale_lengths
from desktop.widgets.zoom.lengths import set_zoom_percent, zoom_percent
from desktop.widgets.zoom.own_fonts import pass_font_on, rescale_font, resized

_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


class Rescaling:
    """Knows at which zoom what is hidden was left; what was made since then is right as it is."""

    def __init__(self, application: QApplication) -> None:
        """Take the application, whose font is the one for 100 %."""
        self._application = application
        self._usual_font = application.font()
        self._left_at: dict[QWidget, int] = {}

    def go_to(self, percent: int) -> None:
        """Go over to another zoom.

        Lengths come first, then fonts of their own, then the font of all others: whoever sets lengths or
        fonts by a new font has the last word.

        Args:
            percent: One of `zoom.STEPS`.
        """
        old = zoom_percent()
        set_zoom_percent(percent)
        self._left_at = {widget: at for widget, at in self._left_at.items() if isValid(widget)}
        shown: list[QWidget] = []
        for window in self._application.topLevelWidgets():
            # A menu that belongs to no window is one of pyqtgraph's, which has sixty widgets for each plot.
            if window.parentWidget() is None and type(window) is not QMenu:
                hidden: list[QWidget] = []
                _sort(window, shown, hidden)
                for part in hidden:
                    for widget in (part, *part.findChildren(QWidget)):
                        self._left_at.setdefault(widget, old)
        self._rescale(shown, old)
        self._application.setFont(resized(self._usual_font, percent / 100))
        for widget in shown:
            pass_font_on(widget)

    def catch_up(self, widget: QWidget) -> None:
        """What was hidden is shown: it and what is shown with it come to the zoom in use."""
        shown: list[QWidget] = []
        _sort(widget, shown, [])
        late = [each for each in shown if each in self._left_at]
        self._rescale(late, zoom_percent())
        for each in late:
            pass_font_on(each)

    def _rescale(self, widgets: list[QWidget], usually_at: int) -> None:
        new = zoom_percent() / 100
        factors = [(widget, self._left_at.pop(widget, usually_at) / 100) for widget in widgets]
        for widget, old in factors:
            rescale_lengths(widget, old, new)
        for widget, old in factors:
            rescale_font(widget, old, new)


def _sort(widget: QWidget, shown: list[QWidget], hidden: list[QWidget]) -> None:
    """Add a widget and what is shown with it, and what is hidden in it; neither what holds no lengths.

    A window that is hidden counts as shown, with all that is in it: its size is asked for before it is shown.
    """
    shown.append(widget)
    for child in widget.findChildren(QWidget, options=_CHILDREN):
        if type(child) is QScrollBar or (type(child) is QFrame and isinstance(widget, QComboBox)):
            continue  # The list of a combo box gets its font from the box, by Qt.
        if child.isHidden() and not child.isWindow():
            hidden.append(child)
        else:
            _sort(child, shown, hidden)


def rearrange(widget: QWidget) -> None:
    """What is seen and arranged by its room is arranged anew: the room is the same, what is in it is not."""
    for each in (widget, *widget.findChildren(QWidget)):
        kind: Any = type(each)
        # Ours alone: those of libraries are laid out by what they hold.
        if _is_arranged_here(kind) and each.isVisible():
            QCoreApplication.sendEvent(each, QResizeEvent(each.size(), each.size()))


@cache
def _is_arranged_here(kind: type[QWidget]) -> bool:
    return getattr(kind.resizeEvent, "__module__", "").split(".")[0] == __name__.split(".")[0]
