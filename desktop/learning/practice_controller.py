"""Practice controller: asks for digits in turn and keeps each drawing by itself once the pen has rested."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.learning.practice_round import Mark, PracticeRound
from desktop.pad.document import PadDocument
from desktop.reading.kept_answer import answer_of
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import TakesDrawings
from engine.data.classes import DIGITS, Classes

if TYPE_CHECKING:
    from engine.models.classifier import Reading
    from engine.preprocessing.ink import Ink

REST_MS = 800
"""Strokes of one digit, such as the bars of a seven and a five, mostly follow each other in half of this."""


@dataclass(slots=True)
class _Kept:
    """A drawing on its way to the store, or there.

    Attributes:
        number: In the store, once it is there.
        is_taken_back: Whether it is not wanted any more.
    """

    number: int | None = None
    is_taken_back: bool = False


@dataclass(slots=True)
class _Asked:
    """A round under way.

    Attributes:
        round: What is asked for.
        kept: The drawings by place.
        floors: Undo steps that there were when a digit was asked for, by place.
        pending: Drawings that the store has not answered for yet.
        doubted: The drawing on the pad that looks like something else, while somebody is asked what it is.
    """

    round: PracticeRound
    kept: dict[int, _Kept] = field(default_factory=dict)
    floors: dict[int, int] = field(default_factory=dict)
    pending: int = 0
    doubted: Ink | None = None


class PracticeController(QObject):
    """One round at a time, on one document.

    Undo goes back beyond a drawing that was kept: it stands on the pad again, and its digit is asked for.

    Signals:
        running_changed: Whether a round is under way: its first digit is asked for next, or it is over.
        asked: The `PracticeRound`, when it begins and whenever it has moved.
        doubted: The digit that the drawing on the pad looks like, None for no digit at all, and the one that
            was asked for: `keep` keeps it all the same, and drawing anew or clearing the pad asks once more.
        completed: How many drawings were kept; all digits were asked for, and the store has the drawings.
        left: How many drawings were kept; the round was ended before its last digit.
        refused: One sentence on what was not kept, and why.
    """

    running_changed = Signal(bool)
    asked = Signal(object)
    doubted = Signal(object, int)
    completed = Signal(int)
    left = Signal(int)
    refused = Signal(str)

    def __init__(
        self,
        document: PadDocument,
        reader: LiveReader | None,
        collection: TakesDrawings,
        writer: str = "",
        parent: QObject | None = None,
    ) -> None:
        """Ask for nothing yet.

        Args:
            document: What is drawn.
            reader: Says what a drawing looks like, which is kept with it. None for signs, of which no network
                knows yet: each is what was asked for.
            collection: Takes the drawings.
            writer: Who draws, or empty.
            parent: Of this object.
        """
        super().__init__(parent)
        self._document = document
        self._reader = reader
        self._collection = collection
        self._writer = writer
        self._asked: _Asked | None = None
        self._classes = DIGITS
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        document.changed.connect(self._on_document_changed)
        document.stroke_completed.connect(self._on_stroke_completed)
        document.history.moved.connect(self._on_history_moved)

    @property
    def is_running(self) -> bool:
        """Whether a digit is asked for, or the last one is still on its way to the disk."""
        return self._asked is not None

    def begin(self, of_each: int) -> None:
        """Ask for every digit so many times, in a new order each time; or say why nothing can be kept."""
        self.begin_round(PracticeRound.shuffled(of_each, random.SystemRandom()))

    def begin_round(self, asked: PracticeRound, classes: Classes = DIGITS) -> None:
        """Ask for what a round wants, by places among `classes`; or say why nothing can be kept."""
        if self._asked is not None:
            return
        if self._collection.refusal:
            self.refused.emit(f"Practice cannot begin: {self._collection.refusal}")
            return
        self._document.clear()
        self._asked, self._classes = _Asked(asked), classes
        self.running_changed.emit(True)
        self._ask()

    def keep(self) -> None:
        """Keep what stands on the pad as the digit asked for; nothing while the pen is down.

        Where the network is sure that it is another digit, or says that it is none, that is asked first: a
        second call keeps it.
        """
        asked, document = self._asked, self._document
        if asked is None or asked.round.digit is None or document.is_drawing or document.is_empty:
            return
        if document.picture is not None:
            noun = "sign" if self._reader is None else "digit"
            self.refused.emit(f"Practice keeps drawings, not pictures. Clear the pad and draw the {noun}.")
            return
        ink, label = document.ink, asked.round.digit
        reading = None if self._reader is None else self._reader.read_now()
        if reading is not None and _looks_like_something_else(reading, label) and ink != asked.doubted:
            asked.doubted = ink
            self.doubted.emit(reading.digit if reading.is_digit else None, label)
            return
        answer = None
        if self._reader is not None and reading is not None:
            answer = answer_of(reading, self._reader.network_name)
        asked.doubted = None
        kept, place = _Kept(), asked.round.place
        asked.kept[place] = kept
        asked.pending += 1

        def on_kept(number: int) -> None:
            kept.number = number
            if kept.is_taken_back:
                self._take_away(number)
            self._settle(asked)

        def on_refused(sentence: str) -> None:
            if asked.kept.get(place) is kept:
                asked.round.marks[place] = Mark.SKIPPED
            self.refused.emit(sentence)
            self._settle(asked)

        asked.round.mark(Mark.KEPT)
        document.clear()
        self._collection.add(ink, self._classes[label], answer, self._writer, on_kept, on_refused)
        self._ask()

    def skip(self) -> None:
        """Go on without a drawing of this digit."""
        if self._asked is not None and self._asked.round.digit is not None:
            self._asked.round.mark(Mark.SKIPPED)
            self._document.clear()
            self._ask()
            self._settle(self._asked, 0)

    def back(self) -> None:
        """Ask for the digit before this one again; its drawing is taken away."""
        if self._go_back():
            self._document.clear()
            self._ask()

    def leave(self) -> None:
        """Ask for nothing more; what was kept stays kept."""
        if self._asked is not None:
            kept = self._asked.round.kept
            self._end()
            self.left.emit(kept)

    def _ask(self) -> None:
        asked = self._asked
        if asked is not None:
            asked.floors[asked.round.place] = self._document.history.index
            self.asked.emit(asked.round)

    def _go_back(self) -> bool:
        asked = self._asked
        if asked is None or asked.round.digit is None or asked.round.place == 0:
            return False
        kept = asked.kept.pop(asked.round.back(), None)
        if kept is not None:
            kept.is_taken_back = True
            if kept.number is not None:
                self._take_away(kept.number)
        return True

    def _take_away(self, number: int) -> None:
        self._collection.delete([number], lambda _: None, self.refused.emit)

    def _settle(self, asked: _Asked, answered: int = 1) -> None:
        """The store has answered; the round is over once nothing is asked for or on its way any more."""
        asked.pending -= answered
        if asked is self._asked and asked.round.digit is None and not asked.pending:
            self._end()
            self.completed.emit(asked.round.kept)

    def _end(self) -> None:
        self._rest.stop()
        self._asked = None
        self.running_changed.emit(False)

    def draw_again(self) -> None:
        """Clear the pad; the same digit is asked for."""
        if self._asked is not None:
            self._document.clear()

    def _on_document_changed(self) -> None:
        """A pen that moves is not at rest, and what was doubted may be another drawing now."""
        self._rest.stop()
        asked = self._asked
        if asked is not None and asked.doubted is not None and self._document.ink != asked.doubted:
            asked.doubted = None
            self.asked.emit(asked.round)

    def _on_stroke_completed(self) -> None:
        if self._asked is not None:
            self._rest.start()

    def _on_history_moved(self, index: int) -> None:
        """Undo beyond what belongs to this digit brings back the drawing before: its digit is asked for."""
        asked = self._asked
        if asked is None or index >= asked.floors.get(asked.round.place, 0):
            return
        if self._go_back():
            self.asked.emit(asked.round)


def _looks_like_something_else(reading: Reading, digit: int) -> bool:
    """Whether it is taken for no digit, or surely for another one: somebody misheard, or the pen slipped."""
    return not reading.is_digit or (reading.is_sure and reading.digit != digit)
