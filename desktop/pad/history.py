"""Pad history: what stands on the pad, and the undo steps that lead from one content to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QImage, QUndoCommand

from engine.preprocessing.ink import Ink


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


class ChangeContent(QUndoCommand):
    """One undo step: the content before and after. Contents are immutable, so keeping both is cheap."""

    def __init__(
        self, text: str, before: PadContent, after: PadContent, show: Callable[[PadContent], None]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._show = show

    def undo(self) -> None:
        """Show what was before."""
        self._show(self._before)

    def redo(self) -> None:
        """Show what came after."""
        self._show(self._after)
