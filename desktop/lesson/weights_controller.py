"""Weights controller: the Weights page shows the units of the network chosen there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.lesson.shown_weights import ShownWeights
from desktop.lesson.weights_page import WeightsPage


class WeightsController(QObject):
    """Made together with its page.

    Attributes:
        page: The page.
    """

    def __init__(self, shown: ShownWeights) -> None:
        page = WeightsPage()
        super().__init__(page)
        self.page = page
        shown.setParent(self)
        self._pictures = shown.pictures
        page.choice.follow(shown)
        self.page.set_source(self._on_units_wanted)
        shown.changed.connect(self.page.refresh_soon)

    def _on_units_wanted(self, layer: int) -> None:
        self._pictures.fill(self.page, layer)
