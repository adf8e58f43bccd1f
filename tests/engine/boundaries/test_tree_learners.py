"""Trees and forests that are watched while they grow."""

import numpy as np
import pytest

from engine.boundaries.forest_learner import ForestLearner
from engine.boundaries.tree_learner import TreeLearner
from engine.errors import DataError
from engine.plane.grid import Bounds
from engine.plane.patterns import make_points
from engine.plane.points import Points
from engine.trees.forest import Forest, grow_forest
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings, TreeSettings


@pytest.fixture
def sets():
    return make_points("colours", 300, noise=0.2).split(0.3, 1)


def accuracy(model, points):
    return (model.predict(points.coordinates) == points.labels).mean()


def test_a_tree_shows_one_cut_after_the_other_and_goes_back(sets):
    learner = TreeLearner(*sets, TreeSettings(depth=4))
    first = learner.advance()
    assert (first.cuts, first.tree.leaves) == (1, 2)
    while not learner.is_over:
        last = learner.advance()
    assert last.cuts == last.most == last.tree.leaves - 1
    assert last.training.accuracy == accuracy(last.tree, sets[0])
    assert last.test.accuracy == accuracy(last.tree, sets[1])
    assert last.training.loss < first.training.loss
    assert learner.go_to(1).tree.thresholds[0] == first.tree.thresholds[0]
    assert learner.go_to(-5).cuts == 0
    assert learner.go_to(10**6).cuts == last.most


def test_the_grid_is_what_the_tree_answers_there(sets):
    learner = TreeLearner(*sets, TreeSettings(depth=3))
    state = learner.go_to(5)
    grid = Bounds().grid(20)
    assert np.allclose(
        learner.on_grid(grid), grid.arranged(state.model.probabilities(grid.coordinates)), atol=1e-12
    )


def test_a_forest_grows_and_shrinks_and_is_the_average_each_time(sets):
    settings = ForestSettings(trees=12, tree=TreeSettings(depth=6))
    learner = ForestLearner(*sets, settings)
    grid = Bounds().grid(24)
    grown = [each.tree for each in grow_forest(Samples.of(sets[0].coordinates, sets[0].labels, 4), settings)]
    for count in (1, 5, 12, 3, 4):
        state = learner.go_to(count)
        whole = Forest(grown[:count])
        expected = whole.probabilities(grid.coordinates)
        assert np.allclose(learner.on_grid(grid), grid.arranged(expected), atol=1e-12)
        assert state.training.accuracy == accuracy(whole, sets[0])
        assert state.test.accuracy == accuracy(whole, sets[1])
        assert len(state.grown) == count
    learner.close()


def test_a_forest_advances_tree_by_tree_to_its_end(sets):
    learner = ForestLearner(*sets, ForestSettings(trees=3))
    assert [len(learner.advance().grown) for _ in range(3)] == [1, 2, 3]
    assert learner.is_over
    assert len(learner.advance().grown) == 3


def test_a_class_of_the_test_points_alone_has_a_place():
    learner = TreeLearner(
        Points(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([0, 1])),
        Points(np.array([[2.0, 2.0]]), np.array([2])),
        TreeSettings(),
    )
    state = learner.advance()
    assert state.tree.classes == 3
    assert state.test.accuracy == 0
    assert np.isfinite(state.test.loss)


@pytest.mark.parametrize("points", [Points.none(), make_points("moons", 1)])
def test_nothing_to_learn_is_said(points):
    with pytest.raises(DataError):
        TreeLearner(points, Points.none(), TreeSettings())
    with pytest.raises(DataError):
        ForestLearner(points, Points.none(), ForestSettings())
