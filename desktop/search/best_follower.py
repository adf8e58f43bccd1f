"""Best follower: while a search runs, the pad may be read by the best network that it has found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.search.searcher import Searcher

if TYPE_CHECKING:
    from desktop.networks.networks import Networks
    from engine.models.model import Model


class BestFollower(QObject):
    """Lends the best network to the pad; the one in use comes back with the end of the search."""

    def __init__(self, searcher: Searcher, networks: Networks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searcher, self._networks = searcher, networks
        self._is_wanted = False
        self._lent: Model | None = None
        searcher.progressed.connect(self._follow)
        searcher.finished.connect(self.take_back)

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether the pad is to be read by the best so far."""
        self._is_wanted = is_wanted
        if is_wanted:
            self._follow()
        else:
            self.take_back()

    def take_back(self) -> None:
        """Read again with the network in use."""
        if self._lent is not None and self._networks.model is self._lent:
            self._networks.take_back()
        self._lent = None

    def _follow(self) -> None:
        record = self._searcher.record
        if not self._is_wanted or record is None or not self._searcher.is_running:
            return
        best = record.best_model
        if best is None or best is self._lent:
            return
        if self._lent is not None and self._networks.model is not self._lent:
            return  # another one was put to use meanwhile, and is to stay
        self._lent = best
        self._networks.lend(best)
