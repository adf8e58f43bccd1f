"""Reach: what of the program a hand could get at just now."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from desktop.booth.booth_window import BoothWindow
from desktop.pad.canvas import Canvas
from desktop.window.main_window import MainWindow

Kind = TypeVar("Kind", bound=QWidget)


def front(window: MainWindow) -> QWidget:
    """The window that lies on top: the booth while it is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, BoothWindow) and widget.isVisible():
            return widget
    return window


def is_in_booth(window: MainWindow) -> bool:
    """Whether the booth hides everything else."""
    return front(window) is not window


def pad(window: MainWindow) -> Canvas | None:
    """What can be drawn on."""
    return next((each for each in front(window).findChildren(Canvas) if each.isVisible()), None)


def shown(window: MainWindow, kind: type[Kind]) -> list[Kind]:
    """All widgets of a kind that can be seen and take input."""
    found = front(window).findChildren(kind)
    return [
        each for each in found if each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
    ]


def is_safe_to_click(widget: QWidget) -> bool:
    """Menus wait for an answer, and links lead out of the program."""
    if isinstance(widget, QToolButton) and widget.menu() is not None:
        return False
    return not isinstance(widget, (QMenu, QLabel))


def buttons(window: MainWindow) -> list[QAbstractButton]:
    """Those that may be pressed."""
    return [each for each in shown(window, QAbstractButton) if is_safe_to_click(each)]


def is_setting_of_size(window: MainWindow, widget: QWidget | None) -> bool:
    """Whether what is typed there decides how much memory a training takes."""
    return isinstance(widget, QLineEdit) and window.training.fields.isAncestorOf(widget)
