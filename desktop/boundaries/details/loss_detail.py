"""Loss detail: the losses of a network while it learns."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.models.frame import Frame
from desktop.boundaries.pictures.loss_chart import LossChart
from desktop.widgets.theme import Colours


class LossDetail(DetailPage):
    """A chart."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = LossChart()
        self.column.addWidget(self._chart)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._chart.set_colours(colours)

    def note(self, frame: Frame) -> None:
        """Losses that came while the page was hidden belong to the curve as well."""
        if frame.is_first:
            self._chart.clear()
        for each in frame.losses:
            self._chart.add(each.epochs, each.training, each.test)

    def show_all(self, shown: Shown) -> None:
        """Without a model there is no curve."""
        if shown.frame is None:
            self._chart.clear()
