"""Shown weights: the network that a page of the lesson looks into, chosen among those there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.lesson.network_sources import NetworkSources
from desktop.lesson.shown_network import READING, STEPPED
from desktop.lesson.unit_pictures import UnitPictures

if TYPE_CHECKING:
    from desktop.lesson.shown_network import ShownNetwork


class ShownWeights(QObject):
    """Each page has its own, so that what is chosen on one page changes nothing on another.

    `desktop.lesson.network_choice.NetworkChoice` is the field for the choice; its `follow` connects both.

    Attributes:
        pictures: Of the units of the network shown.

    Signals:
        changed: There are new weights to show.
        choices_changed: Another network can be chosen, or another one is chosen.
        step_reset: The Step page's network stands before its first step: its title, its number of steps.
        step_observed: An `ObservedStep` of the Step page's network.
    """

    changed = Signal()
    choices_changed = Signal()
    step_reset = Signal(str, int)
    step_observed = Signal(object)

    def __init__(self, sources: NetworkSources, source: str = READING, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pictures = UnitPictures()
        self._sources = sources
        self._source = source
        sources.appeared.connect(self.choices_changed)
        sources.arrived.connect(self._on_arrived)
        sources.step_reset.connect(self._on_step_reset)
        sources.step_observed.connect(self.step_observed)
        self._show()

    @property
    def source(self) -> str:
        """Which network is shown: a name in `desktop.lesson.shown_network`."""
        return self._source

    @property
    def network(self) -> ShownNetwork | None:
        """The network shown; None while there is none of that kind."""
        return self._sources.network(self._source)

    def has(self, source: str) -> bool:
        """Whether there is such a network."""
        return self._sources.network(source) is not None

    def choose(self, source: str) -> None:
        """Show another one."""
        if source != self._source:
            self._source = source
            self.pictures.forget_order()
            self._show()
            self.choices_changed.emit()

    def _show(self) -> None:
        if self.network is not None:
            self.pictures.show(self.network)
            self.changed.emit()

    def _on_arrived(self, source: str) -> None:
        if source == self._source:
            self._show()

    def _on_step_reset(self, title: str, total_steps: int) -> None:
        if self._source == STEPPED:
            self.pictures.forget_order()
        self.step_reset.emit(title, total_steps)
