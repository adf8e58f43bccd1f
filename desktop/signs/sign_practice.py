"""Sign practice: asks for the signs of a set in turn, above the pad, and keeps what is drawn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.learning.practice_band import PracticeBand
from desktop.learning.practice_controller import PracticeController
from desktop.learning.practice_keys import PracticeKeys
from desktop.learning.practice_round import PracticeRound
from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from desktop.signs.new_set_dialog import OF_EACH
from desktop.widgets.theme import Colours

if TYPE_CHECKING:
    from engine.store.sign_sets import SignSet


class SignPractice(QObject):
    """One round at a time.

    Attributes:
        practice: Asks, and takes back.
        band: Shows what is asked for.

    Signals:
        completed: The number of the set, all of whose signs were asked for; the store has the drawings.
        left: How many drawings were kept; somebody left before the last sign.
        refused: One sentence on what was not kept, and why.
    """

    completed = Signal(int)
    left = Signal(int)
    refused = Signal(str)

    def __init__(
        self,
        canvas: Canvas,
        reader: LiveReader,
        labeller: Labeller,
        labels: QWidget,
        collection: Collection,
        bands: QVBoxLayout,
        parent: QObject | None = None,
    ) -> None:
        """Ask for nothing yet: the band comes into `bands`; `labels` are hidden while signs are drawn."""
        super().__init__(parent)
        self._canvas, self._reader, self._labeller, self._labels = canvas, reader, labeller, labels
        self._set: SignSet | None = None
        # No reader: what a network that knows other signs makes of these says nothing.
        self.practice = PracticeController(canvas.document, None, collection, parent=self)
        PracticeKeys(self.practice, canvas)
        self.band = PracticeBand(words=self._words)
        self.band.setAccessibleName("Signs to draw")
        bands.insertWidget(0, self.band)
        self.practice.asked.connect(self._on_asked)
        self.practice.completed.connect(self._on_completed)
        self.practice.left.connect(self._on_left)
        self.practice.refused.connect(self.refused)
        self.band.back_requested.connect(self.practice.back)
        self.band.skip_requested.connect(self.practice.skip)
        self.band.leave_requested.connect(self.practice.leave)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.band.set_colours(colours)

    def begin(self, sign_set: SignSet) -> None:
        """Ask for what is missing of each sign; for as many again where nothing is."""
        self.practice.leave()
        self._set = sign_set
        needs = [max(0, OF_EACH - count) for count in sign_set.counts]
        if not any(needs):
            needs = [OF_EACH] * len(needs)
        self._set_labels_wanted(False)
        asked = PracticeRound.of_needs(needs, random.SystemRandom())
        self.practice.begin_round(asked, sign_set.classes)

    def leave(self) -> None:
        """Ask for nothing more; what was drawn is kept."""
        self.practice.leave()

    def _words(self, place: int) -> str:
        return "" if self._set is None else f"Draw: {self._set.classes[place]}"

    def _on_asked(self, asked: PracticeRound) -> None:
        self.band.show_round(asked)
        self._canvas.set_hint("" if asked.digit is None else self._words(asked.digit))

    def _on_completed(self, kept: int) -> None:
        self._end()
        if self._set is not None and kept:
            self.completed.emit(self._set.id)

    def _on_left(self, kept: int) -> None:
        self._end()
        self.left.emit(kept)

    def _end(self) -> None:
        self.band.hide()
        self._canvas.set_hint()
        self._set_labels_wanted(True)
        self._canvas.setFocus()

    def _set_labels_wanted(self, are_wanted: bool) -> None:
        """While signs are asked for, each is kept as the one that was asked for, and not read."""
        self._reader.rest(not are_wanted)
        self._labeller.is_resting = not are_wanted
        self._labels.setVisible(are_wanted)
