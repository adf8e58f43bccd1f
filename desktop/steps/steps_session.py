"""Steps session: ties the steps to what is on the pad, live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.picture_input import grey_from_image
from desktop.steps.steps_view import StepsView
from engine.steps import seen_step, steps_of_ink, steps_of_picture

if TYPE_CHECKING:
    from desktop.canvas import Canvas
    from desktop.live_reader import LiveReader
    from desktop.theme import Colours
    from engine.digits import Standardisation
    from engine.number import Number

# As often as eyes can follow; the pen's own reading goes first.
REFRESH_MS = 30


class StepsSession(QObject):
    """Made when the steps are first asked for.

    Attributes:
        place: What is shown.
    """

    def __init__(self, reader: LiveReader, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._canvas = canvas
        self._shown: tuple[Number, int, Standardisation] | None = None
        self.place = StepsView()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self._on_due)
        self.place.became_visible.connect(self._on_due)
        reader.reading_completed.connect(self._on_reading_changed)
        reader.reading_cleared.connect(self._on_reading_changed)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.place.set_colours(colours)

    def close(self) -> None:
        """Nothing is computed beyond the moment."""
        self._soon.stop()

    def _on_reading_changed(self) -> None:
        if self.place.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _on_due(self) -> None:
        reader = self._reader
        number, classifier, selected = reader.number, reader.classifier, reader.selected
        if number is None or classifier is None:
            self._shown = None
            self.place.show_steps(())
            return
        scale = classifier.standardisation
        if self._shown is not None and self._shown[0] is number and self._shown[1:] == (selected, scale):
            return  # a network in training reads the same again and again
        self._shown = (number, selected, scale)
        picture = self._canvas.picture
        if picture is None:
            steps = steps_of_ink(self._canvas.ink, number, selected)
        else:
            steps = steps_of_picture(grey_from_image(picture), number, selected)
        self.place.show_steps((*steps, seen_step(number, selected, scale.mean, scale.standard_deviation)))
