"""Step page: a mini-batch, the network's predictions, gradients, the step, and the loss before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from desktop.lesson.network_choice import FRESH, NetworkChoice
from desktop.lesson.shown_network import READING
from desktop.lesson.step.losses import StepLosses
from desktop.lesson.step.mini_batch_picture import MOST_SHOWN, MiniBatchPicture
from desktop.lesson.step.text import composition_text, loss_text, rate_text, state_text
from desktop.widgets.diverging.legend import DivergingLegend
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label, panel_title
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.formula import FormulaBox
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.unit_grid import UnitGrid
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from engine.training.step_by_step import ObservedStep

_SPEEDS = (("2 steps a second", 0.5), ("10 steps a second", 0.1), ("full speed", 0.0))
SHOWN_UNITS = 10
"""Units whose pictures a step shows."""


class StepPage(Page):
    """Shows steps; it takes none itself.

    Attributes:
        start: Which weights the first step starts from.
        formulas: How a step follows from the gradients.
        schedule: How its rate follows from the peak rate.

    Signals:
        step_requested: One step is to be taken.
        run_requested: Steps are to be taken with so many seconds between them.
        pause_requested: No more steps for now.
        reset_requested: Begin again before the first step.
    """

    step_requested = Signal()
    run_requested = Signal(float)
    pause_requested = Signal()
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("step", parent)
        self._is_running = False
        self._blocked_by = ""
        self._step = QPushButton("Step")
        self._run = QPushButton("Run")
        self._reset = QPushButton("Reset")
        self._step.setToolTip("Take one mini-batch and show what happens")
        self._reset.setToolTip("Start over with new weights and the settings of the training panel")
        self._step.clicked.connect(self.step_requested)
        self._run.clicked.connect(self._on_run_clicked)
        self._reset.clicked.connect(self.reset_requested)
        self._speed = ChoiceBox()
        self._speed.setAccessibleName("Speed")
        for text, pause_s in _SPEEDS:
            self._speed.addItem(text, pause_s)
        self._speed.setCurrentIndex(1)
        self._speed.currentIndexChanged.connect(self._on_speed_changed)
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        for widget in (self._step, self._run, self._reset, self._speed):
            buttons.addWidget(widget)
        buttons.addStretch()
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self._state.setFont(tabular(self.font()))
        self._state.setAccessibleName("State of the training")
        self._network = muted_label()
        self._network.setWordWrap(True)
        self._network.setAccessibleName("Network of these steps")
        self._rate = muted_label()
        self._rate.setWordWrap(True)
        self._rate.setAccessibleName("Learning rate of the step")
        self._loss = PlainLabel()
        self._loss.setFont(tabular(self.font(), 1.4))
        self._loss.setAccessibleName("Loss before and after the step")
        self.start = NetworkChoice("Start from", (FRESH, READING))
        self.column.addWidget(self.start)
        self.column.addLayout(buttons)
        self.column.addWidget(self._network)
        self.column.addWidget(self._state)
        self._shown = QWidget()
        self._lay_out_shown()
        self.column.addWidget(self._shown)
        self.column.addStretch(1)
        self._forget()

    def _lay_out_shown(self) -> None:
        """What there is to see after a step."""
        self._batch_title = panel_title("Mini-batch")
        self._batch_text = muted_label()
        self._batch_text.setWordWrap(True)
        self._batch = MiniBatchPicture()
        self._losses = StepLosses()
        losses_text = muted_label("Loss before each step. Faint: each mini-batch. Dashed: smoothed.")
        losses_text.setWordWrap(True)
        self._grids = {
            name: (UnitGrid(f"{name} of the units", SHOWN_UNITS, 84), DivergingLegend(f"of {name.lower()}"))
            for name in ("Weights", "Gradients", "Step")
        }
        self._step_text = muted_label()
        self._step_text.setWordWrap(True)
        self.formulas, self.schedule = FormulaBox(), FormulaBox()
        grid = QGridLayout(self._shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(scaled(8))
        grid.addWidget(self._rate, 0, 0, 1, 2)
        grid.addWidget(self.schedule, 1, 0, 1, 2)
        grid.addWidget(self._loss, 2, 0, 1, 2)
        grid.addWidget(self._batch_title, 3, 0)
        grid.addWidget(self._batch_text, 4, 0, 1, 2)
        grid.addWidget(self._batch, 5, 0, 1, 2)
        row = 6
        for name, (pictures, legend) in self._grids.items():
            grid.addWidget(panel_title(name), row, 0)
            grid.addWidget(legend, row, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(pictures, row + 1, 0, 1, 2)
            row += 2
        grid.addWidget(self._step_text, row, 0, 1, 2)
        grid.addWidget(self.formulas, row + 1, 0, 1, 2)
        grid.addWidget(self._losses.chart, row + 2, 0, 1, 2)
        grid.addWidget(losses_text, row + 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    @property
    def state(self) -> str:
        """What the line below the buttons says."""
        return self._state.text()

    @property
    def losses(self) -> list[float]:
        """Of each step since the reset."""
        return self._losses.values

    @property
    def loss_text(self) -> str:
        """Loss before and after the step shown."""
        return self._loss.text()

    @property
    def rate_text(self) -> str:
        """Why the step has the rate it has."""
        return self._rate.text()

    @property
    def batch(self) -> MiniBatchPicture:
        """The mini-batch."""
        return self._batch

    @property
    def pause_s(self) -> float:
        """Seconds between two steps while running."""
        return float(self._speed.currentData())

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._batch.set_colours(colours)
        self._losses.set_colours(colours)
        for pictures, legend in self._grids.values():
            pictures.set_colours(colours)
            legend.set_colours(colours)

    def set_running(self, is_running: bool) -> None:
        """Whether steps are being taken one after another."""
        self._is_running = is_running
        self._run.setText("Pause" if is_running else "Run")
        self._step.setEnabled(not self._blocked_by and not is_running)

    def set_blocked(self, reason: str) -> None:
        """Say why no step can be taken for now; an empty reason allows steps again."""
        former, self._blocked_by = self._blocked_by, reason
        self._step.setEnabled(not reason and not self._is_running)
        for button in (self._run, self._reset):
            button.setEnabled(not reason)
        if reason:
            self._state.setText(reason)
        elif former and self.state == former:
            self._state.setText("Press Step to go on.")

    @property
    def has_step(self) -> bool:
        """Whether a step is shown."""
        return not self._shown.isHidden()

    def show_state(self, text: str) -> None:
        """One line below the buttons; while no step can be taken, it keeps saying why."""
        self._state.setText(self._blocked_by or text)

    def show_reset(self, title: str, total_steps: int) -> None:
        """A training is ready for its first step."""
        self._forget()
        self._network.setText(f"{title}.")
        self._network.show()
        self.show_state(f"Ready for step 1 of {total_steps:,}.")

    def _forget(self) -> None:
        self._losses.forget()
        self._shown.hide()
        self._network.hide()
        self.show_state("Press Step to see the first one.")

    def add_losses(self, first_step: int, losses: Sequence[float]) -> None:
        """Steps that were taken without being shown."""
        self._losses.add(first_step, losses)

    def show_rule(self, formulas: Sequence[str], schedule: Sequence[str]) -> None:
        """Name the formulas by which a step follows from the gradients, and its rate from the peak."""
        self.formulas.show_formulas(formulas)
        self.schedule.show_formulas(schedule)

    def show_step(self, step: ObservedStep, units: Sequence[int], unit_names: Sequence[str]) -> None:
        """Show a step.

        Args:
            step: What happened.
            units: The units of the first layer to show, at most ten.
            unit_names: What to write below each.
        """
        self.add_losses(step.number - 1, [step.loss_before])
        self.show_state(state_text(step))
        self._rate.setText(rate_text(step))
        self._loss.setText(loss_text(step))
        answers = step.probabilities.argmax(dim=1)
        right = int((answers == step.targets).sum())
        count = len(step.targets)
        first = f"; the first {MOST_SHOWN} are shown" if count > MOST_SHOWN else ""
        self._batch_text.setText(
            f"{right} of {count} read correctly before the step{first}. A framed digit was misread: "
            "label → prediction."
        )
        self._batch.set_batch(step.images.numpy(), answers.tolist(), step.targets.tolist())
        self._show_units("Weights", step.weights["0.weights"], units, unit_names)
        self._show_units("Gradients", step.gradients["0.weights"], units, unit_names)
        self._show_units("Step", step.steps["0.weights"], units, unit_names)
        self._step_text.setText(composition_text(step))
        self._losses.draw()
        self._shown.show()

    def _show_units(self, name: str, values: Tensor, units: Sequence[int], unit_names: Sequence[str]) -> None:
        """The columns of a (784, units) tensor as pictures in one scale."""
        chosen = values[:, list(units)].T.reshape(-1, 28, 28).numpy()
        limit = float(abs(chosen).max()) or 1.0
        pictures, legend = self._grids[name]
        pictures.set_values(chosen, limit, unit_names)
        legend.set_limit(limit)

    def _on_run_clicked(self) -> None:
        if self._is_running:
            self.pause_requested.emit()
        else:
            self.run_requested.emit(self.pause_s)

    def _on_speed_changed(self) -> None:
        if self._is_running:
            self.run_requested.emit(self.pause_s)
