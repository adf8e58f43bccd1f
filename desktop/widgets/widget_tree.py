"""Widget tree: the windows there are, and what is in a widget.

PySide6 finds the Python object of what Qt has made by its address alone. Where an object that is no widget
lay there before, it can hand out that one in place of the widget. Such objects are left out here. None of our
widgets is lost by that: PySide6 always knows what was made in Python.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def windows() -> list[QWidget]:
    """All windows of the program, shown or not; menus and tool tips are windows, too."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QWidget)]


def every_widget() -> list[QWidget]:
    """All widgets of the program."""
    return [each for each in QApplication.allWidgets() if isinstance(each, QWidget)]


def children(widget: QWidget) -> list[QWidget]:
    """The widgets that lie directly in one."""
    found = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in found if isinstance(each, QWidget)]


def descendants(widget: QWidget) -> list[QWidget]:
    """The widgets in one, at any depth."""
    return [each for each in widget.findChildren(QWidget) if isinstance(each, QWidget)]
