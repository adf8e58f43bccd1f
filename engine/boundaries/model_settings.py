"""Model settings: which model learns the boundary, and how."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.boundaries.forest_learner import ForestLearner
from engine.boundaries.learner import Learner
from engine.boundaries.network_learner import USUAL_SETTINGS, NetworkLearner
from engine.boundaries.tree_learner import TreeLearner
from engine.errors import SettingsError
from engine.plane.features import USUAL_FEATURES, check_features
from engine.plane.points import Points
from engine.settings import TrainingSettings
from engine.trees.settings import ForestSettings, TreeSettings

LOGISTIC, NETWORK, TREE, FOREST = "logistic", "network", "tree", "forest"

KINDS = {
    LOGISTIC: "Logistic regression",
    NETWORK: "Network",
    TREE: "Decision tree",
    FOREST: "Random forest",
}
"""The kinds of models and their titles."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """All that decides what a model makes of some points. Each kind looks at its own part alone.

    Attributes:
        kind: A name in `KINDS`.
        features: What a network is told of each point: names in `engine.plane.features.FEATURES`.
        training: How a network is trained; logistic regression is one without hidden layers.
        tree: How a single tree is grown.
        forest: How a forest is grown.
    """

    kind: str = NETWORK
    features: tuple[str, ...] = USUAL_FEATURES
    training: TrainingSettings = USUAL_SETTINGS
    tree: TreeSettings = field(default_factory=TreeSettings)
    forest: ForestSettings = field(default_factory=ForestSettings)

    def check(self) -> None:
        """Do nothing if the settings of this kind make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        if self.kind not in KINDS:
            raise SettingsError("kind", f"The model must be one of {', '.join(KINDS)}.")
        if self.kind == TREE:
            self.tree.check()
        elif self.kind == FOREST:
            self.forest.check()
        else:
            check_features(self.features)
            self.training.check()

    def make_learner(self, training: Points, test: Points) -> Learner:
        """A learner that has learned nothing yet.

        Args:
            training: Points to learn from.
            test: Points to measure on, never learned from; there may be none.

        Raises:
            DataError: There is nothing to learn.
            SettingsError: The settings make no sense.
        """
        self.check()
        if self.kind == TREE:
            return TreeLearner(training, test, self.tree)
        if self.kind == FOREST:
            return ForestLearner(training, test, self.forest)
        return NetworkLearner(training, test, self.trained, self.features)

    @property
    def trained(self) -> TrainingSettings:
        """How the network is trained, without hidden layers if it is logistic regression."""
        return replace(self.training, hidden=()) if self.kind == LOGISTIC else self.training
