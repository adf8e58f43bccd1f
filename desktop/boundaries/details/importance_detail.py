"""Importance detail: how much x and y count for a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.boundaries.details.detail_page import DetailPage, Shown
from desktop.boundaries.pictures.importance_picture import ImportancePicture
from desktop.services.background_task import BackgroundTask
from desktop.widgets.theme import Colours
from engine.boundaries.forest_learner import ForestState
from engine.boundaries.tree_learner import TreeState

if TYPE_CHECKING:
    from engine.boundaries.learner import State
    from engine.evaluation.permutation_importance import Importance
    from engine.plane.points import Points
    from engine.trees.tree import Tree

_FEATURES = 2
_UNEXPECTED = "The importance could not be measured: train the model again."


class ImportanceDetail(DetailPage):
    """By impurity at once; by permutation once the model rests, computed away from the window."""

    def __init__(self) -> None:
        super().__init__()
        self._measured: State | None = None
        self._picture = ImportancePicture()
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._picture.set_permutation)
        self.column.addWidget(self._picture)
        self.column.addStretch()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self._picture.set_colours(colours)

    def show_all(self, shown: Shown) -> None:
        """Show the model as it is now."""
        from engine.trees.importance import impurity_importance

        state = None if shown.frame is None else shown.frame.state
        trees: list[Tree] = []
        if isinstance(state, TreeState):
            trees = [state.tree]
        elif isinstance(state, ForestState):
            trees = list(state.forest.trees)
        self._picture.set_impurity(impurity_importance(trees, _FEATURES) if trees else None)
        if state is None or shown.is_running:
            self._measured = None
            self._picture.set_permutation(None)
        elif state is not self._measured:
            self._measured = state
            # A whole tree knows the points that it was grown from by heart.
            self._task.begin(_permute(state, shown.test if len(shown.test) else shown.training))

    def close_page(self) -> None:
        """End what is measured, and wait for it."""
        self._task.close()


def _permute(state: State, points: Points) -> Callable[[Callable[[], bool]], Importance | None]:
    """What measures a model, one permutation after another."""

    def measure(is_cancelled: Callable[[], bool]) -> Importance | None:
        from engine.evaluation.feature_importance import feature_importance

        newest = None
        for found in feature_importance(
            lambda samples: state.model.probabilities(samples).argmax(axis=1),
            points.coordinates,
            points.labels,
        ):
            newest = found
            if is_cancelled():
                break
        return newest

    return measure
