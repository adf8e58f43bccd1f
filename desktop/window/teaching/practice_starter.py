"""Practice starter: what calls for practice, and the band above the pad that asks for digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours
from desktop.window.lazy import Lazy

if TYPE_CHECKING:
    from desktop.learning.practice_band import PracticeBand
    from desktop.learning.practice_controller import PracticeController
    from desktop.learning.practice_round import PracticeRound


_NO_DIGITS = (
    "Practice asks for digits, and the network in use reads other signs. Choose Network, Shipped network "
    "first."
)


class PracticeStarter(QObject):
    """Controller and band are imported and made when they are first wanted.

    Attributes:
        practice: Collects the owner's drawings.
        band: Asks for digits.

    Signals:
        notice_given: One sentence, and details or an empty text.
        pad_wanted: Somebody is about to draw: what covers the pad must go.
        offered: Somebody is asked how many digits to draw; the drawings will be learned from.
        drawings_completed: All digits that were asked for were drawn, and there is something to learn from.
    """

    notice_given = Signal(str, str)
    pad_wanted = Signal()
    offered = Signal()
    drawings_completed = Signal()

    def __init__(
        self,
        actions: Actions,
        canvas: Canvas,
        reader: LiveReader,
        labeller: Labeller,
        labels: QWidget,
        collection: Collection,
        bands: QVBoxLayout,
        colours: Colours,
    ) -> None:
        """Connect what calls for it: the band comes into `bands`; `labels` are hidden while it practises."""
        super().__init__(canvas)
        self._canvas, self._reader = canvas, reader
        self._labeller, self._labels = labeller, labels
        self._collection, self._bands, self._colours = collection, bands, colours
        self.practice = Lazy(self._make_practice)
        self.band = Lazy(self._make_band)
        actions.practise.triggered.connect(self._on_practice_wanted)
        reader.classes_changed.connect(lambda _classes: self.leave())

    def _make_practice(self) -> PracticeController:
        from desktop.learning.practice_controller import PracticeController
        from desktop.learning.practice_keys import PracticeKeys

        canvas = self._canvas
        controller = PracticeController(canvas.document, self._reader, self._collection, parent=self)
        PracticeKeys(controller, canvas)
        controller.asked.connect(self._on_asked)
        controller.doubted.connect(lambda read, digit: self.band.get().show_doubt(read, digit))
        controller.completed.connect(self._on_practice_completed)
        controller.left.connect(self._on_practice_left)
        controller.refused.connect(lambda sentence: self.notice_given.emit(sentence, ""))
        return controller

    def _make_band(self) -> PracticeBand:
        from desktop.learning.practice_band import PracticeBand

        band = PracticeBand()
        band.set_colours(self._colours)
        band.begin_requested.connect(self._on_practice_chosen)
        band.back_requested.connect(lambda: self.practice.get().back())
        band.skip_requested.connect(lambda: self.practice.get().skip())
        band.leave_requested.connect(self._on_leave_requested)
        band.keep_requested.connect(lambda: self.practice.get().keep())
        band.again_requested.connect(self._on_again_requested)
        self._bands.insertWidget(0, band)
        return band

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        if (band := self.band.made) is not None:
            band.set_colours(colours)

    def leave(self) -> None:
        """End a round if one is under way, or the question how many; what was drawn is kept."""
        if (practice := self.practice.made) is not None and practice.is_running:
            practice.leave()
        elif (band := self.band.made) is not None and not band.isHidden():
            self._end_practice()

    def _on_practice_wanted(self) -> None:
        refusal = self._collection.refusal
        if not self._reader.classes.are_digits:
            self.notice_given.emit(_NO_DIGITS, "")
        elif refusal:
            self.notice_given.emit(f"Practice cannot begin: {refusal}", "")
        elif not self.practice.get().is_running:
            self.pad_wanted.emit()
            self.band.get().show_choice()
            self.offered.emit()

    def _on_asked(self, asked: PracticeRound) -> None:
        from desktop.learning.practice_band import instruction

        self.band.get().show_round(asked)
        self._canvas.set_hint(instruction(asked.digit) if asked.digit is not None else "")

    def _on_practice_chosen(self, of_each: int) -> None:
        self.pad_wanted.emit()
        self._set_labels_wanted(False)
        self.practice.get().begin(of_each)

    def _on_again_requested(self) -> None:
        self.practice.get().draw_again()
        self._canvas.setFocus()

    def _on_leave_requested(self) -> None:
        practice = self.practice.get()
        if practice.is_running:
            practice.leave()
        else:
            self._end_practice()

    def _on_practice_completed(self, kept: int) -> None:
        self._end_practice()
        if kept:
            self.drawings_completed.emit()

    def _on_practice_left(self, kept: int) -> None:
        self._end_practice()
        if kept:
            drawings = f"{kept} drawing{'s were' if kept != 1 else ' was'}"
            self.notice_given.emit(f"{drawings} saved. Choose More, Learn from my drawings to use them.", "")

    def _end_practice(self) -> None:
        self.band.get().hide()
        self._canvas.set_hint()
        self._set_labels_wanted(True)
        self._canvas.setFocus()

    def _set_labels_wanted(self, are_wanted: bool) -> None:
        """While digits are asked for, each is kept under the label that was asked for."""
        self._labeller.is_resting = not are_wanted
        self._labels.setVisible(are_wanted)
