"""Visitor: what the booth knows of whoever draws, and how all of it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.booth.visitor_drawings import VisitorDrawings
from desktop.networks.networks import Networks


class Visitor(QObject):
    """Drawings in memory alone, and a network that is lent: a program that ends leaves nothing of them.

    Attributes:
        drawings: What the visitor drew for practice.
    """

    def __init__(self, networks: Networks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._networks = networks
        self.drawings = VisitorDrawings()

    @property
    def is_known(self) -> bool:
        """Whether there is something to forget."""
        return len(self.drawings) > 0 or self._networks.is_lent

    @property
    def has_taught(self) -> bool:
        """Whether the network in use learned the visitor's hand."""
        return self._networks.is_lent

    def forget(self) -> None:
        """Forget the drawings; the network before reads again."""
        self.drawings.forget()
        self._networks.take_back()
