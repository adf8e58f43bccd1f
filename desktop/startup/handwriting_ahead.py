"""Handwriting ahead: what a training without MNIST learns from is written while nobody does anything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.services.background_task import BackgroundTask, IsCancelled
from desktop.services.folders import handwriting_folder, refusal
from desktop.settings.settings import Settings
from desktop.window.main_window import MainWindow
from engine.data.sources import HANDWRITING, MNIST

QUIET_MS = 2000
"""So long nobody has drawn before it begins."""
_UNEXPECTED = "The built-in handwriting could not be generated ahead of time: training generates it."


class HandwritingAhead(QObject):
    """Begins once, some seconds after PyTorch is there; a training that comes sooner writes them itself."""

    def __init__(self, window: MainWindow, settings: Settings, quiet_ms: int = QUIET_MS) -> None:
        super().__init__()
        self._window, self._settings = window, settings
        self._has_drawn = False
        # Nobody is told of a failure: the log has it.
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._timer = QTimer(self)
        self._timer.setInterval(quiet_ms)
        self._timer.timeout.connect(self.look)
        window.document.changed.connect(self._on_drawn)
        window.became_ready.connect(self._timer.start)

    @property
    def is_busy(self) -> bool:
        """Whether digits are being written."""
        return self._task.is_busy

    def look(self) -> None:
        """Begin, unless somebody has drawn since the last look, trains, or uses another window than this."""
        is_quiet = not self._has_drawn and self._window.isActiveWindow()
        self._has_drawn = False
        if not is_quiet or self._window.training_controller.is_running:
            return
        self._timer.stop()
        data, mnist_folder = self._settings.data, self._settings.mnist_folder
        if data in (HANDWRITING, MNIST, ""):
            prefers_handwriting = data == HANDWRITING
            self._task.begin(
                lambda is_cancelled: _write_unless_mnist_is_preferred(
                    prefers_handwriting, mnist_folder, is_cancelled
                )
            )

    def close(self) -> None:
        """The program ends: so does the process that writes, which is waited for."""
        self._timer.stop()
        self._task.close()

    def _on_drawn(self) -> None:
        self._has_drawn = True


def _write_unless_mnist_is_preferred(
    prefers_handwriting: bool, mnist_folder: Path, is_cancelled: IsCancelled
) -> None:
    from engine.data import sources
    from engine.data.handwriting.written_ahead import write_ahead
    from engine.data.mnist.files import has_all_files

    folder = handwriting_folder()
    if (prefers_handwriting or not has_all_files(mnist_folder)) and not refusal(folder):
        write_ahead(sources.HANDWRITING_COUNT, sources.HANDWRITING_SEED, folder, is_cancelled)
