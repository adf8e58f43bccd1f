"""Boundaries as a user goes through it: points made, painted, opened; models trained on them and compared."""

import json
import stat
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.boundaries.boundaries_controller import BoundariesController
from engine.boundaries.forest_learner import ForestState
from engine.boundaries.network_learner import NetworkState
from engine.boundaries.tree_learner import TreeState

pytestmark = pytest.mark.threaded


def form(boundaries, number=0):
    return boundaries.models[number].column.panel.form


def choose(boundaries, kind, number=0):
    box = form(boundaries, number).kind
    box.setCurrentIndex(box.findData(kind))


def state(boundaries, number=0):
    frame = boundaries.models[number].runner.frame
    return None if frame is None else frame.state


def trained(boundaries, qtbot, kind, number=0):
    """Until a tree or a forest is whole; some frames of a network."""
    choose(boundaries, kind, number)
    model = boundaries.models[number]
    model.column.panel.train_button.click()
    if kind in ("network", "logistic"):
        qtbot.waitUntil(
            lambda: state(boundaries, number) is not None and state(boundaries, number).steps > 50
        )
        model.column.panel.train_button.click()
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    return state(boundaries, number)


def drag(plane, qtbot, *places, button=Qt.MouseButton.LeftButton):
    """Move the mouse over places of the plane with a button held."""
    view = plane.getPlotItem().getViewBox()
    points = [QPointF(plane.mapFromScene(view.mapViewToScene(QPointF(x, y)))) for x, y in places]
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(points) - 1)]
    for kind, point in zip(kinds, points, strict=True):
        send(plane, kind, point, button, button)
    send(plane, QEvent.Type.MouseButtonRelease, points[-1], button, Qt.MouseButton.NoButton)


def send(plane, kind, point, button, held):
    event = QMouseEvent(
        kind, point, QPointF(plane.mapToGlobal(point.toPoint())), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(plane.viewport(), event)


def saved(boundaries, qtbot, path):
    boundaries.save_file(path)
    qtbot.waitUntil(lambda: boundaries.view._remark.text() == f"Saved as “{path.name}”.")


def test_a_tree_shows_its_cuts_up_to_the_last(boundaries, few_points, qtbot):
    last = trained(boundaries, qtbot, "tree")
    assert isinstance(last, TreeState)
    assert last.cuts == last.most > 1
    panel = boundaries.models[0].column.panel
    assert panel.count.value() == last.most
    panel.count.setValue(1)
    qtbot.waitUntil(lambda: state(boundaries).cuts == 1)
    panel.step_button.click()
    qtbot.waitUntil(lambda: state(boundaries).cuts == 2)


def test_a_forest_grows_and_the_slider_takes_trees_away(boundaries, few_points, qtbot):
    choose(boundaries, "forest")
    form(boundaries).trees.setCurrentIndex(form(boundaries).trees.findData(4))
    last = trained(boundaries, qtbot, "forest")
    assert isinstance(last, ForestState)
    assert len(last.grown) == 4
    boundaries.models[0].column.panel.count.setValue(2)
    qtbot.waitUntil(lambda: len(state(boundaries).grown) == 2)


@pytest.mark.parametrize("kind", ["network", "logistic"])
def test_a_network_learns_until_it_is_paused(boundaries, few_points, qtbot, kind):
    last = trained(boundaries, qtbot, kind)
    assert isinstance(last, NetworkState)
    assert len(last.network.architecture.sizes) == (4 if kind == "network" else 2)
    assert boundaries.models[0].column.panel.train_button.text() == "Train"
    steps = last.steps
    boundaries.models[0].column.panel.step_button.click()
    qtbot.waitUntil(lambda: state(boundaries).steps > steps)
    boundaries.models[0].column.panel.reset_button.click()
    qtbot.waitUntil(lambda: not boundaries.models[0].runner.is_busy)
    assert state(boundaries) is None


def test_two_models_learn_the_same_points(boundaries, few_points, qtbot):
    boundaries.view.comparing.setChecked(True)
    assert isinstance(trained(boundaries, qtbot, "tree", 0), TreeState)
    assert isinstance(trained(boundaries, qtbot, "network", 1), NetworkState)
    training = few_points.sets[0]
    assert (
        state(boundaries, 0).training.accuracy
        == (state(boundaries, 0).tree.predict(training.coordinates) == training.labels).mean()
    )
    boundaries.view.comparing.setChecked(False)
    assert boundaries.models[1].column.isHidden()
    qtbot.waitUntil(lambda: not boundaries.models[1].runner.is_busy)


def test_painting_adds_points_and_a_tree_that_was_whole_is_whole_again(boundaries, few_points, qtbot):
    trained(boundaries, qtbot, "tree")
    before = len(few_points.points)
    boundaries.view.data.brushes[2].click()
    drag(boundaries.models[0].column.plane, qtbot, (-5, -5), (-3, -5), (0, -5))
    assert len(few_points.points) == before + 3 * 5
    assert (few_points.points.labels[before:] == 2).all()
    model = boundaries.models[0]
    qtbot.waitUntil(lambda: not model.runner.is_busy and state(boundaries) is not None)
    last = state(boundaries)
    assert last.cuts == last.most
    assert last.tree.counts[0].sum() == len(few_points.sets[0])
    assert boundaries.view.data.undo_button.isEnabled()
    boundaries.view.data.undo_button.click()
    assert len(few_points.points) == before
    qtbot.waitUntil(lambda: not model.runner.is_busy)


def test_a_tree_that_was_whole_is_whole_however_quickly_points_come(boundaries, few_points, qtbot):
    boundaries.document.make(replace(few_points.pattern, noise=1.0))
    whole = trained(boundaries, qtbot, "tree").most
    # Other points before there is a frame of those before them, and with many more cuts to make.
    for count in (100, 200, 400):
        boundaries.document.make(replace(few_points.pattern, noise=3.0, count=count))
    model = boundaries.models[0]
    qtbot.waitUntil(lambda: not model.runner.is_busy and state(boundaries) is not None)
    assert state(boundaries).cuts == state(boundaries).most > whole


def test_points_wait_for_a_second_model_that_is_not_shown(boundaries, few_points, qtbot):
    boundaries.view.comparing.setChecked(True)
    trained(boundaries, qtbot, "tree", 1)
    boundaries.view.comparing.setChecked(False)
    boundaries.document.make(replace(few_points.pattern, count=90))
    plane = boundaries.models[1].column.plane
    assert sum(map(len, plane._sets)) == 60
    boundaries.view.comparing.setChecked(True)
    assert sum(map(len, plane._sets)) == 90


def test_the_right_button_erases(boundaries, few_points, qtbot):
    x, y = few_points.points.coordinates[0]
    drag(boundaries.models[0].column.plane, qtbot, (x, y), button=Qt.MouseButton.RightButton)
    assert len(few_points.points) < 60


def test_the_keyboard_paints_too(boundaries, few_points, qtbot):
    plane = boundaries.models[0].column.plane
    plane.setFocus()
    QTest.keyClick(plane, Qt.Key.Key_Right)  # the cross comes to the middle
    QTest.keyClick(plane, Qt.Key.Key_Right)
    QTest.keyClick(plane, Qt.Key.Key_Space)
    assert len(few_points.points) == 65
    middle = few_points.points.coordinates[60:].mean(axis=0)
    assert 0 < middle[0] < 1
    QTest.keyClick(plane, Qt.Key.Key_Backspace)
    assert len(few_points.points) < 65


def test_dragging_the_noise_keeps_a_running_network_running(boundaries, few_points, qtbot):
    choose(boundaries, "network")
    model = boundaries.models[0]
    model.toggle()
    qtbot.waitUntil(lambda: state(boundaries) is not None and state(boundaries).steps > 5)
    for value in range(10, 40, 5):
        boundaries.view.data.noise.setValue(value)
    qtbot.waitUntil(lambda: state(boundaries) is not None and state(boundaries).steps > 5)
    assert model.runner.is_running
    last = model.runner.frame.state
    assert last.training.accuracy == pytest.approx(
        (last.network.predict(few_points.sets[0].coordinates) == few_points.sets[0].labels).mean()
    )
    model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_busy)


def test_where_the_pointer_is_the_model_says_what_it_answers(boundaries, few_points, qtbot):
    trained(boundaries, qtbot, "tree")
    model = boundaries.models[0]
    x, y = few_points.sets[0].coordinates[0]
    model.column.plane.place_hovered.emit((float(x), float(y)))
    assert "100 %" in model.column.readout.text()
    model.column.plane.place_hovered.emit(None)
    assert not model.column.readout.text().strip()


def test_one_class_and_no_points_are_a_sentence_and_nothing_is_lost(boundaries, few_points, qtbot):
    boundaries.view.data.clear_button.click()
    model = boundaries.models[0]
    model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    assert "no points yet" in model.column.panel._message.text()
    drag(model.column.plane, qtbot, (0, 0))
    model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    assert "one class" in model.column.panel._message.text()
    boundaries.view.data.brushes[1].click()
    drag(model.column.plane, qtbot, (3, 3))
    model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_busy and state(boundaries) is not None)
    assert model.column.panel._message.isHidden()


def test_a_rate_that_is_too_high_is_a_sentence(boundaries, few_points, qtbot):
    choose(boundaries, "network")
    form(boundaries).rate.setValue(10)
    form(boundaries).hidden.setText("64 64 64")
    form(boundaries).hidden.editingFinished.emit()
    model = boundaries.models[0]
    model.toggle()
    qtbot.waitUntil(lambda: not model.runner.is_running)
    qtbot.waitUntil(lambda: not model.runner.is_busy)
    assert "learning rate" in model.column.panel._message.text()


def test_a_field_that_makes_no_sense_is_marked(boundaries, few_points):
    choose(boundaries, "network")
    form(boundaries).hidden.setText("eight")
    boundaries.models[0].toggle()
    assert not form(boundaries).fault_line.isHidden()
    assert form(boundaries).hidden.property("invalid")
    assert state(boundaries) is None


def test_an_experiment_comes_back_whole(boundaries, few_points, qtbot, tmp_path):
    boundaries.view.comparing.setChecked(True)
    choose(boundaries, "network", 1)
    form(boundaries, 1).hidden.setText("4 4")
    form(boundaries, 1).hidden.editingFinished.emit()
    path = tmp_path / "experiment.json"
    saved(boundaries, qtbot, path)
    boundaries.view.comparing.setChecked(False)
    boundaries.view.data.clear_button.click()
    with qtbot.waitSignal(boundaries.document.points_changed):
        boundaries.open_file(path)
    qtbot.waitUntil(lambda: boundaries.view.comparing.isChecked())
    assert boundaries.document.pattern == few_points.pattern
    assert len(boundaries.document.points) == 60
    assert form(boundaries, 1).settings().training.hidden == (4, 4)
    assert form(boundaries, 0).settings().kind == "tree"


def test_points_go_to_csv_and_come_back(boundaries, few_points, qtbot, tmp_path):
    path = tmp_path / "points.csv"
    saved(boundaries, qtbot, path)
    before = boundaries.document.points
    boundaries.view.data.clear_button.click()
    with qtbot.waitSignal(boundaries.document.points_changed):
        boundaries.open_file(path)
    assert np.array_equal(boundaries.document.points.coordinates, before.coordinates)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.csv", None, "could not be opened"),
        ("words.csv", "all of this is prose", "has no points"),
        ("other.json", json.dumps({"kind": "else"}), "holds no experiment"),
        ("broken.json", "{", "holds no experiment"),
    ],
)
def test_a_file_that_is_neither_is_one_sentence(boundaries, few_points, qtbot, tmp_path, name, text, said):
    if text is not None:
        (tmp_path / name).write_text(text)
    boundaries.open_file(tmp_path / name)
    qtbot.waitUntil(lambda: said in boundaries.view._remark.text())
    assert len(few_points.points) == 60


def test_lines_that_are_left_out_are_counted(boundaries, few_points, qtbot, tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("x,y,class\n1,2,red\nnan,1,red\nword,2,blue\n3,4,blue\n1,2,blue\n")
    with qtbot.waitSignal(boundaries.files.opened):
        boundaries.open_file(path)
    said = boundaries.view.data._message.text()
    assert "1 line was left out" in said
    assert "1 point was left out" in said
    assert "no model gets all of them right" in said


def test_it_is_a_place_of_the_window(make_window, qtbot):
    window = make_window()
    window._actions.boundaries.setChecked(True)
    boundaries = window._side_views.boundaries
    assert boundaries.view.isVisible()
    assert not window.canvas.isVisible()
    assert not window.training.isVisible()
    boundaries.models[0].toggle()
    qtbot.waitUntil(lambda: not boundaries.models[0].runner.is_busy)
    boundaries.view.closed.emit()
    assert window.canvas.isVisible()
    assert window.training.isVisible()


def reopened(boundaries, qtbot, tmp_path):
    """As after the next start."""
    boundaries.files.close()
    again = BoundariesController(tmp_path / "data", frame_s=0.0)
    qtbot.addWidget(again.view)
    return again


def test_what_was_painted_is_there_at_the_next_start(boundaries, few_points, qtbot, tmp_path):
    drag(boundaries.models[0].column.plane, qtbot, (0, 0), (3, 3))
    choose(boundaries, "network")
    form(boundaries).hidden.setText("5 5")
    form(boundaries).hidden.editingFinished.emit()
    again = reopened(boundaries, qtbot, tmp_path)
    assert np.array_equal(again.document.points.coordinates, few_points.points.coordinates)
    assert again.models[0].settings.training.hidden == (5, 5)
    assert not again.document.can_undo
    again.close()
    kept = tmp_path / "data" / "boundaries.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_it_is_kept_while_the_program_goes_on(boundaries, few_points, qtbot, tmp_path):
    kept = tmp_path / "data" / "boundaries.json"
    drag(boundaries.models[0].column.plane, qtbot, (0, 0))
    qtbot.waitUntil(kept.exists)
    assert len(json.loads(kept.read_text())["points"]) == 65


def test_what_cannot_be_read_at_the_next_start_is_put_aside(boundaries, few_points, qtbot, tmp_path):
    boundaries.files.close()
    kept = tmp_path / "data" / "boundaries.json"
    kept.write_text("{ torn")
    again = reopened(boundaries, qtbot, tmp_path)
    assert len(again.document.points) == 400
    assert "put aside" in again.view._remark.text()
    assert kept.with_name("boundaries.json.broken").read_text() == "{ torn"
    again.close()


def test_points_can_be_pasted(boundaries, few_points, qtbot):
    with qtbot.waitSignal(boundaries.files.opened):
        boundaries.paste("1\t2\tred\n3\t4\tblue")
    assert len(boundaries.document.points) == 2
    boundaries.paste("no points at all")
    qtbot.waitUntil(lambda: "What was pasted has no points" in boundaries.view._remark.text())
    assert len(boundaries.document.points) == 2


def test_an_experiment_can_be_copied_and_pasted(boundaries, few_points, qtbot):
    boundaries.view.data.copy_button.click()
    text = QApplication.clipboard().text()
    boundaries.view.data.clear_button.click()
    with qtbot.waitSignal(boundaries.files.opened):
        boundaries.paste(text)
    assert len(boundaries.document.points) == 60
    assert boundaries.document.is_made


def test_ctrl_z_takes_a_stroke_back(boundaries, few_points, qtbot):
    boundaries.view.activateWindow()
    drag(boundaries.models[0].column.plane, qtbot, (0, 0))
    boundaries.models[0].column.plane.setFocus()
    QTest.keyClick(boundaries.models[0].column.plane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(few_points.points) == 60


def test_points_that_are_opened_or_pasted_in_the_window_come_here(make_window, qtbot, tmp_path):
    window = make_window()
    path = tmp_path / "points.csv"
    path.write_text("1,2,red\n3,4,blue\n")
    window._files.take([path])
    boundaries = window._side_views.boundaries
    qtbot.waitUntil(lambda: len(boundaries.document.points) == 2)
    assert boundaries.view.isVisible()
    QApplication.clipboard().setText("1,2,red\n3,4,blue\n5,6,red\n")
    window._actions.paste.trigger()
    qtbot.waitUntil(lambda: len(boundaries.document.points) == 3)
    assert boundaries.view.isVisible()
