"""Training fields: every setting of a training, checked at its field."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.training.data.data_choice import DataChoice
from desktop.training.field_fault import FieldFault
from desktop.training.field_texts import SCHEDULE_TIPS, SPOKEN_NAMES, TIPS
from desktop.training.level_text import LevelText
from desktop.training.preset_choice import PresetChoice
from desktop.widgets.fields.field_widgets import FieldGrid, choice_box
from desktop.widgets.fields.number_boxes import DecimalBox, WholeBox
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.zoom.lengths import scaled
from engine.errors import SettingsError
from engine.levels.descriptions import LEVEL_DESCRIPTIONS, level_description
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, trainable_activations
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings, parse_hidden

_LEVELS = tuple((level.number, level.title) for level in LEVEL_DESCRIPTIONS)
_DEVICES = (("auto", "Best"), ("cpu", "CPU"), ("cuda", "CUDA"), ("mps", "Apple MPS"))


class TrainingFields(QWidget):
    """Edits `TrainingSettings`, the data and the device.

    Signals:
        data_changed: The name of the data chosen, as `data_name` has it.
        edited: A setting was changed, by hand or not; `settings` may raise now.
        code_requested: The code of the level is to be shown.
        download_requested: MNIST is to be fetched.
        folder_requested: The user has MNIST in a folder.
    """

    data_changed = Signal(str)
    download_requested = Signal()
    folder_requested = Signal()
    edited = Signal()
    code_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainingSettings()
        self._usual_rate = self._base.learning_rate
        self.data = DataChoice()
        self.hidden = QLineEdit()
        self.hidden.setPlaceholderText("none")
        self.activation = choice_box([(name, ACTIVATIONS[name].heading) for name in trainable_activations()])
        # Anything may be typed: a number out of bounds is answered with a sentence, not with another number.
        self.learning_rate = DecimalBox()
        self.schedule = choice_box([(name, name.capitalize()) for name in SCHEDULES])
        for index, name in enumerate(SCHEDULES):
            self.schedule.setItemData(index, SCHEDULE_TIPS.get(name, ""), Qt.ItemDataRole.ToolTipRole)
        self.momentum = DecimalBox()
        self.momentum.setStepType(DecimalBox.StepType.DefaultStepType)
        self.momentum.setSingleStep(0.1)
        self.epochs = WholeBox()
        self.batch_size = WholeBox()
        self.seed = WholeBox()
        self.level = choice_box(_LEVELS)
        self.optimiser = choice_box([(name, entry.title) for name, entry in OPTIMISERS.items()])
        self.device = choice_box(_DEVICES)
        self.warps = QCheckBox("Warps")
        self.preset = PresetChoice()
        self.preset.preset_chosen.connect(self._on_preset_chosen)
        self._level_text = LevelText([_text_on(number) for number, _ in _LEVELS])
        self._level_text.code_requested.connect(self.code_requested)
        self.data.offer.download_requested.connect(self.download_requested)
        self.data.offer.folder_requested.connect(self.folder_requested)
        self._by_name: dict[str, QWidget] = {
            "hidden": self.hidden,
            "activation": self.activation,
            "learning_rate": self.learning_rate,
            "schedule": self.schedule,
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "momentum": self.momentum,
            "seed": self.seed,
            "level": self.level,
            "optimiser": self.optimiser,
            "data": self.data,
        }
        self.fault_line = FieldFault(self._by_name, self)
        self._lay_out()
        self.data.name_changed.connect(self._on_data_changed)
        for choice in (self.activation, self.level, self.schedule, self.optimiser, self.device):
            choice.currentIndexChanged.connect(self._on_edited)
        self.optimiser.currentIndexChanged.connect(self._on_optimiser_changed)
        self.hidden.textEdited.connect(self._on_edited)
        self.warps.toggled.connect(self._on_edited)
        self._number_boxes: dict[str, DecimalBox | WholeBox] = {
            "learning_rate": self.learning_rate,
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "momentum": self.momentum,
            "seed": self.seed,
        }
        for box in self._number_boxes.values():
            box.valueChanged.connect(self._on_edited)
            box.lineEdit().textEdited.connect(self._on_edited)
            box.editingFinished.connect(self._on_editing_finished)
        self.hidden.editingFinished.connect(self._on_editing_finished)
        # Rows never give way: the plot below them does.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_all(False)
        self._on_edited()

    def _lay_out(self) -> None:
        """Two fields a row; the rarer rows fold away."""
        grid = self._grid = FieldGrid()
        grid.add_row("Data", self.data)
        grid.add_wide(self.data.offer)
        grid.add_row("My drawings", share := self.data.share)
        share.shown_changed.connect(grid.label_of(share).setVisible)
        share.set_offered(False)
        share.percent_changed.connect(self._on_edited)
        grid.add_row("Level", self.level)
        grid.add_wide(self._level_text)
        grid.add_row("Hidden layers", self.hidden, self.activation)
        grid.add_row("Peak rate · epochs", self.learning_rate, self.epochs)
        self._rate_name = grid.label_of(self.learning_rate)
        self._folding = [
            *grid.add_row("Settings", self.preset),
            *grid.add_row("Schedule", self.schedule),
            *grid.add_row("Momentum", self.momentum, self.optimiser),
            *grid.add_row("Batch · seed", self.batch_size, self.seed),
            *grid.add_row("Device", self.device, self.warps),
        ]
        for name, field in self._by_name.items():
            field.setAccessibleName(SPOKEN_NAMES[name])
        for name, tip in TIPS.items():
            getattr(self, name).setToolTip(tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addLayout(grid)

    @property
    def data_name(self) -> str:
        """What `desktop.training.training_job.TrainingJob` names data by."""
        return self.data.name

    @property
    def device_name(self) -> str:
        """``auto``, ``cuda``, ``mps`` or ``cpu``."""
        return str(self.device.currentData())

    @property
    def fault(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return "" if self.fault_line.isHidden() else self.fault_line.text()

    @property
    def level_text_height(self) -> int:
        """Pixels that the text on the level takes, or would take if it were shown."""
        return self._level_text.height_in(self.width()) + self._grid.verticalSpacing()

    def show_level_text(self, is_shown: bool) -> None:
        """Show the text on the level, or leave it to a tool tip where there is no space."""
        self._level_text.setVisible(is_shown)

    @property
    def shows_level_text(self) -> bool:
        """Whether the text on the level is shown."""
        return not self._level_text.isHidden()

    @property
    def level_text(self) -> str:
        """What the text on the level says."""
        return self._level_text.text

    def settings(self) -> TrainingSettings:
        """What the fields say.

        Raises:
            SettingsError: A field makes no sense.
        """
        numbers: dict[str, Any] = {}
        for name, box in self._number_boxes.items():
            numbers[name] = box.read()  # what is still being typed counts
            if box.fault:
                raise SettingsError(name, box.fault)
        settings = replace(
            self._base,
            hidden=parse_hidden(self.hidden.text()),
            activation=str(self.activation.currentData()),
            schedule=str(self.schedule.currentData()),
            warps=self.warps.isChecked(),
            level=int(self.level.currentData()),
            optimiser=str(self.optimiser.currentData()),
            **numbers,
        )
        settings.check()
        return settings

    def set_settings(self, settings: TrainingSettings, data: str, device: str) -> None:
        """Fill the fields."""
        self._fill(settings)
        self.device.setCurrentIndex(self.device.findData(device))
        self.choose_data(data)

    def _fill(self, settings: TrainingSettings) -> None:
        """Write all settings, and tell once: those in between are nobody's."""
        self._base = settings
        with ExitStack() as quiet:
            for field in self._by_name.values():
                quiet.enter_context(QSignalBlocker(field))
            quiet.enter_context(QSignalBlocker(self.warps))
            self.hidden.setText(" ".join(map(str, settings.hidden)))
            for name in ("activation", "schedule", "level", "optimiser"):
                choice: ChoiceBox = getattr(self, name)
                choice.setCurrentIndex(choice.findData(getattr(settings, name)))
            for name, box in self._number_boxes.items():
                box.setValue(getattr(settings, name))
            self.warps.setChecked(settings.warps)
        self._usual_rate = OPTIMISERS[settings.optimiser].usual_rate
        self._on_edited()

    def choose_level(self, number: int) -> None:
        """Choose a level, 1 to 7."""
        self.level.setCurrentIndex(self.level.findData(number))

    def choose_rate(self, rate: float) -> None:
        """Write another learning rate."""
        self.learning_rate.setValue(rate)

    def is_folded(self, name: str) -> bool:
        """Whether the field of this setting is folded away."""
        return self._by_name.get(name) in self._folding

    def choose_data(self, data: str) -> None:
        """Choose data without telling anyone."""
        self.data.choose(data)

    def set_mnist_ready(self, is_ready: bool, chosen_folder: str = "") -> None:
        """Say whether MNIST is on this computer; see `DataChoice.set_mnist_ready`."""
        self.data.set_mnist_ready(is_ready, chosen_folder)

    def show_all(self, shows_all: bool) -> None:
        """Unfold or fold the rarer settings."""
        for widget in self._folding:
            widget.setVisible(shows_all)

    def show_fault(self, error: SettingsError) -> None:
        """Say what is wrong, mark the field and move the keyboard there."""
        self.fault_line.show_fault(error)

    def clear_fault(self) -> None:
        """Nothing is wrong any more."""
        self.fault_line.clear_fault()

    def _on_edited(self) -> None:
        self.clear_fault()
        text = _text_on(int(self.level.currentData()))
        self._level_text.set_text(text)
        self.level.setToolTip(text)
        is_constant = self.schedule.currentData() == "constant"
        self._rate_name.setText("Rate · epochs" if is_constant else "Peak rate · epochs")
        try:
            self.preset.show_settings(self.settings())
        except SettingsError:
            self.preset.show_settings(None)
        self.edited.emit()

    def _on_preset_chosen(self, settings: TrainingSettings) -> None:
        self._fill(settings)

    def _on_editing_finished(self) -> None:
        """Say what is wrong as soon as a field is left, without going back there."""
        try:
            self.settings()
        except SettingsError as error:
            self.fault_line.show_fault(error, moves_focus=False)

    def _on_optimiser_changed(self) -> None:
        """A rate that nobody has touched follows to what suits the other optimiser."""
        usual = OPTIMISERS[str(self.optimiser.currentData())].usual_rate
        if self.learning_rate.value() == self._usual_rate:
            self.learning_rate.setValue(usual)
        self._usual_rate = usual

    def _on_data_changed(self, name: str) -> None:
        self.data_changed.emit(name)
        self._on_edited()


def _text_on(level: int) -> str:
    """Whose the parts of a level are."""
    described = level_description(level)
    return f"Library: {described.library}. Ours: {described.ours}."
