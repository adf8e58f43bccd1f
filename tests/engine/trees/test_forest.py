"""Random forests, judged by scikit-learn."""

import itertools

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from engine.errors import SettingsError
from engine.trees.boxes import boxes
from engine.trees.forest import Forest, grow_forest
from engine.trees.regions import Regions
from engine.trees.settings import ForestSettings, TreeSettings
from tests.engine.trees.some_samples import as_samples, clouds

PAIR = clouds(1200, 4, seed=5)
TEST = tuple(part[1200:] for part in clouds(6000, 4, seed=5))


@pytest.fixture(scope="module")
def grown():
    return list(grow_forest(as_samples(PAIR), ForestSettings(60)))


@pytest.fixture(scope="module")
def forest(grown):
    return Forest([each.tree for each in grown])


def test_it_is_as_accurate_as_scikit_learns_and_more_than_a_tree(grown, forest):
    judged = RandomForestClassifier(60, random_state=1, oob_score=True).fit(*PAIR)
    accuracy = (forest.predict(TEST[0]) == TEST[1]).mean()
    assert accuracy == pytest.approx(judged.score(*TEST), abs=0.01)
    assert grown[-1].out_of_bag_accuracy == pytest.approx(judged.oob_score_, abs=0.01)
    alone = np.mean([(each.tree.predict(TEST[0]) == TEST[1]).mean() for each in grown])
    assert accuracy > alone + 0.02


def test_out_of_bag_is_judged_by_trees_that_have_not_seen_a_point(grown):
    votes = np.zeros((1200, 4))
    for each in grown[:7]:
        unseen = each.weights == 0
        assert 0.3 < unseen.mean() < 0.44
        votes[unseen] += each.tree.probabilities(PAIR[0][unseen])
    judged = votes.sum(axis=1) > 0
    expected = (votes[judged].argmax(axis=1) == PAIR[1][judged]).mean()
    assert grown[6].out_of_bag_accuracy == pytest.approx(expected)
    assert (grown[6].done, grown[6].total) == (7, 60)


def test_its_answer_is_the_average_of_its_trees(forest):
    points = TEST[0][:50]
    average = np.mean([tree.probabilities(points) for tree in forest.trees], axis=0)
    assert np.allclose(forest.probabilities(points), average)
    assert np.array_equal(forest.predict(points), average.argmax(axis=1))
    assert forest.probabilities(points[:0]).shape == (0, 4)


def test_the_first_trees_do_not_depend_on_how_many_follow_nor_on_threads(grown):
    few = list(grow_forest(as_samples(PAIR), ForestSettings(13), threads=2))
    for one, other in zip(few, grown, strict=False):
        assert np.array_equal(one.tree.thresholds, other.tree.thresholds)
        assert one.out_of_bag_accuracy == other.out_of_bag_accuracy


def test_another_seed_gives_other_trees(grown):
    (other,) = grow_forest(as_samples(PAIR), ForestSettings(1, seed=2))
    assert not np.array_equal(other.tree.thresholds, grown[0].tree.thresholds)


def test_one_need_not_wait_for_the_last_tree():
    first = list(itertools.islice(grow_forest(as_samples(PAIR), ForestSettings(1000)), 3))
    assert [each.done for each in first] == [1, 2, 3]


def test_without_a_bag_and_with_all_features_each_tree_is_the_same():
    way = ForestSettings(3, TreeSettings(depth=4), features_per_split=2, bootstrap=False)
    grown = list(grow_forest(as_samples(PAIR), way))
    assert all(np.array_equal(each.tree.thresholds, grown[0].tree.thresholds) for each in grown)
    assert all(each.out_of_bag_accuracy is None for each in grown)


def test_settings_that_make_no_sense():
    for wrong in ({"trees": 0}, {"features_per_split": 0}, {"seed": -1}, {"tree": TreeSettings(depth=-1)}):
        with pytest.raises(SettingsError):
            next(grow_forest(as_samples(PAIR), ForestSettings(**wrong)))
    with pytest.raises(ValueError):
        Forest([])


def test_the_regions_are_what_it_answers_at_every_point_of_the_grid(forest):
    x, y = np.linspace(-7, 7, 61), np.linspace(-5, 6, 47)
    # Points that lie exactly on a threshold go left.
    x[20], y[30] = (
        forest.thresholds[(forest.features == each) & np.isfinite(forest.thresholds)][0] for each in (0, 1)
    )
    x, y = np.sort(x), np.sort(y)
    regions = Regions(x, y, 4)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    for count, part in ((1, forest.trees[:1]), (60, forest.trees[1:])):
        regions.add(Forest(part))
        expected = Forest(forest.trees[:count]).probabilities(points).reshape(47, 61, 4)
        assert np.abs(regions.probabilities() - expected).max() < 1e-9
    assert regions.trees == 60


def test_regions_of_no_tree():
    with pytest.raises(ValueError):
        Regions([0.0], [0.0], 2).probabilities()


def test_the_box_of_each_leaf_holds_what_comes_to_it(forest):
    tree = forest.trees[0]
    found = boxes(tree, 2)
    inside = found[tree.leaf_of(PAIR[0])]
    assert ((inside[..., 0] < PAIR[0]) & (PAIR[0] <= inside[..., 1])).all()
    assert np.isinf(found[0]).all()
    # A cut parts a box in two.
    node = int(np.flatnonzero(~tree.is_leaf)[5])
    left, right = found[tree.lefts[node]], found[tree.rights[node]]
    feature = tree.features[node]
    assert left[feature, 1] == right[feature, 0] == tree.thresholds[node]
    assert left[feature, 0] == found[node, feature, 0]
