"""Job maker: puts together what the panel asks for, if that makes sense and its data are there."""

from __future__ import annotations

from collections.abc import Callable

from desktop.settings.settings import Settings
from desktop.training.data.drawings_controller import DrawingsController
from desktop.training.data.mnist_controller import MnistController
from desktop.training.data.set_controller import SetController
from desktop.training.panel import TrainingPanel
from desktop.training.training_job import TrainingJob
from engine.errors import SettingsError
from engine.settings import TrainingSettings


class JobMaker:
    """Makes jobs; what speaks against one is said."""

    def __init__(
        self,
        panel: TrainingPanel,
        settings: Settings,
        mnist: MnistController,
        sets: SetController,
        drawings: DrawingsController,
        tell: Callable[[str], None],
    ) -> None:
        """Take all that knows data, and what takes a sentence on data that are missing."""
        self._panel, self._settings, self._tell = panel, settings, tell
        self._mnist, self._sets, self._drawings = mnist, sets, drawings

    def requested(self) -> TrainingJob | None:
        """What the panel asks for; None if it makes no sense or data are missing, which is said."""
        try:
            return self.job(self._panel.fields.settings())
        except SettingsError as error:
            self._panel.show_fault(error)
            return None

    def job(self, settings: TrainingSettings) -> TrainingJob | None:
        """These settings with the data and device of the panel; None, which is said, if data are missing."""
        fields = self._panel.fields
        data = fields.data_name
        fault = self._mnist.fault(data) or self._sets.fault(data) or self._drawings.fault(data)
        if fault:
            self._tell(fault)
            return None
        return TrainingJob(
            data,
            self._settings.mnist_folder,
            settings,
            fields.device_name,
            fields.data.share.percent,
            self._drawings.read,
        )
