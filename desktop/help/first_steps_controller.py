"""First steps controller: ticks the first steps as they are done, and remembers that they were."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from desktop.help.first_steps import FirstSteps
from desktop.reading.live_reader import LiveReader
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions

_DRAW, _WHY, _TRAIN = range(3)


class FirstStepsController(QObject):
    """Made at a start at which the first steps are still to be shown.

    Attributes:
        band: The row that shows them.
    """

    def __init__(
        self,
        room: QVBoxLayout,
        actions: Actions,
        reader: LiveReader,
        training: TrainingController,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        """Show the row at the top of `room`."""
        super().__init__(parent)
        self._settings = settings
        self.band = FirstSteps()
        room.insertWidget(0, self.band)
        reader.reading_completed.connect(lambda *_: self.band.complete(_DRAW))
        actions.why.toggled.connect(self._on_why_toggled)
        training.running_changed.connect(self._on_running_changed)
        self.band.completed.connect(self._on_completed)

    def _on_why_toggled(self, is_shown: bool) -> None:
        if is_shown:
            self.band.complete(_WHY)

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self.band.complete(_TRAIN)

    def _on_completed(self) -> None:
        self._settings.shows_first_steps = False
