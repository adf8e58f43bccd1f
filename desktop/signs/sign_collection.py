"""Sign collection: the sets of signs in the window. All changes go through it, so that all hear."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.services.collection import Collection
from desktop.services.store_service import StoreService
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.data.classes import Classes
    from engine.data.pen_digits import PenDigits
    from engine.store.sign_sets import SignSet, SignSets

Written = TypeVar("Written")


class SignCollection(QObject):
    """Nobody waits: what is asked for is written by the store's own thread, and told when the disk has it.

    Signals:
        changed: A set was made, renamed, deleted or brought back, or there are other drawings.
    """

    changed = Signal()

    def __init__(
        self, store_service: StoreService, collection: Collection, parent: QObject | None = None
    ) -> None:
        """Know the store; `collection` says where nothing can be kept, of digits or of signs."""
        super().__init__(parent)
        self._store_service, self._collection = store_service, collection
        collection.changed.connect(self.changed)  # how many drawings a sign has

    @property
    def refusal(self) -> str:
        """Why nothing would be kept, in a sentence or two; empty where it would."""
        return self._collection.refusal

    @property
    def sets(self) -> list[SignSet]:
        """All sets, newest first; none where they cannot be read, which is told."""
        kept = self._kept
        try:
            return [] if kept is None else kept.entries()
        except ScratchpadError as error:
            self._store_service.notice_given.emit(str(error))
            return []

    def find(self, sign_set: int) -> SignSet | None:
        """A set by its number; None if it is not there."""
        return next((each for each in self.sets if each.id == sign_set), None)

    def create(
        self, name: str, classes: Classes, then: Callable[[int], None], otherwise: Callable[[str], None]
    ) -> None:
        """Keep a new set; `then` is called with its number, or `otherwise` with the reason why not."""
        self._write(lambda kept: kept.add(name, classes), then, otherwise)

    def rename(self, sign_set: int, name: str, otherwise: Callable[[str], None]) -> None:
        """Call a set by another name."""
        self._write(lambda kept: kept.rename(sign_set, name), lambda _: None, otherwise)

    def delete(self, sign_set: int, then: Callable[[None], None], otherwise: Callable[[str], None]) -> None:
        """Take a set away; `restore` brings it back."""
        self._write(lambda kept: kept.delete(sign_set), then, otherwise)

    def restore(self, sign_set: int, otherwise: Callable[[str], None]) -> None:
        """Bring a deleted set back."""
        self._write(lambda kept: kept.restore(sign_set), lambda _: None, otherwise)

    def note_network(self, sign_set: int, network: str) -> None:
        """Remember the file, by its name, of the network that learned a set."""
        self._write(
            lambda kept: kept.note_network(sign_set, network),
            lambda _: None,
            self._store_service.notice_given.emit,
        )

    def learnable(self, sign_set: int) -> Callable[[], PenDigits] | None:
        """Answers the drawings of a set, in any thread; None while there is no store."""
        kept = self._kept
        return None if kept is None else lambda: kept.to_learn(sign_set)

    @property
    def _kept(self) -> SignSets | None:
        store = self._store_service.store
        return None if store is None else store.sign_sets

    def _write(
        self,
        ask: Callable[[SignSets], Future[Written]],
        then: Callable[[Written], None],
        otherwise: Callable[[str], None],
    ) -> None:
        kept = self._kept
        if kept is None:
            otherwise(self.refusal)
            return

        def follow(answer: Written) -> None:
            self.changed.emit()
            then(answer)

        self._store_service.write(lambda: ask(kept), follow, otherwise)
