"""Trial uses: a trial's network reads the pad, its settings go into the panel or to the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.search.search_text import command_line
from desktop.services.background_task import BackgroundTask, IsCancelled
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from desktop.networks.networks import Networks
    from desktop.search.search_record import SearchRecord
    from desktop.services.store_service import StoreService
    from desktop.settings.settings import Settings
    from desktop.training.controller import TrainingController
    from desktop.training.fields import TrainingFields
    from engine.models.model import Model

NO_WEIGHTS = (
    "A search keeps its ten best networks, and this is not one of them. Train on with its settings instead."
)
_UNEXPECTED = "The network of this trial could not be read: try again."


class TrialUses(QObject):
    """Does with trials what is asked for.

    Signals:
        said: A sentence on what was done, or why not.
    """

    said = Signal(str)

    def __init__(
        self,
        *,
        networks: Networks,
        store_service: StoreService,
        training_controller: TrainingController,
        fields: TrainingFields,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._networks, self._store_service = networks, store_service
        self._training, self._fields, self._settings = training_controller, fields, settings
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._on_loaded)
        self._task.refused.connect(self.said)

    def close(self) -> None:
        """The window closes."""
        self._task.close()

    def read_with(self, record: SearchRecord, number: int) -> None:
        """Put the network of a trial to use."""
        trial = record.trials[number]
        if self._training.trainer.is_running:
            self.said.emit("A training is running, and its network is in use. Stop it to use another one.")
            return
        ended = record.ended
        if ended is not None and ended.best is not None and ended.best.trial.number == number:
            model: Model | None = ended.model
        else:
            model = record.best_model if trial is record.best else None
        if model is not None:
            self._on_loaded(model)
            return
        store, run = self._store_service.store, trial.run

        def load(_is_cancelled: IsCancelled) -> Model:
            from engine.models.model_file import load_model

            path = None if store is None or run is None else store.searches.weights_path(run)
            if path is None or not path.is_file():
                raise ScratchpadError(NO_WEIGHTS)
            return load_model(path)

        self._task.begin(load)

    def train_with(self, record: SearchRecord, number: int) -> None:
        """Fill the training panel with the settings of a trial."""
        fields, trial = self._fields, record.trial(number)
        if trial is None:
            return
        fields.set_settings(trial.trial.settings, record.data, fields.device_name)
        fields.data.share.slider.setValue(0)  # a search mixes in no drawings
        self._settings.data = fields.data_name
        self.said.emit(
            f"The training panel has the settings of trial {number}: press Train to train again, or change "
            "what you like."
        )

    def copy_command(self, record: SearchRecord, number: int) -> None:
        """Copy a command that trains the network of a trial."""
        trial = record.trial(number)
        if trial is None:
            return
        QGuiApplication.clipboard().setText(command_line(trial.trial.settings, record.data))
        self.said.emit(f"The command that trains trial {number} is on the clipboard.")

    def _on_loaded(self, model: Model) -> None:
        from engine.training.replacement import judge

        self._networks.adopt_run(model)
        judgement = judge(model.provenance.validation_accuracy)
        words = f"“{model.name}” is in use now"
        if not judgement.may_replace:  # it was asked for, so it is used, and said
            words = f"{words}, though it {judgement.reason}"
        self.said.emit(f"{words}.")
