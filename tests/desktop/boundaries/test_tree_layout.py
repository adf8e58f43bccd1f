"""Layout and words of a tree."""

from itertools import pairwise

import numpy as np
import pytest

from desktop.boundaries.pictures.cut_words import cut_number, cut_words, threshold_words
from desktop.boundaries.pictures.label_fit import labels_that_fit
from desktop.boundaries.pictures.tree_layout import tree_layout
from engine.trees.tree import ROOT
from tests.desktop.boundaries.some_trees import some_tree


@pytest.mark.parametrize("cuts", [0, 1, 2, 5, 20, None])
def test_leaves_are_evenly_spaced_and_parents_stand_in_the_middle_of_their_children(cuts):
    tree = some_tree(cuts)
    layout = tree_layout(tree)
    leaves = np.sort(layout.x[tree.is_leaf])
    assert leaves == pytest.approx((np.arange(tree.leaves) + 0.5) / tree.leaves)
    parents = ~tree.is_leaf
    middles = (layout.x[tree.lefts[parents]] + layout.x[tree.rights[parents]]) / 2
    assert layout.x[parents] == pytest.approx(middles)
    assert layout.levels == tree.depth + 1


def test_yes_is_to_the_left_and_nothing_crosses():
    tree = some_tree()
    layout = tree_layout(tree)
    parents = ~tree.is_leaf
    assert (layout.x[tree.lefts[parents]] < layout.x[tree.rights[parents]]).all()
    for depth in range(layout.levels):
        assert (np.diff(layout.x[tree.depths == depth]) > 0).all()


def test_the_path_leads_from_the_root_by_children():
    tree = some_tree()
    deepest = int(tree.depths.argmax())
    path = tree_layout(tree).path(deepest)
    assert path[0] == ROOT
    assert path[-1] == deepest
    assert len(path) == tree.depth + 1
    for parent, child in pairwise(path):
        assert child in (tree.lefts[parent], tree.rights[parent])
    assert tree_layout(tree).path(ROOT) == [ROOT]


@pytest.mark.parametrize(
    ("value", "spread", "text"),
    [
        (1.34, 8.0, "1.3"),
        (-0.349, 8.0, "−0.35"),
        (0.034, 8.0, "0.03"),
        (-12.04, 100.0, "−12.0"),
        (1234.6, 5000.0, "1235"),
        (52.5134, 0.02, "52.51"),
        (1e-17, 8.0, "0"),
        (0.0, 0.0, "0"),
        (3.2e-7, 1e-6, "3.2e−7"),
        (-4e8, 1e9, "−4e8"),
    ],
)
def test_thresholds_are_short_and_told_apart(value, spread, text):
    assert cut_number(value, spread) == text


def test_cuts_are_questions_and_leaves_ask_nothing():
    tree = some_tree(2)
    words = threshold_words(tree)
    assert [bool(text) for text in words] == (~tree.is_leaf).tolist()
    assert cut_words(0, "1.3") == "x ≤ 1.3"
    assert cut_words(1, "−1.3", goes_left=False) == "y > −1.3"


def test_words_have_room_beside_those_that_matter_more():
    places, levels = np.array([50.0, 20.0, 40.0, 80.0]), np.array([0, 1, 1, 1])
    weights = np.array([1.0, 0.2, 0.5, 0.3])

    def fit(length, ends=(0.0, 100.0)):
        return labels_that_fit(places, levels, np.full(4, length), weights, 2.0, ends)

    assert fit(15.0) == [True, True, True, True]
    assert fit(30.0) == [True, False, True, True]
    assert fit(70.0) == [True, False, False, False]
    assert fit(30.0, (10.0, 90.0)) == [True, False, True, False]
