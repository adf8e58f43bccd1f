"""Pad history: what stands on the pad, and the steps that lead from one content to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.preprocessing.ink import Ink

# A photograph takes a megabyte, and every step keeps the one before it.
MOST_STEPS = 200
"""Steps that can be undone; the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class PadContent:
    """What stands on the pad: ink, or a picture in its place.

    Attributes:
        ink: In units of a thousandth of the pad's shorter side, from the middle of the pad.
        picture: Shown and read instead of ink, or None.
    """

    ink: Ink = field(default_factory=Ink)
    picture: QImage | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return self.picture is None and self.ink.is_empty


class PadHistory(QObject):
    """The contents of the pad, one after the other. They are immutable, so keeping them is cheap.

    Qt has a QUndoStack, but its commands belong to no QObject: when Python's garbage collector takes an undo
    stack and commands that are younger than it, PySide6 (6.11.3) deletes the commands twice, and the program
    ends.

    Signals:
        moved: There is another content; its index.
        steps_changed: There are other steps to undo or to redo; after `moved`.
    """

    moved = Signal(int)
    steps_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contents = [PadContent()]
        self._place = 0
        self._forgotten = 0

    @property
    def content(self) -> PadContent:
        """What stands on the pad."""
        return self._contents[self._place]

    @property
    def index(self) -> int:
        """Number of steps that lead to the content; steps that are forgotten count, too."""
        return self._forgotten + self._place

    @property
    def count(self) -> int:
        """Number of steps, those to undo and those to redo together."""
        return len(self._contents) - 1

    @property
    def can_undo(self) -> bool:
        """Whether there is a content before this one."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a content after this one."""
        return self._place < self.count

    def push(self, content: PadContent) -> None:
        """Show another content. What was undone can no longer be redone."""
        self._contents[self._place + 1 :] = [content]
        self._place += 1
        if self._place > MOST_STEPS:
            self._forget(1)
        self._tell()

    def undo(self) -> None:
        """Go back to the content before, if there is one."""
        if self.can_undo:
            self._place -= 1
            self._tell()

    def redo(self) -> None:
        """Go on to the content after this one, if there is one."""
        if self.can_redo:
            self._place += 1
            self._tell()

    def clear(self) -> None:
        """Forget every step; the content stays."""
        del self._contents[self._place + 1 :]
        self._forget(self._place)
        self.steps_changed.emit()

    def _forget(self, count: int) -> None:
        del self._contents[:count]
        self._place -= count
        self._forgotten += count

    def _tell(self) -> None:
        self.moved.emit(self.index)
        self.steps_changed.emit()
