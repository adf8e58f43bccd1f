"""Units detail: a network as a diagram, with the region of each unit."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.unit_pictures import UnitPictures
from desktop.widgets.theme import Colours
from engine.boundaries.network_learner import NetworkState


class UnitsDetail(DetailPage):
    """The unit that is pointed at is shown all over the plane."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures = UnitPictures()
        self._pictures.unit_hovered.connect(self.unit_chosen)
        self.column.addWidget(self._pictures, 1)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._pictures.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Show the network as it is now."""
        self._pictures.set_class_names(shown.names)
        frame = shown.frame
        if frame is not None and isinstance(frame.state, NetworkState):
            self._pictures.set_network(frame.state.network, list(frame.unit_maps), shown.bounds)
        else:
            self._pictures.set_network(None, [])
