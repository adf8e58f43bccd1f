"""The tabs below a model: what they show follows the model, the pointer and the points."""

import numpy as np
import pytest

from desktop.boundaries.details.pages import IMPORTANCE, LOSS, OUT_OF_BAG, TREE_PAGE, TREES, UNITS, WHY
from engine.boundaries.model_settings import FOREST, KINDS, LOGISTIC, NETWORK, TREE

pytestmark = pytest.mark.threaded


def trained(boundaries, qtbot, kind, trees=4):
    model = boundaries.models[0]
    form = model.column.panel.form
    form.trees.setCurrentIndex(form.trees.findData(trees))
    form.kind.setCurrentIndex(form.kind.findData(kind))
    model.toggle()
    if kind in (NETWORK, LOGISTIC):
        qtbot.waitUntil(lambda: model.runner.frame is not None and model.runner.frame.state.steps > 20)
        model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    return model


PAGES = {
    LOGISTIC: (LOSS, UNITS, IMPORTANCE),
    NETWORK: (LOSS, UNITS, IMPORTANCE),
    TREE: (TREE_PAGE, WHY, IMPORTANCE),
    FOREST: (TREES, OUT_OF_BAG, WHY, IMPORTANCE),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_seen_before_and_after_a_training(boundaries, few_points, qtbot, kind):
    model = boundaries.models[0]
    form = model.column.panel.form
    form.kind.setCurrentIndex(form.kind.findData(kind))
    for name in PAGES[kind]:
        model.details.choose(name)
        assert model.details.page.isVisible()
    trained(boundaries, qtbot, kind)
    for name in PAGES[kind]:
        model.details.choose(name)
        model.column.plane.place_hovered.emit((1.0, 1.0))
        assert model.details.page.isVisible()
    boundaries.view.grab()
    model.reset()
    qtbot.waitUntil(lambda: not model.runner.is_busy)


def test_losses_that_came_while_another_page_was_shown_are_in_the_curve(boundaries, few_points, qtbot):
    model = trained(boundaries, qtbot, NETWORK)
    model.details.choose(UNITS)
    model.step()
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    model.details.choose(LOSS)
    state = model.runner.frame.state
    series = model.details.page._chart._models[0].series
    assert series.newest[0] == pytest.approx(state.epochs)
    assert series.newest[1] == pytest.approx(state.training.loss)


def test_a_node_lights_up_on_the_plane_and_a_place_in_the_tree(boundaries, few_points, qtbot):
    model = trained(boundaries, qtbot, TREE)
    model.details.choose(TREE_PAGE)
    picture = model.details.page._picture
    tree = model.runner.frame.state.tree
    rectangle = model.column.plane._rectangle
    assert not rectangle.isVisible()
    picture.node_hovered.emit(int(tree.lefts[0]))
    assert rectangle.isVisible()
    edge = rectangle.rect().right() if tree.features[0] == 0 else rectangle.rect().bottom()
    assert edge == pytest.approx(tree.thresholds[0])
    picture.node_hovered.emit(None)
    assert not rectangle.isVisible()
    place = few_points.sets[0].coordinates[0]
    model.column.plane.place_hovered.emit((float(place[0]), float(place[1])))
    assert picture.marked == tree.leaf_of(place[None])[0]
    model.column.plane.place_hovered.emit(None)
    assert picture.marked is None


def test_a_unit_is_shown_all_over_the_plane(boundaries, few_points, qtbot):
    model = trained(boundaries, qtbot, NETWORK)
    model.details.choose(UNITS)
    plane = model.column.plane
    model.details.page._pictures.unit_hovered.emit((1, 2))
    assert np.array_equal(plane._unit, model.runner.frame.unit_maps[1][:, :, 2])
    model.details.page._pictures.unit_hovered.emit(None)
    assert plane._unit is None
    # With the page, what it has marked goes.
    model.details.page._pictures.unit_hovered.emit((0, 0))
    model.details.choose(LOSS)
    assert plane._unit is None


@pytest.mark.parametrize("kind", [TREE, FOREST, NETWORK])
def test_importance_is_measured_once_the_model_rests(boundaries, few_points, qtbot, kind):
    model = boundaries.models[0]
    form = model.column.panel.form
    form.kind.setCurrentIndex(form.kind.findData(kind))
    model.details.choose(IMPORTANCE)
    page = model.details.page
    trained(boundaries, qtbot, kind)
    qtbot.waitUntil(lambda: not page._task.is_busy)
    said = page._picture.words
    assert "Unshuffled" in said[-1]
    assert len(said) == (1 if kind == NETWORK else 2)


def test_why_explains_the_last_place_with_the_model_as_it_is(boundaries, few_points, qtbot):
    model = trained(boundaries, qtbot, TREE)
    model.details.choose(WHY)
    model.column.plane.place_hovered.emit((2.0, 2.0))
    model.column.plane.place_hovered.emit(None)
    page = model.details.page
    assert "x 2.0, y 2.0" in page._picture.title
    model.column.panel.count.setValue(0)
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    assert "x 2.0, y 2.0" in page._picture.title
    assert "no cut" in page._picture.words


def test_the_code_is_that_of_the_model_and_goes_with_a_new_one(boundaries, few_points, qtbot):
    boundaries.view.code_button.click()
    (first,) = boundaries._codes
    assert "Decision tree" in first.windowTitle()
    form = boundaries.models[0].column.panel.form
    form.kind.setCurrentIndex(form.kind.findData(NETWORK))
    boundaries.view.code_button.click()
    (second,) = boundaries._codes
    assert second is not first
    assert "Network" in second.windowTitle()
    second.close()
    assert boundaries._codes == []
