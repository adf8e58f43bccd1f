"""Out-of-bag detail: how good a forest is on points that its trees have not seen."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.out_of_bag_chart import OutOfBagChart
from desktop.widgets.theme import Colours
from engine.boundaries.forest_learner import ForestState


class OutOfBagDetail(DetailPage):
    """A chart."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = OutOfBagChart()
        self.column.addWidget(self._chart, 1)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._chart.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Show the accuracy of the trees so far."""
        state = None if shown.frame is None else shown.frame.state
        if isinstance(state, ForestState):
            self._chart.set_grown(state.grown, state.most)
        else:
            self._chart.set_grown(())
