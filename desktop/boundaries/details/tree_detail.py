"""Tree detail: a decision tree, each node of which is a rectangle of the plane."""

from __future__ import annotations

import numpy as np

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.tree_picture import TreePicture
from desktop.widgets.theme import Colours
from engine.boundaries.tree_learner import TreeState
from engine.trees.boxes import boxes
from engine.trees.tree import Tree


class TreeDetail(DetailPage):
    """The node that is pointed at lights up on the plane, and the leaf of a place on the plane here."""

    def __init__(self) -> None:
        super().__init__()
        self._tree: Tree | None = None
        self._names: tuple[str, ...] = ()
        self._picture = TreePicture()
        self._picture.node_hovered.connect(self._on_node_hovered)
        self.column.addWidget(self._picture, 1)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._picture.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Show the tree with the cuts so far."""
        frame = shown.frame
        tree = frame.state.tree if frame is not None and isinstance(frame.state, TreeState) else None
        if tree is not self._tree or shown.names != self._names:
            self._tree, self._names = tree, shown.names
            self._picture.set_tree(tree, shown.names)
            self.box_chosen.emit(None)

    def show_place(self, shown: Shown) -> None:
        """Light up the leaf that answers there."""
        if self._tree is None or shown.place is None:
            self._picture.highlight(None)
        else:
            self._picture.highlight(int(self._tree.leaf_of(np.array([shown.place]))[0]))

    def _on_node_hovered(self, node: int | None) -> None:
        if self._tree is None or node is None:
            self.box_chosen.emit(None)
        else:
            self.box_chosen.emit(boxes(self._tree, 2)[node])
