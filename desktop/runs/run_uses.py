"""Run uses: a run's network goes to a file, its settings into the training panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.dialogs import file_dialogs
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from desktop.runs.runs_page import RunsPage
    from desktop.settings.settings import Settings
    from desktop.training.fields import TrainingFields
    from engine.store.run import Run


class RunUses(QObject):
    """Does what the page asks for."""

    def __init__(
        self, page: RunsPage, fields: TrainingFields, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page, self._fields, self._settings = page, fields, settings
        page.settings_requested.connect(self._on_settings_requested)
        page.saving_requested.connect(self._on_saving_requested)

    def _on_settings_requested(self, number: int) -> None:
        run = self._page.model.run(number)
        if run is None:
            return
        if run.settings is None:
            self._page.show_notice(
                "The settings of this run were written by another version and cannot be read."
            )
            return
        fields = self._fields
        # The device is that of this computer, and so are data that the panel does not offer.
        fields.set_settings(run.settings, fields.data_name, fields.device_name)
        fields.data.choose_set(run.data)
        self._settings.data = fields.data_name
        self._page.show_notice(
            f"The training panel has the settings of “{run.name}”: press Train to train again.", stays=False
        )

    def _on_saving_requested(self, number: int) -> None:
        run = self._page.model.run(number)
        if run is None:
            return
        if run.path is None:
            self._page.show_notice(f"“{run.name}” has no weights to save: choose another run.")
            return
        path = file_dialogs.save_network(self._page)
        if path is not None:
            self._save(run, run.path, path)

    def _save(self, run: Run, weights: Path, path: Path) -> None:
        from engine.models.model_file import load_model
        from engine.models.network_files import write_network

        try:
            write_network(replace(load_model(weights), name=run.name), path)
        except ScratchpadError as error:
            self._page.show_notice(f"The network of “{run.name}” could not be saved. {error}")
        else:
            self._page.show_notice(f"Saved {path.name}.", stays=False)
