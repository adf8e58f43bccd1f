"""Model form: which model, and how it learns. Only the fields of the chosen kind are shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.boundaries.models.form_texts import TIPS
from desktop.training.field_fault import FieldFault
from desktop.widgets.fields.field_widgets import FieldGrid, choice_box
from desktop.widgets.fields.number_boxes import DecimalBox, WholeBox
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.zoom.lengths import scaled
from engine.boundaries.model_settings import FOREST, KINDS, LOGISTIC, NETWORK, TREE, ModelSettings
from engine.boundaries.network_learner import SPIRALS_SETTINGS
from engine.errors import SettingsError
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, trainable_activations
from engine.number_text import number_text
from engine.plane.features import FEATURES
from engine.settings import parse_hidden
from engine.trees.impurity import CRITERIA
from engine.trees.settings import TreeSettings

_NO_LIMIT = 0
_DEPTHS = (_NO_LIMIT, 1, 2, 3, 4, 5, 6, 8, 10, 15)
_LEAVES = (1, 2, 5, 10, 20, 50)
_TREES = (1, 4, 10, 25, 50, 100)
_NETWORKS = (LOGISTIC, NETWORK)


class ModelForm(QWidget):
    """The settings of one model.

    Signals:
        edited: Something was changed; `settings` may raise now.
    """

    edited = Signal()

    def __init__(self, settings: ModelSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = settings
        self._is_filling = False
        self.kind = choice_box(KINDS.items())
        self.hidden = QLineEdit()
        self.activation = choice_box((name, ACTIVATIONS[name].title) for name in trainable_activations())
        self.optimiser = choice_box((name, OPTIMISERS[name].title) for name in OPTIMISERS)
        self.rate = DecimalBox(1e-9, 10)
        self.batch_size = WholeBox(1, 8192)
        self.features = {name: _toggle(name) for name in FEATURES}
        self.spirals = QPushButton("For spirals")
        self.spirals.setObjectName("link")
        self.criterion = choice_box((name, name.capitalize()) for name in CRITERIA)
        self.cut_depth = choice_box((depth, str(depth) if depth else "No limit") for depth in _DEPTHS)
        self.least_leaf = choice_box((count, str(count)) for count in _LEAVES)
        self.trees = choice_box((count, str(count)) for count in _TREES)
        self.per_split = choice_box((count, str(count)) for count in (1, 2))
        self.bootstrap = QCheckBox("Resample")
        self._rows: list[tuple[tuple[str, ...], list[QWidget]]] = []
        self.fault_line = FieldFault(
            {
                "kind": self.kind,
                "hidden": self.hidden,
                "learning_rate": self.rate,
                "batch_size": self.batch_size,
                "trees": self.trees,
                "depth": self.cut_depth,
            },
            self,
        )
        self._lay_out()
        self._connect()
        self.show_settings(settings)

    def settings(self) -> ModelSettings:
        """What the fields say.

        Raises:
            SettingsError: A field makes no sense.
        """
        base = self._base
        for name, box in (("learning_rate", self.rate), ("batch_size", self.batch_size)):
            box.read()
            if box.fault:
                raise SettingsError(name, box.fault)
        training = replace(
            base.training,
            hidden=parse_hidden(self.hidden.text())
            if self.kind.currentData() == NETWORK
            else base.training.hidden,
            activation=self.activation.currentData(),
            optimiser=self.optimiser.currentData(),
            learning_rate=self.rate.read(),
            batch_size=self.batch_size.read(),
        )
        tree = TreeSettings(
            self.criterion.currentData(), self.cut_depth.currentData() or None, self.least_leaf.currentData()
        )
        forest = replace(
            base.forest,
            trees=self.trees.currentData(),
            tree=tree,
            features_per_split=self.per_split.currentData(),
            bootstrap=self.bootstrap.isChecked(),
        )
        chosen = tuple(name for name, button in self.features.items() if button.isChecked())
        settings = replace(
            base, kind=self.kind.currentData(), features=chosen, training=training, tree=tree, forest=forest
        )
        settings.check()
        return settings

    def show_settings(self, settings: ModelSettings) -> None:
        """Fill in other settings; told by no signal."""
        self._is_filling = True
        self._base = settings
        tree = settings.forest.tree if settings.kind == FOREST else settings.tree
        training = settings.training
        _choose(self.kind, settings.kind)
        self.hidden.setText(" ".join(map(str, training.hidden)))
        _choose(self.activation, training.activation)
        _choose(self.optimiser, training.optimiser)
        self.rate.setValue(training.learning_rate)
        self.batch_size.setValue(training.batch_size)
        for name, button in self.features.items():
            button.setChecked(name in settings.features)
        _choose(self.criterion, tree.criterion)
        _choose(self.cut_depth, tree.depth or _NO_LIMIT)
        _choose(self.least_leaf, tree.least_leaf)
        _choose(self.trees, settings.forest.trees)
        _choose(self.per_split, settings.forest.features_per_split or 1)
        self.bootstrap.setChecked(settings.forest.bootstrap)
        self._show_rows()
        self.fault_line.clear_fault()
        self._is_filling = False

    def _lay_out(self) -> None:
        grid = FieldGrid()
        self._add(grid, tuple(KINDS), "Model", self.kind)
        self._add(grid, (NETWORK,), "Hidden · activation", self.hidden, self.activation)
        self._add(grid, _NETWORKS, "Optimiser · rate", self.optimiser, self.rate)
        self._add(grid, _NETWORKS, "Batch size", self.batch_size, self.spirals)
        features = QWidget()
        row = QHBoxLayout(features)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self.features.values():
            row.addWidget(button)
        row.addStretch()
        grid.add_wide(features)
        self._rows.append((_NETWORKS, [features]))
        self._add(grid, (FOREST,), "Trees · features", self.trees, self.per_split)
        self._add(grid, (TREE, FOREST), "Criterion", self.criterion, self.bootstrap)
        self._add(grid, (TREE, FOREST), "Depth · least leaf", self.cut_depth, self.least_leaf)
        self._rows += [((FOREST,), [self.bootstrap]), ((NETWORK,), [self.spirals])]
        for name, tip in TIPS.items():
            field: QWidget = getattr(self, name)
            field.setToolTip(tip)
            if not field.accessibleName():
                field.setAccessibleName(tip.split(":")[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addLayout(grid)
        column.addWidget(self.fault_line)

    def _add(
        self,
        grid: FieldGrid,
        kinds: tuple[str, ...],
        title: str,
        first: QWidget,
        second: QWidget | None = None,
    ) -> None:
        self._rows.append((kinds, grid.add_row(title, first, second)))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show_rows)
        for box in (
            self.kind,
            self.activation,
            self.optimiser,
            self.criterion,
            self.cut_depth,
            self.least_leaf,
            self.trees,
            self.per_split,
        ):
            box.currentIndexChanged.connect(self._on_edited)
        for number in (self.rate, self.batch_size):
            number.editingFinished.connect(self._on_edited)
        self.hidden.editingFinished.connect(self._on_edited)
        self.optimiser.currentIndexChanged.connect(self._on_optimiser_chosen)
        for button in self.features.values():
            button.toggled.connect(self._on_edited)
        self.bootstrap.toggled.connect(self._on_edited)
        self.spirals.clicked.connect(self._on_spirals_wanted)

    def _show_rows(self) -> None:
        kind = self.kind.currentData()
        for kinds, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(kind in kinds)

    def _on_edited(self) -> None:
        if not self._is_filling:
            self.fault_line.clear_fault()
            self.edited.emit()

    def _on_optimiser_chosen(self) -> None:
        """Each has a rate that it usually learns with."""
        if not self._is_filling:
            self.rate.setValue(OPTIMISERS[self.optimiser.currentData()].usual_rate)

    def _on_spirals_wanted(self) -> None:
        self.show_settings(replace(self._base, kind=NETWORK, training=SPIRALS_SETTINGS))
        self._on_edited()


def _toggle(name: str) -> QPushButton:
    button = QPushButton(name)
    button.setObjectName("segment")
    button.setCheckable(True)
    button.setToolTip(f"Give the network {name} of each point")
    return button


def _choose(box: ChoiceBox, value: str | int | float) -> None:
    """Choose a value; one from a file may not be among the usual ones yet."""
    place = box.findData(value)
    if place < 0:
        box.addItem(number_text(value) if isinstance(value, int | float) else value, value)
        place = box.count() - 1
    box.setCurrentIndex(place)
