"""Pointed picture: what pictures of trees have in common, whose parts are pointed at with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.text.fonts import tabular

_FONT_SCALE = 0.85


def make_pointed(picture: QWidget, name: str) -> None:
    """Give a picture all the room there is, small figures of one width, the mouse, and Tab.

    Called when it has all that a change of its font looks at.
    """
    picture.setFont(tabular(picture.font(), _FONT_SCALE))
    picture.setMouseTracking(True)
    picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    picture.setAccessibleName(name)
    picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
