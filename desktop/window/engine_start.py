"""Engine start: PyTorch and the first network come in a thread, while one can draw already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.networks.networks import Networks
from desktop.services.engine_loader import EngineLoader
from desktop.services.store_service import StoreService
from desktop.training.controller import TrainingController
from desktop.widgets.panels.notice_bar import NoticeBar
from desktop.widgets.panels.status_line import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from engine.models.model import Model
    from engine.training.device import DeviceChoice


class EngineStart(QObject):
    """Puts the engine to use once it is there, or says why it is not.

    Signals:
        network_came: The first network reads; told once.
    """

    network_came = Signal()

    def __init__(
        self,
        networks: Networks,
        store_service: StoreService,
        training_controller: TrainingController,
        status: StatusLine,
        notice: NoticeBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._networks, self._store_service = networks, store_service
        self._training_controller = training_controller
        self._status, self._notice = status, notice
        self._loader: EngineLoader | None = None
        store_service.recovery_progressed.connect(self._on_recovery_progressed)

    def begin(self, device: str) -> None:
        """Load it, to train on this device: a name of the settings."""
        self._loader = EngineLoader(self._networks.wanted, self._networks.library.shipped(), device, self)
        self._loader.engine_loaded.connect(self._on_engine_loaded)
        self._loader.device_found.connect(self._on_device_found)
        self._loader.engine_failed.connect(self._on_engine_failed)
        self._loader.start()

    def close(self) -> None:
        """The window closes: wait for what is being loaded."""
        if self._loader is not None:
            self._loader.wait()

    def _on_engine_loaded(self, model: Model, path: Path, note: str) -> None:
        self._networks.use(model, path)
        self._status.set_state("Ready")
        if note:
            self._notice.add(note)
        self.network_came.emit()

    def _on_device_found(self, device: DeviceChoice) -> None:
        self._store_service.open()  # first: a training that was asked for begins with the training controller
        self._training_controller.open(device)

    def _on_recovery_progressed(self, share: float) -> None:
        self._status.show_message(
            f"Recovering runs and drawings, {100 * share:.0f} %" if share < 1 else "Ready"
        )

    def _on_engine_failed(self, sentence: str, details: str) -> None:
        self._status.set_state("No network")
        self._notice.add(sentence, details)
