"""Why session: ties the Why view to what is read on the pad, with the weights of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.pad_guest import PadGuestSession
from desktop.why.unit_strip import UNITS_SHOWN
from desktop.why.why_view import WhyView
from engine.excited_units import excited_units, unit_at
from engine.explanation import explain

if TYPE_CHECKING:
    from desktop.digit_bars import DigitBars
    from desktop.live_reader import LiveReader


class WhySession(PadGuestSession):
    """Made when Why is first asked. A network in training is followed because the pad is read with it.

    Attributes:
        place: What is shown.
    """

    def __init__(self, reader: LiveReader, bars: DigitBars, parent: QObject | None = None) -> None:
        place = WhyView()
        super().__init__(reader, place, parent)
        self.place = place
        self._bars = bars
        self._unit = -1
        self.place.question_changed.connect(self._on_question_changed)
        self.place.unit_pointed.connect(self._on_unit_pointed)

    def ask(self, digit: int | None) -> None:
        """Explain a digit; for None, or asked again about the same one, the one that is read."""
        self.place.choose_digit(None if digit == self.place.digit else digit)

    def _on_question_changed(self) -> None:
        self._bars.set_marked(self.place.digit)
        self.refresh()

    def _on_unit_pointed(self, unit: int) -> None:
        self._unit = unit
        self._show_unit()

    def refresh(self) -> None:
        """Explain what is on the pad now."""
        reading, classifier = self._reader.last_reading, self._reader.classifier
        if reading is None or classifier is None:
            self.place.show_nothing()
            return
        network, standardise, vector = classifier.network, classifier.standardisation, reading.image.ravel()
        view = self.place
        explanation = explain(network, standardise, vector, view.digit, view.against, view.method)
        units = excited_units(network, standardise, vector, UNITS_SHOWN)
        view.show_explanation(reading.image, explanation, units)
        self._show_unit()

    def _show_unit(self) -> None:
        """The unit pointed at, as long as the network has it."""
        explanation, reading, classifier = (
            self.place.explanation,
            self._reader.last_reading,
            self._reader.classifier,
        )
        is_there = explanation is not None and 0 <= self._unit < len(explanation.unit_contributions)
        if not is_there or reading is None or classifier is None:
            self.place.show_unit(None)
            return
        vector = reading.image.ravel()
        self.place.show_unit(unit_at(classifier.network, classifier.standardisation, vector, self._unit))
