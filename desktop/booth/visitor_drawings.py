"""Visitor drawings: what a visitor drew, in memory alone, so that no file ever has anything of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.store.drawings import VISITOR, Drawing
from engine.store.texts import now

if TYPE_CHECKING:
    from engine.preprocessing.ink import Ink
    from engine.store.drawings import Answer


class VisitorDrawings:
    """Stands in for the collection while practice and lessons are a visitor's; answers at once.

    Attributes:
        trouble: Why nothing can be kept: nothing stands in the way of memory.
        refusal: The same.
    """

    trouble = ""
    refusal = ""

    def __init__(self) -> None:
        self._drawings: dict[int, Drawing] = {}
        self._newest = 0

    def __len__(self) -> int:
        return len(self._drawings)

    def add(
        self,
        ink: Ink,
        label: str,
        answer: Answer | None,
        writer: str,
        then: Callable[[int], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Remember a drawing, whoever drew it: here all are the visitor's."""
        self._newest += 1
        self._drawings[self._newest] = Drawing(self._newest, now(), label, ink, VISITOR, answer)
        then(self._newest)

    def delete(
        self, numbers: Sequence[int], then: Callable[[None], None], otherwise: Callable[[str], None]
    ) -> None:
        """Forget drawings; nothing brings them back."""
        for number in numbers:
            self._drawings.pop(number, None)
        then(None)

    def reader(self) -> Callable[[], Sequence[Drawing]]:
        """Answers all drawings as they are now, oldest first."""
        drawings = tuple(self._drawings.values())
        return lambda: drawings

    def forget(self) -> None:
        """Forget them all."""
        self._drawings.clear()
