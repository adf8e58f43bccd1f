"""Trees, judged by scikit-learn and by trying every cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

from engine.errors import SettingsError
from engine.trees.growing import Draw, grow_tree, grow_trees
from engine.trees.impurity import CRITERIA, entropy, gini
from engine.trees.samples import Samples
from engine.trees.settings import TreeSettings
from tests.engine.trees.some_samples import as_samples, clouds


def judge(settings, pair):
    return DecisionTreeClassifier(
        criterion=settings.criterion,
        max_depth=settings.depth,
        min_samples_leaf=settings.least_leaf,
        random_state=0,
    ).fit(*pair)


def nodes_of(tree, node=0):
    """Feature, threshold and counts of all nodes, the left side first."""
    own = (tree.features[node], tree.thresholds[node], *tree.counts[node])
    if tree.is_leaf[node]:
        return [own]
    return [own, *nodes_of(tree, tree.lefts[node]), *nodes_of(tree, tree.rights[node])]


def ties(tree, judged, node=0, other=0):
    """How many nodes are cut elsewhere than in scikit-learn's tree, which has to be as good a cut."""
    counts = judged.value[:, 0] * judged.n_node_samples[:, None]
    assert np.allclose(tree.counts[node], counts[other])
    assert tree.is_leaf[node] == (judged.children_left[other] == -1)
    if tree.is_leaf[node]:
        return 0
    sides = judged.children_left[other], judged.children_right[other]
    place = tree.features[node], tree.thresholds[node]
    if place == (judged.feature[other], pytest.approx(judged.threshold[other], abs=1e-12)):
        return ties(tree, judged, tree.lefts[node], sides[0]) + ties(
            tree, judged, tree.rights[node], sides[1]
        )
    sums = CRITERIA[tree.criterion].impurity_sum
    ours = sums(tree.counts[[tree.lefts[node], tree.rights[node]]].T).sum()
    assert ours == pytest.approx(sums(counts[list(sides)].T).sum(), abs=1e-6)
    return 1


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("limits", [{"depth": 3}, {"least_leaf": 25}, {"depth": 5, "least_leaf": 9}], ids=str)
@pytest.mark.parametrize("classes", [2, 4, 8])
def test_without_ties_the_cuts_are_those_of_scikit_learn(criterion, limits, classes):
    way = TreeSettings(criterion, **limits)
    pair = clouds(1000, classes, seed=classes)
    tree, judged = grow_tree(as_samples(pair), way), judge(way, pair)
    found = ties(tree, judged.tree_)
    assert found <= 1
    if not found:
        assert np.array_equal(tree.predict(pair[0]), judged.predict(pair[0]))
        assert np.allclose(tree.probabilities(pair[0]), judged.predict_proba(pair[0]))


def test_there_are_no_ties_in_a_large_set():
    way = TreeSettings(depth=6, least_leaf=60)
    pair = clouds(6000, 4, seed=3)
    assert ties(grow_tree(as_samples(pair), way), judge(way, pair).tree_) == 0


@pytest.mark.parametrize("features", [1, 2, 5])
@pytest.mark.parametrize("grid", [None, 2], ids=["no value twice", "values many times"])
def test_grown_out_it_is_as_accurate_as_scikit_learns(features, grid):
    pair = clouds(2000, 4, features, seed=1, grid=grid)
    values, labels = clouds(3000, 4, features, seed=1, grid=grid)
    values, labels = values[2000:], labels[2000:]
    tree, judged = grow_tree(as_samples(pair), TreeSettings()), judge(TreeSettings(), pair)
    assert (tree.predict(pair[0]) == pair[1]).mean() == judged.score(*pair)
    assert (tree.predict(values) == labels).mean() == pytest.approx(judged.score(values, labels), abs=0.03)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 2)), min_size=1, max_size=40),
    st.sampled_from(sorted(CRITERIA)),
    st.integers(1, 5),
)
@settings(max_examples=60)
def test_each_cut_is_the_best_there_is(rows, criterion, least_leaf):
    table = np.array(rows)
    values, labels = table[:, :2].astype(np.float64), table[:, 2]
    tree = grow_tree(Samples.of(values, labels, 3), TreeSettings(criterion, least_leaf=least_leaf))
    impurity_sum = CRITERIA[criterion].impurity_sum

    def visit(node, chosen):
        counts = np.bincount(labels[chosen], minlength=3)
        assert np.array_equal(tree.counts[node], counts)
        best = min(
            (
                float(impurity_sum(np.bincount(labels[left], minlength=3)[:, None].astype(float))[0])
                + float(impurity_sum(np.bincount(labels[right], minlength=3)[:, None].astype(float))[0])
                for feature in range(2)
                for value in np.unique(values[chosen, feature])[:-1]
                for left in [chosen[values[chosen, feature] <= value]]
                for right in [chosen[values[chosen, feature] > value]]
                if min(len(left), len(right)) >= least_leaf
            ),
            default=np.inf,
        )
        if tree.is_leaf[node]:
            assert best == np.inf or counts.max() == counts.sum()
            return
        goes_left = values[chosen, tree.features[node]] <= tree.thresholds[node]
        sums = impurity_sum(tree.counts[[tree.lefts[node], tree.rights[node]]].T).sum()
        assert sums == pytest.approx(best, abs=1e-9)
        visit(tree.lefts[node], chosen[goes_left])
        visit(tree.rights[node], chosen[~goes_left])

    visit(0, np.arange(len(labels)))


def test_a_sample_that_counts_three_times_is_as_good_as_three():
    values, labels = clouds(200)
    weights = np.random.default_rng(3).integers(0, 4, 200)
    way = TreeSettings(depth=6, least_leaf=4)
    draw = Draw(weights.astype(np.float64), 2, np.random.default_rng(0))
    (weighed,) = grow_trees(Samples.of(values, labels), way, [draw])
    repeated = grow_tree(Samples.of(np.repeat(values, weights, axis=0), np.repeat(labels, weights), 4), way)
    assert nodes_of(weighed) == nodes_of(repeated)


def test_a_tree_does_not_depend_on_those_beside_it():
    samples = as_samples(clouds(300, features=3))

    def draw(seed):
        generator = np.random.default_rng(seed)
        return Draw(generator.integers(0, 3, 300).astype(np.float64), 1, generator)

    together = grow_trees(samples, TreeSettings(), [draw(seed) for seed in range(3)])
    alone = [grow_trees(samples, TreeSettings(), [draw(seed)])[0] for seed in range(3)]
    assert [nodes_of(tree) for tree in together] == [nodes_of(tree) for tree in alone]


def test_the_nodes_are_numbered_by_depth():
    tree = grow_tree(as_samples(clouds()), TreeSettings(depth=7))
    inner = ~tree.is_leaf
    assert (np.diff(tree.depths) >= 0).all()
    assert np.array_equal(tree.depths[tree.lefts[inner]], tree.depths[inner] + 1)
    assert sorted([0, *tree.lefts[inner], *tree.rights[inner]]) == list(range(len(tree)))
    assert tree.depth == 7
    assert tree.leaves == inner.sum() + 1


def test_the_samples_in_a_leaf_are_those_that_it_counts():
    pair = clouds()
    tree = grow_tree(as_samples(pair), TreeSettings(least_leaf=10))
    leaves = tree.leaf_of(pair[0])
    assert tree.is_leaf[leaves].all()
    counts = np.zeros_like(tree.counts)
    np.add.at(counts, (leaves, pair[1]), 1)
    assert np.array_equal(counts[tree.is_leaf], tree.counts[tree.is_leaf])


def test_one_class_one_point_and_one_place_are_a_single_leaf():
    for values, labels in (
        (np.random.default_rng(0).random((20, 2)), np.ones(20, dtype=np.int64)),
        (np.zeros((1, 2)), np.array([0])),
        (np.ones((6, 2)), np.array([0, 1, 1, 0, 1, 2])),
    ):
        tree = grow_tree(Samples.of(values, labels), TreeSettings())
        assert len(tree) == 1
        assert tree.predict(np.array([[0.5, 7.0]])).tolist() == [1 if len(labels) > 1 else 0]


def test_neighbouring_numbers_are_told_apart():
    low = 1e300
    high = float(np.nextafter(low, np.inf))
    tree = grow_tree(Samples.of(np.array([[low], [high]]), np.array([0, 1])), TreeSettings())
    assert tree.predict(np.array([[low], [high]])).tolist() == [0, 1]


def test_impurity():
    counts = np.array([[4.0, 2.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 4.0, 0.0]])
    assert gini(counts).tolist() == pytest.approx([0, 1 - (0.0625 + 0.0625 + 0.25), 0])
    assert entropy(counts).tolist() == pytest.approx([0, 1.5, 0])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("criterion", {"criterion": "luck"}), ("depth", {"depth": -1}), ("least_leaf", {"least_leaf": 0})],
)
def test_settings_that_make_no_sense(field, wrong):
    with pytest.raises(SettingsError) as caught:
        grow_tree(as_samples(clouds(20)), TreeSettings(**wrong))
    assert caught.value.field == field


def test_samples_that_are_none():
    for values, labels in (
        (np.zeros((0, 2)), np.zeros(0, dtype=np.int64)),
        (np.array([[np.nan, 0.0]]), np.array([0])),
        (np.zeros((2, 2)), np.array([0, -1])),
    ):
        with pytest.raises(ValueError):
            Samples.of(values, labels)
