"""Trees detail: the trees of a forest, each with the points that it was grown from."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.forest_pictures import ForestPictures
from desktop.widgets.theme import Colours
from engine.boundaries.forest_learner import ForestState
from engine.plane.grid import Bounds
from engine.plane.points import Points


class TreesDetail(DetailPage):
    """Small pictures, in rows."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[Points, Bounds] | None = None
        self._pictures = ForestPictures()
        self.column.addWidget(self._pictures, 1)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._pictures.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Show the trees so far."""
        if self._seen is None or self._seen[0] is not shown.training or self._seen[1] != shown.bounds:
            self._seen = shown.training, shown.bounds
            self._pictures.set_points(shown.training, shown.bounds)
        frame = shown.frame
        is_forest = frame is not None and isinstance(frame.state, ForestState)
        self._pictures.set_state(frame.state if is_forest else None)  # type: ignore[union-attr, arg-type]
