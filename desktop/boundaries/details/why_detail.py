"""Why detail: why a tree or a forest answers what it answers where the pointer is."""

from __future__ import annotations

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.why_path import WhyPath
from desktop.widgets.theme import Colours
from engine.boundaries.forest_learner import ForestState
from engine.boundaries.tree_learner import TreeState
from engine.trees.boxes import boxes
from engine.trees.tree import Tree


class WhyDetail(DetailPage):
    """The last place that the pointer was at stays explained when it goes."""

    def __init__(self) -> None:
        super().__init__()
        self._tree: Tree | None = None
        self._place: tuple[float, float] | None = None
        self._picture = WhyPath()
        self._picture.node_pointed.connect(self._on_node_pointed)
        self.column.addWidget(self._picture, 1)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._picture.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Explain the same place with the model as it is now."""
        state = None if shown.frame is None else shown.frame.state
        self._tree = state.tree if isinstance(state, TreeState) else None
        if shown.place is not None:
            self._place = shown.place
        if state is None or self._place is None:
            self._picture.show_nothing()
        elif isinstance(state, TreeState):
            self._picture.show_tree(state.tree, self._place, shown.names)
        elif isinstance(state, ForestState):
            self._picture.show_forest(state.forest, self._place, shown.names)
        else:
            self._picture.show_network()

    def show_place(self, shown: Shown) -> None:
        """Explain this place."""
        if shown.place is not None:
            self.show_all(shown)

    def _on_node_pointed(self, node: int | None) -> None:
        has_box = self._tree is not None and node is not None and node < len(self._tree)
        self.box_chosen.emit(boxes(self._tree, 2)[node] if has_box and self._tree is not None else None)
