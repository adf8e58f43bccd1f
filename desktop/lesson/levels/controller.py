"""Levels controller: the Levels page shows, and chooses, the level of the training panel."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.levels.page import LevelsPage
from desktop.lesson.levels.tricks_controller import TricksController
from desktop.lesson.step_runner import StepRunner
from desktop.training.controller import TrainingController
from desktop.training.fields import TrainingFields
from engine.errors import SettingsError


class LevelsController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
        tricks: Measures what makes the last level fast.
    """

    def __init__(self, fields: TrainingFields, step_runner: StepRunner, training: TrainingController) -> None:
        page = LevelsPage()
        super().__init__(page)
        self.page = page
        self._fields = fields
        self.tricks = TricksController(page, fields, step_runner, training)
        self.page.level_chosen.connect(fields.choose_level)
        fields.edited.connect(self._on_settings_edited)
        self._on_settings_edited()

    def _on_settings_edited(self) -> None:
        try:
            self.page.show_settings(self._fields.settings())
        except SettingsError:
            return  # said at the field; the page goes on showing the last settings that made sense
