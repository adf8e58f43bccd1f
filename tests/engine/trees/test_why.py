"""Cuts one by one, contributions along the path, and importance."""

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from engine.evaluation.feature_importance import feature_importance
from engine.explain.waterfall import waterfall
from engine.trees.contributions import contributions_of, path_of
from engine.trees.cuts import after_cuts, cuts_of
from engine.trees.forest import Forest, grow_forest
from engine.trees.growing import grow_tree
from engine.trees.importance import impurity_importance
from engine.trees.samples import Samples
from engine.trees.settings import ForestSettings, TreeSettings
from tests.engine.trees.some_samples import as_samples, clouds

PAIR = clouds(900, 3, features=3, seed=2)


@pytest.fixture(scope="module")
def tree():
    return grow_tree(as_samples(PAIR), TreeSettings(least_leaf=5))


@pytest.fixture(scope="module")
def trees():
    return [each.tree for each in grow_forest(as_samples(PAIR), ForestSettings(20))]


@pytest.mark.parametrize("leaves", [2, 5, 20])
def test_after_so_many_cuts_it_is_the_tree_that_scikit_learn_grows_best_first(tree, leaves):
    judged = DecisionTreeClassifier(max_leaf_nodes=leaves, min_samples_leaf=5, random_state=0).fit(*PAIR)
    part = after_cuts(tree, leaves - 1)
    assert part.leaves == leaves
    assert np.array_equal(
        np.sort(part.thresholds[~part.is_leaf]), np.sort(judged.tree_.threshold[judged.tree_.feature >= 0])
    )
    assert np.allclose(part.probabilities(PAIR[0]), judged.predict_proba(PAIR[0]))


def test_each_cut_is_told_once_after_that_of_its_parent(tree):
    there = {0}
    for cut in cuts_of(tree):
        assert cut.node in there
        assert cut.gain == pytest.approx(tree.gains[cut.node])
        there |= {cut.left, cut.right}
    assert there == set(range(len(tree)))
    assert np.array_equal(after_cuts(tree, len(tree)).thresholds, tree.thresholds)
    assert len(after_cuts(tree, 0)) == 1


def test_a_leaf_has_no_cuts():
    leaf = grow_tree(Samples.of(np.zeros((3, 2)), np.zeros(3, dtype=np.int64), 2), TreeSettings())
    assert list(cuts_of(leaf)) == []


def test_bias_and_changes_are_the_answer(tree):
    for sample in PAIR[0][:20]:
        path = path_of(tree, sample)
        assert np.allclose(path.bias + sum(step.change for step in path.steps), path.answer, atol=1e-12)
        assert np.array_equal(path.answer, tree.probabilities(sample[None])[0])
        assert path.leaf == tree.leaf_of(sample[None])[0]
        assert [step.goes_left for step in path.steps] == [
            bool(sample[step.feature] <= step.threshold) for step in path.steps
        ]


def test_a_path_is_a_waterfall(tree):
    path = path_of(tree, PAIR[0][7])
    fall = waterfall(float(path.bias[1]), path.parts(1), 2, float(path.answer[1]))
    assert fall.end == pytest.approx(fall.start + sum(step.value for step in fall.steps) + fall.rest)
    assert abs(fall.steps[0].value) == max(map(abs, path.parts(1)))


def test_contributions_of_a_forest_are_its_answer(trees):
    for sample in PAIR[0][:5]:
        found = contributions_of(Forest(trees), sample)
        assert found.contributions.shape == (3, 3)
        assert np.allclose(found.bias + found.contributions.sum(axis=0), found.answer, atol=1e-12)
        assert np.allclose(found.answer, Forest(trees).probabilities(sample[None])[0])


def test_importance_by_impurity_is_that_of_scikit_learn(tree, trees):
    judged = DecisionTreeClassifier(min_samples_leaf=5, random_state=0).fit(*PAIR)
    assert impurity_importance([tree], 3) == pytest.approx(judged.feature_importances_, abs=0.01)
    forest = RandomForestClassifier(20, random_state=0).fit(*PAIR)
    assert impurity_importance(trees, 3) == pytest.approx(forest.feature_importances_, abs=0.08)
    assert impurity_importance([after_cuts(tree, 0)], 3).tolist() == [0, 0, 0]


def test_importance_by_permutation_finds_the_feature_that_says_nothing():
    values, labels = clouds(600, 4, seed=2)
    values = np.column_stack([values, np.random.default_rng(0).standard_normal(600)])
    tree = grow_tree(Samples.of(values, labels), TreeSettings(least_leaf=40))
    told = list(feature_importance(tree.predict, values, labels, repeats=2))
    assert [each.done for each in told] == list(range(1, 7))
    assert np.isfinite(told[1].drops).tolist() == [True, True, False]
    last = told[-1]
    assert last.baseline == (tree.predict(values) == labels).mean()
    assert min(last.drops[:2]) > 0.05
    assert abs(last.drops[2]) < 0.1 * max(last.drops)
    again = list(feature_importance(tree.predict, values, labels, repeats=2))[-1]
    assert np.array_equal(again.drops, last.drops)


def test_there_must_be_something_to_permute(tree):
    with pytest.raises(ValueError):
        next(feature_importance(tree.predict, np.zeros((0, 3)), np.zeros(0, dtype=np.int64)))
