"""Window fit: a window is never larger than its screen has room for, and never demands to be."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget

from desktop.widgets.zoom.lengths import scaled_size

LEAST, FIRST = QSize(900, 560), QSize(1280, 800)
"""Of the main window, in pixels at 100 %."""
# What a window manager puts around a window, while nobody has said how much: it differs little.
_FRAME = QSize(8, 36)


def fitted_size(wanted: QSize, available: QSize, frame: QSize) -> QSize:
    """The size without the frame, made smaller where window and frame would not fit."""
    return wanted.boundedTo(available - frame)


def fitted_place(frame: QRect, available: QRect) -> QPoint:
    """Where the upper left corner of a window with its frame belongs, so that all of it can be seen."""
    left = min(frame.left(), available.right() + 1 - frame.width())
    top = min(frame.top(), available.bottom() + 1 - frame.height())
    return QPoint(max(left, available.left()), max(top, available.top()))


class WindowFit(QObject):
    """Keeps a window within the available area of its screen, whichever screen that is.

    A window manager places a new window, but does not make it smaller: what hangs over the edge is lost.
    """

    def __init__(self, window: QWidget, least: QSize = LEAST, first: QSize = FIRST) -> None:
        """Watch a window.

        Args:
            window: A window of its own.
            least: The least size, where the screen has room for it, in pixels at 100 %.
            first: The size that it opens with, where the screen has room for it, in pixels at 100 %.
        """
        super().__init__(window)
        self._window, self._least, self._first = window, least, first
        self._handle: QWindow | None = None
        self._is_guess = True
        self._opened_with = QSize()
        self._screen: QScreen | None = None
        window.installEventFilter(self)

    def restore(self, geometry: QByteArray) -> None:
        """Open where and as large as the window was left, or for the first time."""
        was_restored = not geometry.isEmpty() and self._window.restoreGeometry(geometry)
        if not was_restored:
            self._window.resize(scaled_size(*self._first.toTuple()))
        self._fit(is_placed=was_restored)
        self._opened_with = self._window.size()

    def follow_zoom(self) -> None:
        """What is in the window is larger or smaller: it needs more room, or less."""
        self._fit(is_placed=self._window.isVisible())

    def _available(self) -> QRect:
        """Of the screen that the window is on; of the first one where it is on none that is left."""
        screen = self._window.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def _frame(self) -> QSize:
        """How much the window manager has put around the window; empty while that is not known."""
        return self._window.frameGeometry().size() - self._window.geometry().size()

    def _fit(self, is_placed: bool) -> None:
        window, available = self._window, self._available()
        frame = _FRAME if self._frame().isEmpty() else self._frame()
        least = scaled_size(*self._least.toTuple())
        window.setMinimumSize(fitted_size(least, available.size(), frame))
        if window.isFullScreen() or window.isMaximized():
            return
        size = fitted_size(window.size(), available.size(), frame)
        if size != window.size():
            window.resize(size)
        if is_placed:
            place = window.frameGeometry().topLeft()
            wanted = fitted_place(QRect(place, size + frame), available)
            if wanted != place:
                window.move(wanted)

    def _follow_screen(self) -> None:
        """The area of a screen changes with its panels and its scale; a screen may be unplugged."""
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._on_available_area_changed)
        self._screen = self._window.screen()
        if self._screen is not None:
            self._screen.availableGeometryChanged.connect(self._on_available_area_changed)

    def _on_screen_changed(self) -> None:
        self._follow_screen()
        self._on_available_area_changed()

    def _on_available_area_changed(self) -> None:
        self._fit(is_placed=self._window.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window's frame is known once the window is in front."""
        if watched is self._window:
            if event.type() == QEvent.Type.Show and self._handle is None:
                self._handle = self._window.windowHandle()
                if self._handle is not None:
                    self._handle.screenChanged.connect(self._on_screen_changed)
                    self._follow_screen()
            elif (
                event.type() == QEvent.Type.WindowActivate and self._is_guess and not self._frame().isEmpty()
            ):
                # Once, and not if somebody was quicker: who wants it larger than the screen shall have it.
                self._is_guess = False
                if self._window.size() == self._opened_with:
                    self._on_available_area_changed()
            if self._handle is not None and not self._is_guess:
                # Every pen move is an event of the window: who has seen all there is to see looks away.
                self._window.removeEventFilter(self)
        return False
