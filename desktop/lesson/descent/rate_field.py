"""Rate field: a learning rate as a slider on a logarithmic scale and as a number, always the same."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.fields.number_boxes import DecimalBox
from desktop.widgets.fields.wheel_needs_focus import Slider
from desktop.widgets.small_widgets import field_label, set_flag
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from desktop.widgets.zoom.sheet import scaled_sheet

_STOPS_PER_DECADE = 50
_LOWEST, _HIGHEST = 0.001, 10.0
_PRESETS = ("too small", "good", "too large")


class RateBox(DecimalBox):
    """Takes any number that is typed, so that its owner can say what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFixedWidth(scaled(104))

    def stepBy(self, steps: int) -> None:
        """By a tenth of a decade, within what makes sense."""
        self.interpretText()
        base = self.value() if self.value() > 0 else _LOWEST
        self.setValue(min(_HIGHEST, max(_LOWEST, _rounded(base * 10 ** (steps / 10)))))


class RateField(QWidget):
    """Slider, number, three presets and room for one sentence of complaint.

    Signals:
        rate_changed: The new rate, whether it makes sense or not.
    """

    rate_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = RateBox()
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Learning rate, logarithmic")
        self.slider.setRange(_stop(_LOWEST), _stop(_HIGHEST))
        self.slider.setPageStep(_STOPS_PER_DECADE // 2)
        self.slider.setMinimumWidth(scaled(96))
        self.slider.setMinimumHeight(scaled(16))
        self.presets = tuple(QPushButton(text) for text in _PRESETS)
        self._preset_rates = (0.01, 0.1, 1.0)
        self._fault = PlainLabel()
        self._fault.setWordWrap(True)
        self._fault.setAccessibleName("What is wrong with the rate")
        set_flag(self._fault, "warning", True)
        self._fault.hide()
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(field_label("Rate", self.box))
        self.box.setAccessibleName("Learning rate")
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        offers = QHBoxLayout()
        offers.setSpacing(scaled(4))
        self._offers = offers
        offers.addStretch()
        for button, text in zip(self.presets, _PRESETS, strict=True):
            button.setObjectName("link")
            button.setAccessibleName(f"A rate that is {text}")
            button.clicked.connect(self._on_preset_clicked)
            offers.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addLayout(row)
        column.addLayout(offers)
        column.addWidget(self._fault)
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.box.valueChanged.connect(self._on_box_changed)
        self.box.editingFinished.connect(self._on_editing_finished)
        self.set_colours(LIGHT)

    @property
    def rate(self) -> float:
        """The rate as it stands, what is being typed included."""
        self.box.interpretText()
        return self.box.value()

    def set_rate(self, rate: float) -> None:
        """Show a rate and tell it."""
        self.box.setValue(rate)

    def put_below(self, widget: QWidget) -> None:
        """Show a widget in the empty place below the slider."""
        self._offers.insertWidget(0, widget, 1)

    def set_preset_rates(self, rates: tuple[float, float, float]) -> None:
        """What too small, good and too large mean on the curve at hand."""
        self._preset_rates = rates
        for button, rate in zip(self.presets, rates, strict=True):
            button.setToolTip(f"Rate {rate:g}")

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        # The handle of the window's style is hard to see on dark panels.
        sheet = (
            f"QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {colours.track}; }}"
            f"QSlider::sub-page:horizontal {{ border-radius: 2px; background: {colours.accent}; }}"
            "QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;"
            f" background: {colours.accent}; border: 1px solid {colours.accent}; }}"
            f"QSlider::handle:horizontal:hover {{ background: {colours.accent_hover}; }}"
            f"QSlider::handle:horizontal:focus {{ border: 2px solid {colours.text}; }}"
        )
        self.slider.setStyleSheet(scaled_sheet(sheet))

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with the rate; nothing, if empty."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        set_flag(self.box, "invalid", bool(sentence))

    @property
    def fault(self) -> str:
        """What is said to be wrong."""
        return self._fault.text()

    def _on_preset_clicked(self) -> None:
        self.set_rate(self._preset_rates[self.presets.index(self.sender())])

    def _on_slider_moved(self, stop: int) -> None:
        # The box tells; the slider stays where the hand has put it.
        self.box.setValue(_rounded(10 ** (stop / _STOPS_PER_DECADE)))

    def _on_editing_finished(self) -> None:
        """Text that is no number, or the former number written in its place, changes no value."""
        if self.box.fault or self.fault:
            self.rate_changed.emit(self.box.value())

    def _on_box_changed(self, rate: float) -> None:
        if rate > 0:
            with QSignalBlocker(self.slider):
                self.slider.setValue(_stop(rate))
        self.rate_changed.emit(rate)


def _stop(rate: float) -> int:
    return round(_STOPS_PER_DECADE * math.log10(rate))


def _rounded(rate: float) -> float:
    """To two figures."""
    return float(f"{rate:.1e}")
