"""Trees of points in the plane, for tests of their pictures."""

from engine.plane.patterns import make_points
from engine.plane.points import Points
from engine.trees.cuts import after_cuts
from engine.trees.forest import TreeGrown, grow_forest
from engine.trees.growing import grow_tree
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings, TreeSettings
from engine.trees.tree import Tree


def some_points(count: int = 200) -> Points:
    """In the lesson's four colours."""
    return make_points("colours", count)


def samples_of(points: Points) -> Samples:
    return Samples.of(points.coordinates, points.labels)


def some_tree(cuts: int | None = None, count: int = 200) -> Tree:
    """A tree with its first cuts, or with all of them."""
    tree = grow_tree(samples_of(some_points(count)), TreeSettings())
    return tree if cuts is None else after_cuts(tree, cuts)


def some_grown(trees: int, count: int = 200, depth: int | None = None) -> tuple[TreeGrown, ...]:
    """The trees of a forest."""
    settings = ForestSettings(trees=trees, tree=TreeSettings(depth=depth))
    return tuple(grow_forest(samples_of(some_points(count)), settings))
