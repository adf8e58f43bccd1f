"""How trees and forests are grown, checked before anything starts."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import SettingsError
from engine.trees.impurity import CRITERIA

MOST_TREES = 1000
MOST_DEPTH = 64


@dataclass(frozen=True, slots=True)
class TreeSettings:
    """How a tree is grown.

    Attributes:
        criterion: A name in `engine.trees.impurity.CRITERIA`.
        depth: Most cuts between the root and a leaf; None for as many as it takes.
        least_leaf: Fewest samples in a leaf.
    """

    criterion: str = "gini"
    depth: int | None = None
    least_leaf: int = 1

    def check(self) -> None:
        """Do nothing if the settings make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        if self.criterion not in CRITERIA:
            raise SettingsError("criterion", f"The criterion must be one of {', '.join(CRITERIA)}.")
        if self.depth is not None and not 0 <= self.depth <= MOST_DEPTH:
            raise SettingsError("depth", f"The depth must be from 0 to {MOST_DEPTH}.")
        if self.least_leaf < 1:
            raise SettingsError("least_leaf", "A leaf needs at least one sample.")


@dataclass(frozen=True, slots=True)
class ForestSettings:
    """How a forest is grown.

    Attributes:
        trees: How many.
        tree: How each of them is grown.
        features_per_split: Features that each node may choose from, drawn anew for every node; None for the
            square root of their number.
        bootstrap: Whether each tree learns from samples drawn with replacement, or from all of them once.
        seed: Of what is drawn.
    """

    trees: int = 100
    tree: TreeSettings = field(default_factory=TreeSettings)
    features_per_split: int | None = None
    bootstrap: bool = True
    seed: int = 1

    def check(self) -> None:
        """Do nothing if the settings make sense.

        Raises:
            SettingsError: They do not; names the field at fault.
        """
        self.tree.check()
        if not 1 <= self.trees <= MOST_TREES:
            raise SettingsError("trees", f"A forest has 1 to {MOST_TREES:,} trees.")
        if self.features_per_split is not None and self.features_per_split < 1:
            raise SettingsError("features_per_split", "A node needs at least one feature to choose from.")
        if self.seed < 0:
            raise SettingsError("seed", "The seed must be a whole number, 0 or more.")
