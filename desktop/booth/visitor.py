"""Visitor: what the booth knows of whoever draws, and how all of it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.collection import Collection
from desktop.networks import Networks
from engine.store.drawings import VISITOR


class Visitor(QObject):
    """Drawings under a name of their own, and a network that is lent.

    Signals:
        refused: One sentence: drawings could not be removed.
    """

    refused = Signal(str)

    def __init__(self, networks: Networks, collection: Collection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._networks = networks
        self._collection = collection
        self.has_drawings = False

    @property
    def is_known(self) -> bool:
        """Whether there is something to forget."""
        return self.has_drawings or self._networks.is_lent

    @property
    def has_taught(self) -> bool:
        """Whether the network in use learnt the visitor's hand."""
        return self._networks.is_lent

    def forget(self) -> None:
        """Remove the drawings, those that a crash may have left too; the network before reads again."""
        self.has_drawings = False
        self._networks.take_back()
        if not self._collection.refusal:
            self._collection.forget_writer(VISITOR, lambda _: None, self.refused.emit)
