"""Engine loader: imports PyTorch and reads the first network while the window can be drawn on already."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from desktop.start_failure import library_sentence
from engine.errors import ScratchpadError

_log = logging.getLogger(__name__)


class EngineLoader(QThread):
    """Loads once.

    Signals:
        engine_loaded: The `engine.model.Model` to read with, the path it came from, and one sentence if
            that is not the one asked for, else an empty text.
        engine_failed: One sentence, and details for a bug report.
    """

    engine_loaded = Signal(object, object, str)
    engine_failed = Signal(str, str)

    def __init__(self, wanted: Path, shipped: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._shipped = shipped

    def run(self) -> None:
        """Import, read, tell."""
        try:
            # Imported here for the first time in the process; the window finds them ready afterwards.
            import engine.classifier
            import engine.normaliser  # noqa: F401
            from engine.model_file import load_model

            try:
                self.engine_loaded.emit(load_model(self._wanted), self._wanted, "")
            except ScratchpadError as error:
                if self._wanted == self._shipped:
                    raise
                note = f"{error} The shipped network reads instead."
                self.engine_loaded.emit(load_model(self._shipped), self._shipped, note)
        except Exception as error:
            _log.exception("the engine could not be loaded")
            self.engine_failed.emit(_sentence(error), traceback.format_exc())


def _sentence(error: Exception) -> str:
    """What happened, and that drawing goes on."""
    if isinstance(error, ScratchpadError):
        return str(error)
    if isinstance(error, ImportError | OSError):
        return f"{library_sentence(error)} Until then nothing can be read; drawing still works."
    return (
        "The network could not be loaded, so nothing can be read; drawing still works. "
        "Install the program again."
    )
