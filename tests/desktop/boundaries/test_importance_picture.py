"""How much x and y matter to a model."""

import numpy as np
import pytest

from desktop.boundaries.pictures.importance_picture import (
    BY_IMPURITY,
    BY_PERMUTATION,
    NOTHING,
    WITHOUT_CUTS,
    ImportancePicture,
)
from desktop.widgets.theme import DARK
from engine.evaluation.permutation_importance import Importance
from engine.trees.importance import impurity_importance
from tests.desktop.boundaries.some_trees import some_tree


@pytest.fixture
def picture(qtbot):
    picture = ImportancePicture()
    qtbot.addWidget(picture)
    picture.resize(280, 300)
    picture.show()
    return picture


def measured(drops, baseline=0.9):
    return Importance(np.array(drops), baseline, 1, 6)


def test_without_a_model_it_says_what_to_do(picture):
    assert picture.words == (NOTHING,)
    assert not picture.by_impurity.isVisible()
    picture.set_permutation(measured([0.1, 0.2]))
    picture.set_permutation(None)
    assert picture.words == (NOTHING,)


def test_a_tree_has_both(picture):
    shares = impurity_importance([some_tree()], 2)
    picture.set_impurity(shares)
    picture.set_permutation(measured([0.25, 0.5]))
    assert picture.words == (BY_IMPURITY, BY_PERMUTATION.format(baseline=90))
    assert [(bar.name, bar.text) for bar in picture.by_impurity.bars] == [
        ("x", f"{100 * shares[0]:.0f} %"),
        ("y", f"{100 * shares[1]:.0f} %"),
    ]
    assert [bar.share for bar in picture.by_permutation.bars] == [0.25, 0.5]
    assert picture.by_permutation.accessibleDescription() == "x −25.0 %, y −50.0 %"
    picture.set_colours(DARK)
    picture.grab()


def test_a_network_has_no_impurity(picture):
    picture.set_impurity(np.array([0.5, 0.5]))
    picture.set_impurity(None)
    picture.set_permutation(measured([0.1, 0.2]))
    assert picture.words == (BY_PERMUTATION.format(baseline=90),)
    assert not picture.by_impurity.isVisible()
    assert picture.by_permutation.isVisible()


def test_what_is_not_measured_yet_and_what_loses_nothing(picture):
    picture.set_permutation(measured([0.1, np.nan]))
    assert [bar.text for bar in picture.by_permutation.bars] == ["−10.0 %", "…"]
    picture.set_permutation(measured([-0.012, 0.00001]))
    assert [bar.text for bar in picture.by_permutation.bars] == ["+1.2 %", "0.0 %"]
    picture.grab()


def test_a_tree_without_cuts(picture):
    picture.set_impurity(impurity_importance([some_tree(0)], 2))
    assert picture.words == (WITHOUT_CUTS,)
    assert [bar.text for bar in picture.by_impurity.bars] == ["0 %", "0 %"]
    picture.grab()
