"""Losses page: the digits that a network found hardest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.results.digit_gallery import DigitGallery
from desktop.results.gallery_items import gallery_items
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.short_number import short_number
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from desktop.results.results_thread import Results

_MOST_DIGITS = 120


class LossesPage(Page):
    """Shows what it is given.

    Signals:
        digit_chosen: A `GalleryItem` to put on the pad.
    """

    digit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("losses", parent)
        self._words = muted_label()
        self._words.setWordWrap(True)
        self.gallery = DigitGallery("Digits with the highest loss")
        self.gallery.digit_chosen.connect(self.digit_chosen)
        self.column.addWidget(self._words)
        self.column.addWidget(self.gallery)
        self.column.addStretch(1)

    @property
    def words(self) -> str:
        """What is said of the losses."""
        return self._words.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.gallery.set_colours(colours)

    def show_results(self, results: Results) -> None:
        """Show another network's hardest digits."""
        predictions = results.predictions
        places = predictions.highest_losses(_MOST_DIGITS)
        share = float(predictions.losses[places].sum() / predictions.losses.sum().clamp(min=1e-9))
        mean = short_number(float(predictions.losses.mean()), 4)
        self._words.setText(
            f"Mean loss {mean} over {len(predictions):,} {predictions.classes.noun}s; these {len(places)} "
            f"make {100 * share:.0f} % of it. Highest first."
        )
        self.gallery.set_items(gallery_items(results, places))
