"""Zoom controller: the whole window larger or smaller, by keys, the menu and the wheel with Ctrl."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent, QWindow
from PySide6.QtWidgets import QMainWindow

from desktop.settings.settings import Settings
from desktop.widgets.actions import Actions
from desktop.widgets.panels.status_line import StatusLine
from desktop.widgets.theme import Theme
from desktop.widgets.zoom.lengths import STEPS, USUAL, neighbour, zoom_percent
from desktop.window.splitter import PanelSplitter
from desktop.window.window_fit import WindowFit

_CAUSE = "zoom"
_SHOWN_MS = 2500
# Of a wheel's turn by one notch, in eighths of a degree.
_NOTCH = 120


class ZoomController(QObject):
    """Ties the zoom of everything to what asks for it, and remembers it."""

    def __init__(
        self,
        *,
        window: QMainWindow,
        actions: Actions,
        settings: Settings,
        theme: Theme,
        fit: WindowFit,
        panels: PanelSplitter,
        status: StatusLine,
    ) -> None:
        """Connect the actions; the theme is at the zoom that the settings remember.

        Args:
            window: Of the program; the wheel is watched there.
            actions: Three of them are ours.
            settings: What is remembered.
            theme: Changes what widgets, fonts and the style sheet hold.
            fit: Keeps the window on its screen.
            panels: Share the window's width.
            status: Says the zoom for a moment.
        """
        super().__init__(window)
        self._actions, self._settings, self._theme = actions, settings, theme
        self._fit, self._panels, self._status = fit, panels, status
        self._turned = 0
        self._handle: QWindow | None = None
        self._shown = QTimer(self)
        self._shown.setSingleShot(True)
        self._shown.setInterval(_SHOWN_MS)
        self._shown.timeout.connect(lambda: status.settle(_CAUSE))
        actions.zoom_in.triggered.connect(lambda: self.step(1))
        actions.zoom_out.triggered.connect(lambda: self.step(-1))
        actions.zoom_usual.triggered.connect(lambda: self.choose(USUAL))
        window.installEventFilter(self)
        self._update_actions()

    def step(self, steps: int) -> None:
        """So many steps larger, or smaller if negative."""
        self.choose(neighbour(zoom_percent(), steps))

    def choose(self, percent: int) -> None:
        """Show everything at one of the zooms there are, and say which."""
        former = zoom_percent()
        if percent != former:
            self._theme.zoom_to(percent)
            self._fit.follow_zoom()
            self._panels.follow_zoom(percent / former)
            self._settings.zoom = percent
            self._update_actions()
        self._status.show_message(f"{percent} %", _CAUSE)
        self._shown.start()

    def restore(self) -> None:
        """Go to the zoom that the settings say."""
        if self._settings.zoom != zoom_percent():
            self.choose(self._settings.zoom)

    def _update_actions(self) -> None:
        self._actions.zoom_in.setEnabled(zoom_percent() < STEPS[-1])
        self._actions.zoom_out.setEnabled(zoom_percent() > STEPS[0])

    def _turn(self, event: QWheelEvent) -> None:
        """Whole notches count; a finger on a pad sends many small parts of them."""
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        if steps:
            self.step(steps)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel with Ctrl before any widget does, wherever in the window it is turned."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QMainWindow):
            handle = watched.windowHandle()
            if handle is not None and handle is not self._handle:
                self._handle = handle
                handle.installEventFilter(self)
        elif watched is self._handle and isinstance(event, QWheelEvent):
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self._turn(event)
                event.accept()
                return True
            self._turned = 0
        return False
