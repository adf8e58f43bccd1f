"""Explain controller: ties the Why view to what is read on the pad, with the weights of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.explain.unit_strip import UNITS_SHOWN
from desktop.explain.view import ExplainView
from desktop.reading.side_panel import SidePanelController
from engine.explain.explanation import explain
from engine.explain.top_units import top_units, unit_at

if TYPE_CHECKING:
    from desktop.reading.class_bars import ClassBars
    from desktop.reading.live_reader import LiveReader

_TOO_LARGE = "These weights are too large: the contributions of pixels and units overflow."
_NO_DIGIT = "It may not be a digit; this only compares digits."


class ExplainController(SidePanelController):
    """Made when Why is first asked. A network in training is followed because the pad is read with it.

    Attributes:
        view: What is shown.
    """

    def __init__(self, reader: LiveReader, bars: ClassBars, parent: QObject | None = None) -> None:
        view = ExplainView()
        super().__init__(reader, view, parent)
        self.view = view
        self._bars = bars
        self._unit = -1
        self.view.question_changed.connect(self._on_question_changed)
        self.view.unit_pointed.connect(self._on_unit_pointed)

    def ask(self, place: int | None) -> None:
        """Explain a class; for None, or asked again about the same one, the one that is read."""
        self.view.choose(None if place == self.view.place else place)

    def _on_question_changed(self) -> None:
        self._bars.set_marked(self.view.place)
        self.refresh()

    def _on_unit_pointed(self, unit: int) -> None:
        self._unit = unit
        self._show_unit()

    def refresh(self) -> None:
        """Explain what is on the pad now."""
        reading, classifier = self._reader.last_reading, self._reader.classifier
        if reading is None or classifier is None:
            self.view.show_nothing()
            return
        network, standardise, vector = classifier.network, classifier.standardisation, reading.image.ravel()
        view = self.view
        view.question.set_classes(classifier.classes)
        explanation = explain(network, standardise, vector, view.place, view.against, view.method)
        if not explanation.is_finite:
            view.show_nothing(_TOO_LARGE)
            return
        units = top_units(network, standardise, vector, UNITS_SHOWN)
        remark = "" if reading.is_digit else _NO_DIGIT
        view.show_explanation(reading.image, explanation, units, remark, classifier.classes)
        self._show_unit()

    def _show_unit(self) -> None:
        """The unit pointed at, as long as the network has it."""
        explanation, reading, classifier = (
            self.view.explanation,
            self._reader.last_reading,
            self._reader.classifier,
        )
        is_there = explanation is not None and 0 <= self._unit < len(explanation.unit_contributions)
        if not is_there or reading is None or classifier is None:
            self.view.show_unit(None)
            return
        vector = reading.image.ravel()
        self.view.show_unit(unit_at(classifier.network, classifier.standardisation, vector, self._unit))
