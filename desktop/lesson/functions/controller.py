"""Functions controller: the Functions page follows the digit on the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.lesson.functions.page import FunctionsPage
from desktop.reading.live_reader import LiveReader
from engine.models.classifier import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.explain.hidden_inputs import HiddenInputs


class FunctionsController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(self, reader: LiveReader) -> None:
        page = FunctionsPage()
        super().__init__(page)
        self.page = page
        self._reader = reader
        page.set_unit_source(self._units_of)
        reader.reading_completed.connect(self._on_reading_completed)
        reader.reading_cleared.connect(self._on_reading_cleared)
        if reader.last_reading is None:
            self._on_reading_cleared()
        else:
            self._on_reading_completed(reader.last_reading)

    def _on_reading_completed(self, reading: Reading) -> None:
        self.page.set_logits(reading.scaled_logits, reading.image, reading.classes)

    def _units_of(self, image: NDArray[np.float32]) -> HiddenInputs | None:
        from engine.explain.hidden_inputs import hidden_inputs

        classifier = self._reader.classifier
        if classifier is None:
            return None
        return hidden_inputs(classifier.network, classifier.standardisation, image.reshape(-1))

    def _on_reading_cleared(self) -> None:
        self.page.set_logits(None)
