"""Engine loader: imports PyTorch and reads the first network while the window can be drawn on already.

Nothing of Qt is imported here: classes that Qt for Python makes in two threads at once crash it.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.services.library_failure import library_sentence
from desktop.services.library_preloading import preload_torch
from desktop.services.quick_imports import skip_source_search
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.training.device import DeviceChoice

_log = logging.getLogger(__name__)


class EngineLoader(QThread):
    """Loads once.

    Signals:
        engine_loaded: The `engine.models.model.Model` to read with, the path it came from, and one sentence
            if that is not the one asked for, else an empty text.
        device_found: The `engine.training.device.DeviceChoice` to train on; the network does not wait for it.
        engine_failed: One sentence, and details for a bug report.
    """

    engine_loaded = Signal(object, object, str)
    device_found = Signal(object)
    engine_failed = Signal(str, str)

    def __init__(self, wanted: Path, shipped: Path, device: str, parent: QObject | None = None) -> None:
        """Load nothing yet.

        Args:
            wanted: File of the network to read with.
            shipped: File of the one to read with if that cannot be.
            device: To train on, as `engine.training.device.choose_device` takes it.
            parent: Owner.
        """
        super().__init__(parent)
        self._wanted = wanted
        self._shipped = shipped
        self._device = device

    def run(self) -> None:
        """Import, read, tell."""
        skip_source_search()
        preload_torch()
        try:
            self._load_network()
        except Exception as error:
            _log.exception("the engine could not be loaded")
            self.engine_failed.emit(_sentence(error), traceback.format_exc())
        else:
            self.device_found.emit(self._choose_device())

    def _choose_device(self) -> DeviceChoice:
        """There is always the CPU: a driver that fails in a way of its own is no reason not to train."""
        import torch

        from engine.training.device import DeviceChoice, choose_device

        try:
            return choose_device(self._device)
        except Exception:
            _log.exception("the devices could not be asked")
            return DeviceChoice(torch.device("cpu"), "CPU", "Other devices failed; the log says why.")

    def _load_network(self) -> None:
        # Imported here for the first time in the process; the window finds them ready afterwards.
        import engine.models.classifier
        import engine.preprocessing.normaliser  # noqa: F401
        from engine.models.model_file import load_model

        try:
            self.engine_loaded.emit(load_model(self._wanted), self._wanted, "")
        except ScratchpadError as error:
            if self._wanted == self._shipped:
                raise
            note = f"{error} The shipped network is used instead."
            self.engine_loaded.emit(load_model(self._shipped), self._shipped, note)


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
