"""Labelling: what the drawing on the pad is said to be, kept with its strokes and the network's answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.pad.document import PadDocument
from desktop.reading.kept_answer import answer_of
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from engine.errors import ScratchpadError
from engine.preprocessing.ink import Ink

if TYPE_CHECKING:
    from engine.store.drawings import Answer, Drawing

_NO_STROKES = (
    "A picture has no strokes, and drawings are saved as strokes. Draw on the pad what you want to label."
)
# As many drawings as undo is likely to bring back to the pad.
_MOST_REMEMBERED = 200


@dataclass(slots=True)
class _Labelled:
    """A drawing that has a label, or is to have one.

    What is wanted may run ahead of what is kept: a disk takes its time, a hand does not.

    Attributes:
        ink: As it stands on the pad.
        answer: What the network said of it when it was labelled.
        wanted: The label in force, None for no longer any.
        kept: The label that the store has, None while it has not got the drawing.
        number: Of the drawing in the store, where it is there.
        former: The labels before, None for none yet: what Undo goes back to, the newest last.
        is_busy: Whether the store is being asked.
    """

    ink: Ink
    answer: Answer | None = None
    wanted: str | None = None
    kept: str | None = None
    number: int | None = None
    former: list[str | None] = field(default_factory=list)
    is_busy: bool = False


class Labeller(QObject):
    """Labels whatever stands on the pad.

    Of several digits, it is the selected one that is labelled, and kept without the others.

    A label belongs to a drawing, stroke by stroke: another name for the same strokes replaces the label, one
    more stroke makes another drawing, and where undo brings a drawing back to the pad, its label is back too.

    Attributes:
        writer: Who draws; kept with each drawing.
        is_resting: Whether nobody has to say what is drawn, since it was asked for.

    Signals:
        labelled: A drawing is kept, or under another label: its number in the store, and the label.
        state_changed: `label_in_force` or `can_take_back` may be others now.
        refused: One or two sentences on why a label was not taken.
    """

    labelled = Signal(int, str)
    state_changed = Signal()
    refused = Signal(str)

    def __init__(
        self, document: PadDocument, reader: LiveReader, collection: Collection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.writer = ""
        self.is_resting = False
        self._document = document
        self._reader = reader
        self._collection = collection
        self._known: dict[Ink, _Labelled] = {}
        self._on_pad: _Labelled | None = None
        document.changed.connect(self._on_document_changed)
        reader.number_completed.connect(lambda *_: self._on_document_changed())
        collection.changed.connect(self._on_collection_changed)

    @property
    def label_in_force(self) -> str | None:
        """What the drawing on the pad was said to be."""
        return None if self._on_pad is None else self._on_pad.wanted

    @property
    def is_kept(self) -> bool:
        """Whether the disk has that label."""
        on_pad = self._on_pad
        return on_pad is not None and on_pad.kept is not None and on_pad.kept == on_pad.wanted

    @property
    def can_take_back(self) -> bool:
        """Whether that label was given here and can be taken back."""
        return self._on_pad is not None and bool(self._on_pad.former)

    def label(self, name: str) -> None:
        """Say what the drawing on the pad is, by the name of its class; an empty pad stays what it is."""
        self._document.complete_stroke()
        if self._document.is_empty or self.is_resting:
            return
        if self._document.picture is not None:
            self.refused.emit(_NO_STROKES)
            return
        if self._collection.trouble:
            self.refused.emit(self._collection.trouble)
            return
        answer = self._answer()
        self._on_document_changed()  # the answer may have divided the ink into digits
        if self._on_pad is None:
            self._on_pad = self._remember(_Labelled(self._selected_ink()))
        on_pad = self._on_pad
        if name != on_pad.wanted:
            on_pad.answer = answer
            on_pad.former.append(on_pad.wanted)
            on_pad.wanted = name
            self._settle(on_pad)
        self.state_changed.emit()

    def take_back(self) -> None:
        """Go back to the label before the last, or to none."""
        if self._on_pad is not None and self._on_pad.former:
            self._on_pad.wanted = self._on_pad.former.pop()
            self._settle(self._on_pad)
            self.state_changed.emit()

    def put_on_pad(self, drawing: Drawing) -> None:
        """Show a drawing that is kept, under its label, in place of what is on the pad; can be undone."""
        self._document.put_ink(drawing.ink)
        ink = self._document.ink  # fitted to the pad
        self._remember(_Labelled(ink, wanted=drawing.label, kept=drawing.label, number=drawing.id))
        self._on_document_changed()

    def _remember(self, labelled: _Labelled) -> _Labelled:
        # Anew, so that it is the last to be forgotten.
        self._known.pop(labelled.ink, None)
        self._known[labelled.ink] = labelled
        if len(self._known) > _MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        return labelled

    def _on_document_changed(self) -> None:
        """Find what is known of the drawing on the pad, or of the digit that is selected there."""
        on_pad = None
        # A pen that is down is asked no further: comparing drawings takes time, and it draws another one.
        if not self._document.is_drawing and self._document.picture is None:
            on_pad = self._known.get(self._document.ink) or self._known.get(self._selected_ink())
        if on_pad is not self._on_pad:
            self._on_pad = on_pad
            self.state_changed.emit()

    def _selected_ink(self) -> Ink:
        """The strokes of the selected digit; all there are where there is but one."""
        ink, number = self._document.ink, self._reader.number
        if number is None or len(number) < 2:
            return ink
        return number.ink_of(self._reader.selected, ink)

    def _settle(self, labelled: _Labelled) -> None:
        """Ask the store for what is wanted and not there yet; what is wanted meanwhile is asked for after."""
        wanted, kept, number = labelled.wanted, labelled.kept, labelled.number
        if labelled.is_busy or wanted == kept:
            return
        labelled.is_busy = True

        def refuse(sentence: str) -> None:
            labelled.is_busy = False
            labelled.wanted = labelled.kept
            labelled.former.clear()
            self.state_changed.emit()
            self.refused.emit(sentence)

        def go_on(now: int | None) -> None:
            labelled.is_busy = False
            labelled.number, labelled.kept = now, wanted
            self._settle(labelled)
            self.state_changed.emit()
            if now is not None and wanted is not None and labelled.wanted == wanted:
                self.labelled.emit(now, wanted)

        if wanted is None and number is not None:
            self._collection.delete([number], lambda _: go_on(None), refuse)
        elif wanted is not None and kept is not None and number is not None:
            self._collection.relabel({number: wanted}, lambda _: go_on(number), refuse)
        elif wanted is not None:
            self._collection.add(labelled.ink, wanted, labelled.answer, self.writer, go_on, refuse)

    def _answer(self) -> Answer | None:
        """What the network says of the drawing on the pad."""
        reading = self._reader.read_now()
        return None if reading is None else answer_of(reading, self._reader.network_name)

    def _on_collection_changed(self) -> None:
        """What is known of a drawing may have been changed elsewhere: there, the last word was spoken."""
        drawings = self._collection.drawings
        settled = {
            each.number: each for each in self._known.values() if each.number is not None and not each.is_busy
        }
        if drawings is None or not settled:
            return
        try:
            labels = drawings.labels(list(settled))
        except ScratchpadError:
            return  # the collection has said so
        for number, labelled in settled.items():
            label = labels.get(number)
            if label != labelled.kept:
                labelled.wanted = labelled.kept = label
                labelled.former.clear()
        self.state_changed.emit()
