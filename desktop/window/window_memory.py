"""Window memory: the main window opens where and as it was left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.settings.settings import Settings
from desktop.window.splitter import PanelSplitter
from desktop.window.window_fit import WindowFit


class WindowMemory:
    """Place, size, and the widths of the panels, in the settings."""

    def __init__(self, window: QWidget, fit: WindowFit, panels: PanelSplitter, settings: Settings) -> None:
        self._window, self._fit, self._panels, self._settings = window, fit, panels, settings

    def restore(self) -> None:
        """As it was left, or as at a first start."""
        self._fit.restore(self._settings.geometry)
        if not self._panels.restoreState(self._settings.splitter):
            self._panels.forget_widths()

    def remember(self) -> None:
        """As it is now; beside a side view the panels' widths are not the usual ones."""
        self._settings.geometry = self._window.saveGeometry()
        if not self._panels.has_side_view:
            self._settings.splitter = self._panels.saveState()
