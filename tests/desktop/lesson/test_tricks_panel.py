"""Measuring what makes the last level fast, from the window."""

import pytest

from desktop.lesson.step_runner import TRAINING_RUNS
from engine.lesson.trick_steps import TRICKS
from engine.settings import TrainingSettings

PATIENCE_MS = 300_000


@pytest.fixture
def window(make_window, little_handwriting):
    window = make_window()
    settings = TrainingSettings(hidden=(), epochs=1, batch_size=50)
    window.training.fields.set_settings(settings, "handwriting", "cpu")
    return window


@pytest.fixture
def page(window):
    window._actions.lesson.setChecked(True)
    return window._side_views.lesson.view.page("Levels")


def endless(*_):
    """Nothing is ever known."""
    while True:
        yield ()


def test_tricks_are_shown_on_the_fast_level_alone(window, page):
    assert page.tricks.isVisible()
    assert [row[0] for row in page.tricks.figures] == [trick.title for trick in TRICKS]
    assert {row[1:] for row in page.tricks.figures} == {("–", "–", "–")}
    window.training.fields.choose_level(6)
    assert not page.tricks.isVisible()


@pytest.mark.threaded
def test_measuring_fills_the_table(page, qtbot, monkeypatch):
    monkeypatch.setattr("engine.lesson.tricks.ROUNDS", 1)
    page.tricks._button.click()
    assert page.tricks.is_measuring
    assert page.tricks._button.text() == "Stop"
    qtbot.waitUntil(lambda: not page.tricks.is_measuring, timeout=PATIENCE_MS)
    for _title, step, epoch, _gain in page.tricks.figures:
        assert float(step.replace(",", "")) > 0
        assert float(epoch) >= 0
    gains = [row[-1] for row in page.tricks.figures]
    assert gains[0] == ""
    assert all(gain.startswith("×") for gain in gains[1:])
    assert "times as fast as level 6" in page.tricks.state
    assert "784-10, mini-batches of 50" in page.tricks.state


@pytest.mark.threaded
def test_it_can_be_stopped(page, qtbot, monkeypatch):
    monkeypatch.setattr("engine.lesson.tricks.measure_tricks", endless)
    page.tricks._button.click()
    page.tricks._button.click()
    qtbot.waitUntil(lambda: not page.tricks.is_measuring, timeout=PATIENCE_MS)
    assert page.tricks.state.startswith("Stopped")
    assert page.tricks._button.text() == "Measure on this machine"


@pytest.mark.threaded
def test_another_page_ends_it(window, page, qtbot, monkeypatch):
    monkeypatch.setattr("engine.lesson.tricks.measure_tricks", endless)
    page.tricks._button.click()
    window._side_views.lesson.view.choose("Weights")
    qtbot.waitUntil(lambda: not page.tricks.is_measuring, timeout=PATIENCE_MS)


@pytest.mark.threaded
def test_closing_the_window_ends_it(window, page, monkeypatch):
    monkeypatch.setattr("engine.lesson.tricks.measure_tricks", endless)
    page.tricks._button.click()
    window.close()


@pytest.mark.threaded
def test_what_fails_is_said(page, qtbot, monkeypatch, caplog):
    def fails(*_):
        raise RuntimeError("no such thing")
        yield

    monkeypatch.setattr("engine.lesson.tricks.measure_tricks", fails)
    page.tricks._button.click()
    qtbot.waitUntil(lambda: not page.tricks.is_measuring, timeout=PATIENCE_MS)
    assert "failed unexpectedly" in page.tricks.state
    assert "measuring failed" in caplog.text
    caplog.clear()


def test_a_training_goes_first(window, page, held_training, qtbot):
    window.training.train_button.click()
    qtbot.waitUntil(lambda: page.tricks.state == TRAINING_RUNS)
    assert not page.tricks._button.isEnabled()
    held_training.go_on()
    qtbot.waitUntil(page.tricks._button.isEnabled, timeout=PATIENCE_MS)
    assert page.tricks.state == ""


def test_a_network_that_makes_no_sense_is_said_at_its_field(window, page):
    window.training.fields.hidden.setText("nonsense")
    page.tricks._button.click()
    assert not page.tricks.is_measuring
    assert window.training.fields.fault_line.isVisible()


def test_learning_from_drawings_goes_first(window, page):
    assert window.training_controller.training_lock.take()
    page.tricks._button.click()
    assert not page.tricks.is_measuring
    assert "learning from your drawings" in page.tricks.state
    window.training_controller.training_lock.end()
