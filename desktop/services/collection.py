"""Collection: the labelled drawings in the window. All changes go through it, so that all hear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.services.store_service import StoreService
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.preprocessing.ink import Ink
    from engine.store.drawings import Answer, Drawing, Drawings

Written = TypeVar("Written")

_NOT_OPEN_YET = "Drawings cannot be saved yet. Try again once the program is ready."


class TakesDrawings(Protocol):
    """Where practice puts drawings."""

    @property
    def refusal(self) -> str:
        """Why no drawing would be kept; empty where it would."""

    def add(
        self,
        ink: Ink,
        label: str,
        answer: Answer | None,
        writer: str,
        then: Callable[[int], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Keep a drawing; see `Collection.add`."""

    def delete(
        self, numbers: Sequence[int], then: Callable[[None], None], otherwise: Callable[[str], None]
    ) -> None:
        """Take drawings away."""


class KeepsDrawings(TakesDrawings, Protocol):
    """Where a lesson finds them as well: the `Collection`, or a visitor's memory."""

    @property
    def trouble(self) -> str:
        """Why nothing can be kept or shown; empty where it can."""

    def reader(self) -> Callable[[], Sequence[Drawing]] | None:
        """Answers all drawings, oldest first, in any thread; None while there are none to be had."""


class Collection(QObject):
    """Nobody waits: what is asked for is written by the store's own thread, and told when the disk has it.

    Signals:
        changed: Drawings were kept, relabelled, deleted, brought back or taken in; what they are now is asked
            of `drawings`.
        counts_changed: The new `counts`.
    """

    changed = Signal()
    counts_changed = Signal(object)

    def __init__(self, store_service: StoreService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_service = store_service
        self._counts: Mapping[str, int] = {}
        store_service.opened.connect(self.refresh)

    @property
    def drawings(self) -> Drawings | None:
        """What the store has; None while there is no store."""
        store = self._store_service.store
        return None if store is None else store.drawings

    @property
    def trouble(self) -> str:
        """Why nothing can be kept or shown, in a sentence or two; empty where it can."""
        if self.drawings is not None:
            return ""
        return (
            f"Drawings are not saved. {self._store_service.trouble}"
            if self._store_service.trouble
            else _NOT_OPEN_YET
        )

    @property
    def refusal(self) -> str:
        """Why no drawing would be kept, in a sentence or two; empty where it would."""
        store = self._store_service.store
        return store.notice if store is not None and store.is_read_only else self.trouble

    @property
    def counts(self) -> Mapping[str, int]:
        """How many drawings there are of each name that has some, in the order in which they are listed."""
        return self._counts

    @property
    def total(self) -> int:
        """How many drawings there are."""
        return sum(self._counts.values())

    def add(
        self,
        ink: Ink,
        label: str,
        answer: Answer | None,
        writer: str,
        then: Callable[[int], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Keep a drawing.

        Args:
            ink: What was drawn, not empty.
            label: What it is: the name of a class.
            answer: What the network said of it.
            writer: Who drew it, or empty.
            then: Called with its number.
            otherwise: Called with the reason why it was not kept.
        """
        self._write(lambda drawings: drawings.add(ink, label, answer, writer), then, otherwise)

    def relabel(
        self,
        labels: Mapping[int, str],
        then: Callable[[dict[int, str]], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Say anew what drawings are.

        Args:
            labels: By the drawings' numbers.
            then: Called with the labels before.
            otherwise: Called with the reason why they were not changed.
        """
        self._write(lambda drawings: drawings.relabel(labels), then, otherwise)

    def delete(
        self, numbers: Sequence[int], then: Callable[[None], None], otherwise: Callable[[str], None]
    ) -> None:
        """Take drawings away; `restore` brings them back."""
        self._write(lambda drawings: drawings.delete(numbers), then, otherwise)

    def restore(
        self, numbers: Sequence[int], then: Callable[[None], None], otherwise: Callable[[str], None]
    ) -> None:
        """Bring deleted drawings back."""
        self._write(lambda drawings: drawings.restore(numbers), then, otherwise)

    def reader(self) -> Callable[[], Sequence[Drawing]] | None:
        """Answers all drawings, oldest first, in any thread; None while there is no store."""
        drawings = self.drawings
        return None if drawings is None else lambda: drawings.entries()[::-1]

    def refresh(self) -> None:
        """Drawings came by another way, such as an import in a thread."""
        drawings = self.drawings
        if drawings is not None:
            try:
                self._counts = drawings.counts()
            except ScratchpadError as error:
                self._store_service.notice_given.emit(str(error))
            else:
                self.counts_changed.emit(self._counts)
        self.changed.emit()

    def _write(
        self,
        ask: Callable[[Drawings], Future[Written]],
        then: Callable[[Written], None],
        otherwise: Callable[[str], None],
    ) -> None:
        drawings = self.drawings
        if drawings is None:
            otherwise(self.trouble)
            return

        def follow(answer: Written) -> None:
            self.refresh()
            then(answer)

        self._store_service.write(lambda: ask(drawings), follow, otherwise)
