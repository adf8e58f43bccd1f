"""Descent: the lesson's picture of gradient descent, with one parameter, its loss and a rate to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from desktop.lesson.descent.chart import DescentChart
from desktop.lesson.descent.rate_field import RateField
from desktop.lesson.descent.text import ENDS, WARNINGS, start_text, step_text, verdict_text
from desktop.widgets.fields.number_boxes import DecimalBox, FaultLabel
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import field_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.formula import FormulaBox
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins
from engine.errors import SettingsError

if TYPE_CHECKING:
    from engine.lesson.descent import DescentStep, LossCurve, Verdict

_STEP_INTERVAL_MS = 160
_MOST_STEPS_KEPT = 100
_WIDTH_FOR_ONE_LINE = 700


class DescentPage(Page):
    """Watch descent step by step: choose a curve, a rate and a start; press Step or Run.

    Signals:
        step_judged: Number of a step since the start, from 1, and the value of its `Verdict`.
    """

    step_judged = Signal(int, str)

    def __init__(self) -> None:
        super().__init__("descent")
        from engine.lesson.descent import CURVES

        self._curves = CURVES
        self._curve: LossCurve = CURVES[0]
        self._steps: list[DescentStep] = []
        self._count = 0
        self._parameter = self._curve.start
        self._verdict_reached: Verdict | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_STEP_INTERVAL_MS)
        self._clock.timeout.connect(self._on_tick)
        self.curve_box = ChoiceBox()
        for curve in CURVES:
            self.curve_box.addItem(curve.title, curve.name)
        self.start_box = DecimalBox()
        self.start_box.setStepType(DecimalBox.StepType.DefaultStepType)
        self.start_box.setSingleStep(0.1)
        self.start_box.setFixedWidth(scaled(104))
        self.rate_field = RateField()
        self.chart = DescentChart()
        self.rate_field.put_below(FormulaBox(["descent-step"], is_row=True))
        self._numbers = PlainLabel()
        self._numbers.setAccessibleName("The last step in numbers")
        self._verdict = QLabel()
        # Our own words alone, in which the verdict stands out.
        self._verdict.setTextFormat(Qt.TextFormat.RichText)
        self._verdict.setAccessibleName("What became of it")
        for label in (self._numbers, self._verdict):
            label.setFont(tabular(label.font()))
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.run_button = QPushButton("Run")
        self.run_button.setObjectName("primary")
        self.step_button = QPushButton("Step")
        self.reset_button = QPushButton("Reset")
        self._lay_out()
        self.curve_box.currentIndexChanged.connect(self._on_curve_chosen)
        self.start_box.valueChanged.connect(self.start_at)
        self.rate_field.rate_changed.connect(self._on_rate_changed)
        self.chart.place_clicked.connect(self._on_place_clicked)
        self.run_button.clicked.connect(self._on_run_clicked)
        self.step_button.clicked.connect(self._on_step_clicked)
        self.reset_button.clicked.connect(self.reset)
        self._on_curve_chosen(0)

    @property
    def steps(self) -> tuple[DescentStep, ...]:
        """The newest steps since the start, at most a hundred."""
        return tuple(self._steps)

    @property
    def is_running(self) -> bool:
        """Whether steps are taken by the clock."""
        return self._clock.isActive()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.chart.set_colours(colours)
        self.rate_field.set_colours(colours)

    def start_at(self, parameter: float) -> None:
        """Forget the steps and stand at a parameter; one outside the chart is moved to its edge."""
        self.pause()
        self._parameter = min(self._curve.high, max(self._curve.low, parameter))
        with QSignalBlocker(self.start_box):
            self.start_box.setValue(self._parameter)
        self.reset()

    def reset(self) -> None:
        """Forget the steps and go back to the start."""
        self.pause()
        self._steps.clear()
        self._count = 0
        self._verdict_reached = None
        self._parameter = self.start_box.value()
        loss, gradient = self._curve.loss_and_gradient(self._parameter)
        self.chart.reset_ranges()
        self.chart.show_start(self._parameter, loss, gradient)
        self._say(start_text(self._parameter, loss, gradient), "", "")
        self._update_buttons()

    def take_step(self) -> None:
        """One step down the slope, if the rate makes sense and the last step did not lose the curve."""
        from engine.lesson.descent import judge, take_step

        rate = self.rate_field.rate
        if self._has_diverged or self.rate_field.fault:
            self.pause()
            return
        step = take_step(self._curve, self._parameter, rate)
        self._count += 1
        self._steps = [*self._steps, step][-_MOST_STEPS_KEPT:]
        verdict = judge(self._curve, self._steps)
        self._parameter = step.next_parameter
        self._verdict_reached = verdict
        self.chart.show_steps(self._steps)
        self._say(step_text(self._count, step, rate), *verdict_text(verdict))
        set_flag(self._verdict, "warning", verdict.value in WARNINGS)
        if verdict.value in ENDS:
            self.pause()
        self._update_buttons()
        self.step_judged.emit(self._count, verdict.value)

    def run(self) -> None:
        """Take steps until they arrive, diverge, or are paused; what has come to an end starts anew."""
        if self._verdict_reached is not None and self._verdict_reached.value in ENDS:
            self.reset()
        self._clock.start()
        self.take_step()
        self._update_buttons()

    def pause(self) -> None:
        """Take no more steps by the clock."""
        self._clock.stop()
        self._update_buttons()

    @property
    def _has_diverged(self) -> bool:
        return self._verdict_reached is not None and self._verdict_reached.value == "diverged"

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(scaled(8))
        self.curve_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choices.addWidget(field_label("Loss", self.curve_box))
        choices.addWidget(self.curve_box, 1)
        start = field_label("Start", self.start_box)
        start.setContentsMargins(scaled_margins(8, 0, 0, 0))
        choices.addWidget(start)
        choices.addWidget(self.start_box)
        self.curve_box.setAccessibleName("Loss curve")
        self.start_box.setAccessibleName("Start of the parameter w")
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        for button in (self.run_button, self.step_button, self.reset_button):
            button.setMinimumWidth(scaled(88))
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addLayout(choices)
        self.column.addWidget(FaultLabel(self.start_box))
        self.column.addWidget(self.rate_field)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self._numbers)
        self.column.addWidget(self._verdict)
        self.column.addLayout(buttons)

    def _say(self, numbers: str, verdict: str, reason: str) -> None:
        self._numbers.setText(numbers)
        self._verdict.setText(f"<b>{verdict}</b>: {reason}" if verdict else "")
        self.chart.setAccessibleDescription(f"{numbers} {verdict}".strip())

    def _update_buttons(self) -> None:
        is_sound = not self.rate_field.fault
        self.run_button.setText("Pause" if self.is_running else "Run")
        self.run_button.setEnabled(is_sound)
        if self._has_diverged and self.step_button.hasFocus():
            # A disabled button would let the focus wander off to somewhere unexpected.
            self.reset_button.setFocus()
        self.step_button.setEnabled(is_sound and not self._has_diverged)

    def _on_curve_chosen(self, index: int) -> None:
        self.pause()
        self._curve = self._curves[index]
        with QSignalBlocker(self.start_box):
            self.start_box.setRange(self._curve.low, self._curve.high)
            self.start_box.setValue(self._curve.start)
        self.chart.show_curve(self._curve)
        self.rate_field.set_preset_rates(self._curve.rates)
        self.rate_field.set_rate(self._curve.rates[1])
        self.reset()

    def _on_rate_changed(self, rate: float) -> None:
        from engine.lesson.descent import check_rate

        try:
            if self.rate_field.box.fault:
                raise SettingsError("learning_rate", self.rate_field.box.fault)
            check_rate(rate)
        except SettingsError as error:
            self.rate_field.show_fault(str(error))
            self.pause()
        else:
            self.rate_field.show_fault("")
            if self._has_diverged:
                self.reset()
        self._update_buttons()

    def _on_place_clicked(self, parameter: float, _loss: float) -> None:
        self.start_at(parameter)

    def _on_run_clicked(self) -> None:
        if self.is_running:
            self.pause()
        else:
            self.run()

    def _on_step_clicked(self) -> None:
        self.pause()
        self.take_step()

    def _on_tick(self) -> None:
        self.take_step()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the longest words at this width, so that neither chart nor buttons ever jump."""
        super().resizeEvent(event)
        lines = 1 if event.size().width() >= scaled(_WIDTH_FOR_ONE_LINE) else 2
        for label in (self._numbers, self._verdict):
            label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: pause."""
        super().hideEvent(event)
        self.pause()
