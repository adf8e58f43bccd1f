"""Preset choice: all settings of a training at once, as usual or as in the lesson."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from engine.settings import TrainingSettings, lesson_settings, trained_like, usual_settings

OWN = "own"
"""The name of what is neither of the presets."""

_Preset = Callable[[TrainingSettings], TrainingSettings]
_PRESETS: tuple[tuple[str, str, str, _Preset], ...] = (
    (
        "usual",
        "Usual",
        "SGD with momentum at a rate that rises and falls: the quickest way to a good network",
        usual_settings,
    ),
    (
        "lesson",
        "As in the lesson",
        "Plain SGD at a constant rate, without momentum or warps: each step is the gradient times the rate",
        lesson_settings,
    ),
)


class PresetChoice(ChoiceBox):
    """Shows which preset the fields agree with. It changes no field itself.

    Signals:
        preset_chosen: The `TrainingSettings` that a preset, chosen by hand, makes of the present ones.
    """

    preset_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = TrainingSettings()
        self._own: TrainingSettings | None = None
        for name, title, tip, _ in _PRESETS:
            self.addItem(title, name)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.addItem("Your own", OWN)
        self.currentIndexChanged.connect(self._on_index_changed)

    @property
    def preset(self) -> str:
        """``usual``, ``lesson`` or `OWN`."""
        return str(self.currentData())

    def show_settings(self, settings: TrainingSettings | None) -> None:
        """Say which preset these are; None for fields that make no sense."""
        if settings is not None:
            self._settings = settings
        matching = next((name for name, _, _, make in _PRESETS if settings == make(self._settings)), OWN)
        if matching == OWN and settings is not None:
            self._own = settings
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(matching))
        self.setToolTip(next((tip for name, _, tip, _ in _PRESETS if name == matching), ""))

    def _on_index_changed(self) -> None:
        """Chosen by hand: a preset, or one's own settings as they were."""
        chosen = self.preset
        make = next((make for name, _, _, make in _PRESETS if name == chosen), None)
        if make is not None:
            self.preset_chosen.emit(make(self._settings))
        elif self._own is not None:
            self.preset_chosen.emit(trained_like(self._own, self._settings))
        else:
            self.show_settings(self._settings)
