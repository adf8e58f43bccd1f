"""Data form: which points there are, and the brush that paints more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.boundaries.plane.class_styles import class_colours, class_icon, class_name
from desktop.training.field_fault import FieldFault
from desktop.widgets.fields.field_widgets import FieldGrid, choice_box
from desktop.widgets.fields.number_boxes import WholeBox
from desktop.widgets.fields.wheel_needs_focus import Slider
from desktop.widgets.small_widgets import muted_label, panel_title
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.boundaries.experiment import PatternSettings
from engine.errors import SettingsError
from engine.plane.patterns import MOST_NOISE, PATTERNS
from engine.plane.points import MOST_CLASSES, MOST_POINTS

_NOISE_STEPS = 60
_SHARES = (0, 10, 20, 30, 40, 50)
_BRUSHES_IN_A_ROW = 4
_ICON = 14


class DataForm(QWidget):
    """Shows what it is given; what is asked for goes up as signals.

    Attributes:
        open_button: Opens points or an experiment.
        save_button: Saves them.
        undo_button: Takes the last change of the points back.
        clear_button: Takes all points away.
        copy_button: Copies points and models as text.

    Signals:
        pattern_chosen: A `PatternSettings`.
        share_chosen: Share of the points that is kept back, 0 to 0.9.
    """

    pattern_chosen = Signal(object)
    share_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._colours = LIGHT
        self._names: tuple[str, ...] = ()
        self._settings = PatternSettings()
        self.pattern = choice_box((name, pattern.title) for name, pattern in PATTERNS.items())
        self.classes = WholeBox(2, MOST_CLASSES)
        self.count = WholeBox(0, MOST_POINTS)
        self.noise = Slider(Qt.Orientation.Horizontal)
        self.noise.setRange(0, _NOISE_STEPS)
        self.noise.setToolTip("How far the points scatter")
        self.seed = WholeBox(0)
        self.share = choice_box((share, f"{share} % to test on") for share in _SHARES)
        self.share.setToolTip("Points kept back to test on: they are hollow, and no model learns from them")
        self.brushes = [self._brush(label) for label in range(MOST_CLASSES)]
        self.eraser = QPushButton("Erase")
        self.eraser.setObjectName("segment")
        self.eraser.setCheckable(True)
        self.eraser.setToolTip("Take points away; the right mouse button does so at any time")
        self._tools = QButtonGroup(self)
        for number, button in enumerate((*self.brushes, self.eraser)):
            self._tools.addButton(button, number)
        self.brushes[0].setChecked(True)
        self.undo_button, self.clear_button = _small("Undo"), _small("Clear")
        self.undo_button.setToolTip("Take the last change of the points back")
        self.clear_button.setToolTip("Take all points away; can be undone")
        self.open_button, self.save_button = _small("Open…"), _small("Save…")
        self.open_button.setToolTip("Open points (CSV of x, y and class) or an experiment that was saved")
        self.save_button.setToolTip("Save points and models as an experiment, or the points alone as CSV")
        self.copy_button = _small("Copy")
        self.copy_button.setToolTip("Copy points and models as text, which Paste brings back")
        self._count_label = muted_label()
        self._count_label.setWordWrap(True)
        self._message = PlainLabel()
        self._message.setWordWrap(True)
        self._message.setAccessibleName("About the points")
        self.fault_line = FieldFault(
            {"pattern": self.pattern, "classes": self.classes, "count": self.count, "seed": self.seed}, self
        )
        self._lay_out()
        self.pattern.currentIndexChanged.connect(self._on_pattern_chosen)
        for box in (self.classes, self.count, self.seed):
            box.editingFinished.connect(self._on_edited)
            box.valueChanged.connect(self._on_edited)
        self.noise.valueChanged.connect(self._on_edited)
        self.share.currentIndexChanged.connect(self._on_share_chosen)

    @property
    def brush(self) -> int | None:
        """The class that the brush paints; None for the eraser."""
        chosen = self._tools.checkedId()
        return chosen if 0 <= chosen < MOST_CLASSES else None

    def show_pattern(self, pattern: PatternSettings) -> None:
        """Fill in how points are made; told by no signal."""
        self._is_filling = True
        self._settings = pattern
        self.pattern.setCurrentIndex(self.pattern.findData(pattern.pattern))
        self._fit_classes()
        self.classes.setValue(pattern.classes)
        self.count.setValue(pattern.count)
        self.noise.setValue(round(pattern.noise / MOST_NOISE * _NOISE_STEPS))
        self.seed.setValue(pattern.seed)
        self.fault_line.clear_fault()
        self._is_filling = False

    def show_points(self, training: int, test: int, names: tuple[str, ...], share: float) -> None:
        """Say how many points there are, and what their classes are called."""
        self._names = names
        total = training + test
        self._count_label.setText(
            f"{total:,} points, {training:,} to learn from"
            if total
            else "No points. Paint some on the plane."
        )
        self._name_brushes()
        self._is_filling = True
        place = self.share.findData(round(100 * share))
        if place < 0:
            self.share.addItem(f"{100 * share:.0f} % to test on", round(100 * share))
            place = self.share.count() - 1
        self.share.setCurrentIndex(place)
        self._is_filling = False

    def say(self, sentences: Sequence[str]) -> None:
        """Say something about the points, or nothing."""
        self._message.setText(plain_sentence(" ".join(sentences)) if sentences else "")
        self._message.setVisible(bool(sentences))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._name_brushes()

    def _lay_out(self) -> None:
        grid = FieldGrid()
        grid.add_row("Pattern", self.pattern)
        grid.add_row("Classes", self.classes)
        grid.add_row("Points", self.count)
        grid.add_row("Noise", self.noise)
        grid.add_row("Seed", self.seed)
        grid.add_row("Keep back", self.share)
        brushes = QGridLayout()
        brushes.setSpacing(0)
        for label, button in enumerate(self.brushes):
            brushes.addWidget(button, label // _BRUSHES_IN_A_ROW, label % _BRUSHES_IN_A_ROW)
        brushes.addWidget(self.eraser, 2, 0, 1, _BRUSHES_IN_A_ROW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(grid)
        column.addWidget(self.fault_line)
        column.addWidget(panel_title("Brush"))
        column.addLayout(brushes)
        edits = (self.undo_button, self.clear_button, self.copy_button)
        for buttons in (edits, (self.open_button, self.save_button)):
            row = QHBoxLayout()
            row.setSpacing(scaled(8))
            for button in buttons:
                row.addWidget(button, 1)
            column.addLayout(row)
        column.addWidget(self._count_label)
        column.addWidget(self._message)
        column.addStretch()
        self._message.hide()

    def _brush(self, label: int) -> QPushButton:
        button = QPushButton()
        button.setObjectName("segment")
        button.setCheckable(True)
        button.setShortcut(f"{label + 1}")
        return button

    def _name_brushes(self) -> None:
        side = scaled(_ICON)
        for label, button in enumerate(self.brushes):
            name = class_name(label, self._names)
            button.setIcon(
                class_icon(label, class_colours(self._colours)[label], side, self.devicePixelRatioF())
            )
            button.setIconSize(QSize(side, side))
            button.setToolTip(f"Paint points of class “{name}” ({label + 1})")
            button.setAccessibleName(f"Brush of class {name}")

    def _fit_classes(self) -> None:
        chosen = PATTERNS[self.pattern.currentData()]
        self.classes.setRange(chosen.fewest, chosen.most)
        self.classes.setEnabled(chosen.fewest != chosen.most)

    def _on_pattern_chosen(self) -> None:
        if not self._is_filling:
            self._is_filling = True
            self._fit_classes()
            self.classes.setValue(PATTERNS[self.pattern.currentData()].usual)
            self._is_filling = False
            self._on_edited(is_new=True)

    def _on_edited(self, _value: object = None, is_new: bool = False) -> None:
        if self._is_filling:
            return
        self.fault_line.clear_fault()
        for name, box in (("classes", self.classes), ("count", self.count), ("seed", self.seed)):
            box.read()
            if box.fault:
                self.fault_line.show_fault(SettingsError(name, box.fault), moves_focus=False)
                return
        chosen = PatternSettings(
            self.pattern.currentData(),
            self.count.read(),
            self.classes.read(),
            MOST_NOISE * self.noise.value() / _NOISE_STEPS,
            self.seed.read(),
        )
        if is_new or chosen != self._settings:
            self._settings = chosen
            self.pattern_chosen.emit(chosen)

    def _on_share_chosen(self) -> None:
        if not self._is_filling:
            self.share_chosen.emit(self.share.currentData() / 100)


def _small(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("small")
    return button
