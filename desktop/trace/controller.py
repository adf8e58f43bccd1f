"""Steps controller: ties the steps to what is on the pad, live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.pad.picture_input import grey_from_image
from desktop.reading.side_panel import SidePanelController
from desktop.trace.view import TraceView
from engine.preprocessing.trace import seen_step, steps_of_ink, steps_of_picture

if TYPE_CHECKING:
    from desktop.pad.document import PadDocument
    from desktop.reading.live_reader import LiveReader
    from engine.data.digits import Standardisation
    from engine.preprocessing.number import Number


class TraceController(SidePanelController):
    """Made when the steps are first asked for.

    Attributes:
        view: What is shown.
    """

    def __init__(self, reader: LiveReader, document: PadDocument, parent: QObject | None = None) -> None:
        view = TraceView()
        super().__init__(reader, view, parent)
        self.view = view
        self._document = document
        self._shown: tuple[Number, int, Standardisation] | None = None

    def refresh(self) -> None:
        """Show the steps of what is on the pad now."""
        reader = self._reader
        number, classifier, selected = reader.number, reader.classifier, reader.selected
        if number is None or classifier is None:
            self._shown = None
            self.view.show_steps(())
            return
        scale = classifier.standardisation
        if self._shown is not None and self._shown[0] is number and self._shown[1:] == (selected, scale):
            return  # a network in training reads the same again and again
        self._shown = (number, selected, scale)
        picture = self._document.picture
        if picture is None:
            steps = steps_of_ink(self._document.ink, number, selected)
        else:
            steps = steps_of_picture(grey_from_image(picture), number, selected)
        self.view.show_steps((*steps, seen_step(number, selected, scale.mean, scale.standard_deviation)))
