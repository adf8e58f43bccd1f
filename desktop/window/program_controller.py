"""Program controller: what is about the program itself: its looks, its settings, and what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from desktop.dialogs.error_dialog import ErrorDialog
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions
from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine
from desktop.widgets.theme import Theme
from desktop.window.splitter import PanelSplitter
from desktop.window.window_fit import WindowFit
from desktop.window.zoom_controller import ZoomController


class ProgramController(QObject):
    """Ties the actions that are about the program to its window.

    Signals:
        settings_restored: Every setting is at its default again.
    """

    settings_restored = Signal()

    def __init__(
        self,
        *,
        window: QMainWindow,
        actions: Actions,
        settings: Settings,
        theme: Theme,
        training_controller: TrainingController,
        restore_window: Callable[[], None],
        fit: WindowFit,
        panels: PanelSplitter,
        status: StatusLine,
        notice: NoticeBar,
    ) -> None:
        """Connect the actions.

        Args:
            window: Of the program.
            actions: Some of them are ours.
            settings: What is remembered.
            theme: The appearance.
            training_controller: Knows the device; is told of other settings.
            restore_window: Called when the window is to be as the settings say.
            fit: Keeps the window on its screen.
            panels: Share the window's width.
            status: Says what was done.
            notice: Says what went wrong.
        """
        super().__init__(window)
        self._appearances = actions.appearance.actions()
        self._window, self._settings, self._theme = window, settings, theme
        self._training_controller, self._restore_window = training_controller, restore_window
        self._status, self._notice = status, notice
        self._zoom = ZoomController(
            window=window,
            actions=actions,
            settings=settings,
            theme=theme,
            fit=fit,
            panels=panels,
            status=status,
        )
        actions.about.triggered.connect(self.show_about)
        actions.restore_settings.triggered.connect(self._on_restore_requested)
        actions.full_screen.toggled.connect(self._on_full_screen_toggled)
        actions.appearance.triggered.connect(self._on_appearance_chosen)
        actions.quit.triggered.connect(window.close)
        notice.details_requested.connect(self.show_details)
        self._tick_appearance()

    def show_about(self) -> None:
        """Say which program this is, and what it runs on."""
        from desktop.window.about_dialog import AboutDialog

        dialog = AboutDialog(*self._training_controller.device, self._window)
        dialog.folder_refused.connect(self._notice.show_notice)
        dialog.show()

    def show_details(self, details: str) -> None:
        """Show what came with a notice, for a bug report."""
        ErrorDialog(self._notice.text, details, self._window).show()

    def _tick_appearance(self) -> None:
        for choice in self._appearances:
            choice.setChecked(choice.data() == self._settings.appearance)

    def _on_appearance_chosen(self, choice: QAction) -> None:
        self._settings.appearance = choice.data()
        self._theme.choose(choice.data())

    def _on_full_screen_toggled(self, is_full: bool) -> None:
        state, full = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if is_full else state & ~full)

    def _on_restore_requested(self) -> None:
        from desktop.dialogs.restore_dialog import RestoreDialog

        RestoreDialog(self._window, self._on_restore_confirmed).open()

    def _on_restore_confirmed(self) -> None:
        self._settings.restore_defaults()
        self._theme.choose(self._settings.appearance)
        self._tick_appearance()
        self._zoom.restore()
        self._restore_window()
        self._training_controller.show_settings()
        self.settings_restored.emit()
        self._status.show_message("Default settings restored")
