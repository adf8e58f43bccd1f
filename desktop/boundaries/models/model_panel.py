"""Model panel: settings of a model, its buttons, how far it is, and pictures of what it is made of."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.boundaries.models.frame import Frame
from desktop.boundaries.models.model_form import ModelForm
from desktop.widgets.fields.wheel_needs_focus import Slider
from desktop.widgets.small_widgets import set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.zoom.lengths import scaled
from engine.boundaries.figures import Figures
from engine.boundaries.forest_learner import ForestState
from engine.boundaries.model_settings import ModelSettings
from engine.boundaries.network_learner import NetworkState
from engine.boundaries.tree_learner import TreeState


class ModelPanel(QWidget):
    """Shows what it is given; what is asked for goes up as signals.

    Attributes:
        form: The settings.
        train_button: Learns step after step, or pauses.
        step_button: An epoch, a cut or a tree more.
        reset_button: Begins anew.
        count: How many cuts or trees are shown; hidden for networks.
        details: Where pictures go.

    Signals:
        count_chosen: So many cuts or trees are wanted.
    """

    count_chosen = Signal(int)

    def __init__(self, settings: ModelSettings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.form = ModelForm(settings)
        self.train_button = QPushButton("Train")
        self.train_button.setObjectName("primary")
        self.step_button, self.reset_button = QPushButton("Step"), QPushButton("Reset")
        self.step_button.setToolTip("One epoch, one cut or one tree more")
        self.reset_button.setToolTip("Forget what was learned")
        self._figures = PlainLabel()
        self._figures.setWordWrap(True)
        self._figures.setFont(tabular(self._figures.font()))
        self._figures.setAccessibleName(f"How good {name.lower()} is")
        self._message = PlainLabel()
        self._message.setWordWrap(True)
        set_flag(self._message, "warning", True)
        self._message.hide()
        self._spoken = SpokenChanges(self)
        self.count = Slider(Qt.Orientation.Horizontal)
        self.count.valueChanged.connect(self._on_count_changed)
        self._is_filling = False
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.train_button, 2)
        buttons.addWidget(self.step_button, 1)
        buttons.addWidget(self.reset_button, 1)
        self.details = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self.count)
        column.addWidget(self._figures)
        column.addWidget(self._message)
        column.addLayout(self.details, 1)
        self.show_nothing()

    @property
    def figures(self) -> str:
        """What is said of the model."""
        return self._figures.text()

    def show_nothing(self) -> None:
        """There is no model yet."""
        self._figures.setText("Press Train, or Step to see one step.")
        self.count.hide()

    def show_frame(self, frame: Frame) -> None:
        """Say how far the model is and how good."""
        text = f"{_progress(frame)} {_accuracies(frame)}"
        self._figures.setText(text)
        self._spoken.announce(text)
        self._show_count(frame)

    def set_running(self, is_running: bool) -> None:
        """Whether the model learns step after step."""
        self.train_button.setText("Pause" if is_running else "Train")
        self.train_button.setToolTip("Pause here" if is_running else "Learn step after step")

    def say(self, sentence: str) -> None:
        """What went wrong, or nothing."""
        self._message.setText(plain_sentence(sentence))
        self._message.setVisible(bool(sentence))

    def _show_count(self, frame: Frame) -> None:
        state = frame.state
        self._is_filling = True
        if isinstance(state, TreeState):
            self.count.setRange(0, state.most)
            self.count.setValue(state.cuts)
            self.count.setAccessibleName("Cuts shown")
        elif isinstance(state, ForestState):
            self.count.setRange(1, state.most)
            self.count.setValue(len(state.grown))
            self.count.setAccessibleName("Trees shown")
        self.count.setVisible(not isinstance(state, NetworkState))
        self._is_filling = False

    def _on_count_changed(self, count: int) -> None:
        if not self._is_filling:
            self.count_chosen.emit(count)


def _progress(frame: Frame) -> str:
    state = frame.state
    if isinstance(state, TreeState):
        cuts = "cut" if state.most == 1 else "cuts"
        return f"{state.cuts:,} of {state.most:,} {cuts}, {state.cuts + 1:,} leaves."
    if isinstance(state, ForestState):
        trees = "tree" if state.most == 1 else "trees"
        accuracy = state.grown[-1].out_of_bag_accuracy
        unseen = "" if accuracy is None else f" Out of bag {_percent(accuracy)}."
        return f"{len(state.grown):,} of {state.most:,} {trees}.{unseen}"
    if isinstance(state, NetworkState):
        losses = f"{_loss(state.training)} on training points, {_loss(state.test)} on test points"
        return f"Epoch {state.epochs:,.0f}. Loss {losses}."
    return ""


def _accuracies(frame: Frame) -> str:
    training, test = frame.state.training.accuracy, frame.state.test.accuracy
    if math.isnan(test):
        return f"Right: {_percent(training)} of the training points; there are no test points."
    return f"Right: {_percent(training)} of the training points, {_percent(test)} of the test points."


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _loss(figures: Figures) -> str:
    return "–" if math.isnan(figures.loss) else f"{figures.loss:.3f}"
