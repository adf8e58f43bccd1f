"""Each page shows the network that is chosen there, begins with its own state, and says which it is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.lesson.network_choice import FRESH
from desktop.lesson.shown_network import READING, STEPPED, TRAINED
from engine.training.rate_finder import TriedRate
from tests.desktop.lesson.conftest import page
from tests.desktop.patience import PATIENCE_MS


@pytest.fixture
def epochs() -> int:
    return 20


def take_steps(qtbot, lesson, count):
    step = page(lesson, "Step")
    for number in range(len(step.losses) + 1, len(step.losses) + count + 1):
        step._step.click()
        qtbot.waitUntil(lambda number=number: len(step.losses) == number, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)
    return step


def search(qtbot, lesson):
    """Losses of a search, and the rate found."""
    rate = page(lesson, "Rate")
    found = []
    lesson.rate_runner.rate_found.connect(lambda tried, suggested: found.append((tried, suggested)))
    rate._find.click()
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not lesson.rate_runner.is_busy, timeout=PATIENCE_MS)
    return [each.loss for each in found[0][0]], found[0][1]


def choose(box, source):
    box.setCurrentIndex(box.findData(source))


def is_offered(choice, source):
    return choice.box.model().item(choice.box.findData(source)).isEnabled()


def test_the_search_for_a_rate_is_the_same_before_steps_and_after(lesson, qtbot):
    losses, suggested = search(qtbot, lesson)
    step = take_steps(qtbot, lesson, 25)
    assert step.losses[-1] < 0.8 * losses[0]  # it has learned something meanwhile
    assert search(qtbot, lesson) == (losses, suggested)
    assert losses[0] == pytest.approx(step.losses[0], rel=1e-5)  # fresh weights
    assert len(step.losses) == 25
    assert page(lesson, "Rate").state.startswith(f"Suggested: {suggested:g}")
    assert "784-10 from fresh weights" in page(lesson, "Rate").state


def test_a_search_can_start_from_another_network_which_stays_as_it_is(window, lesson, qtbot):
    fresh, _ = search(qtbot, lesson)
    rate = page(lesson, "Rate")
    assert not is_offered(rate.start, STEPPED)
    take_steps(qtbot, lesson, 25)
    assert is_offered(rate.start, STEPPED)
    before = {name: each.clone() for name, each in lesson.sources.network(STEPPED).weights.items()}
    choose(rate.start.box, STEPPED)
    losses, _ = search(qtbot, lesson)
    assert losses[0] < 0.8 * fresh[0]
    after = lesson.sources.network(STEPPED).weights
    assert all(after[name].equal(before[name]) for name in before)
    # The network in use has hidden layers of its own, whatever the panel says.
    choose(rate.start.box, READING)
    losses, _ = search(qtbot, lesson)
    assert losses[0] < 0.5 * fresh[0]
    assert "784-" in rate.state
    assert "from the network in use" in rate.state


def test_steps_start_from_fresh_weights_or_from_the_network_in_use(window, lesson, qtbot):
    step = take_steps(qtbot, lesson, 1)
    fresh = step.losses[0]
    assert step._network.text() == "784-10, level 7, from fresh weights."
    in_use = {name: each.clone() for name, each in window.networks.model.weights.items()}
    choose(step.start.box, READING)
    step._step.click()  # another start begins another training
    qtbot.waitUntil(lambda: "network in use" in step._network.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(step.losses) == 1 and step.losses[0] != fresh, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)
    assert step.losses[0] < 0.5 * fresh
    take_steps(qtbot, lesson, 1)  # and goes on with it
    assert len(step.losses) == 2
    assert all(window.networks.model.weights[name].equal(in_use[name]) for name in in_use)


def test_a_network_that_cannot_be_trained_is_refused_in_a_sentence(window, lesson, qtbot):
    model = window.networks.model
    architecture = replace(model.architecture, activation="tanh")
    window.networks.use(replace(model, architecture=architecture), None)
    step = page(lesson, "Step")
    choose(step.start.box, READING)
    step._step.click()
    assert "cannot start from the network in use: choose fresh weights" in step.state
    assert not lesson.step_runner.is_busy


def test_weights_show_what_reads_the_pad_until_another_network_is_chosen(window, lesson, qtbot):
    take_steps(qtbot, lesson, 2)
    weights = page(lesson, "Weights")
    qtbot.waitUntil(lambda: "The network in use" in weights.caption)
    assert weights.choice.source == READING
    assert not is_offered(weights.choice, TRAINED)
    choose(weights.choice.box, STEPPED)
    qtbot.waitUntil(lambda: "on the Step page, after step 2" in weights.caption)
    assert weights.grid.count == 10
    take_steps(qtbot, lesson, 1)
    page(lesson, "Weights")
    qtbot.waitUntil(lambda: "after step 3" in weights.caption)
    choose(weights.choice.box, READING)
    qtbot.waitUntil(lambda: "The network in use" in weights.caption)


def test_a_training_is_seen_while_it_runs_and_afterwards(window, lesson, qtbot):
    weights = page(lesson, "Weights")
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert is_offered(weights.choice, TRAINED)
    choose(weights.choice.box, TRAINED)
    qtbot.waitUntil(lambda: "trained last" in weights.caption)


def test_each_page_has_a_choice_of_its_own(lesson, qtbot):
    step, rate = page(lesson, "Step"), page(lesson, "Rate")
    choose(step.start.box, READING)
    assert rate.start.source == FRESH
    assert page(lesson, "Weights").choice.source == READING


def test_a_search_that_is_stopped_says_so_no_longer(lesson, qtbot, monkeypatch):
    def tries_for_ever(*_):
        while True:
            yield TriedRate(0.01, 1.0, 1.0)

    monkeypatch.setattr("engine.training.rate_finder.try_rates", tries_for_ever)
    rate = page(lesson, "Rate")
    rate._find.click()
    assert "raising the learning rate" in rate.state
    assert not rate.start.isEnabled()
    rate._find.click()
    qtbot.waitUntil(lambda: not lesson.rate_runner.is_busy, timeout=PATIENCE_MS)
    assert "raising the learning rate" not in rate.state
    assert rate.start.isEnabled()


def test_the_choice_is_reached_and_changed_by_keyboard(lesson, qtbot):
    weights = page(lesson, "Weights")
    take_steps(qtbot, lesson, 1)
    page(lesson, "Weights")
    box = weights.choice.box
    assert box.accessibleName() == "Network"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert weights.choice.source == STEPPED  # past the one that there is not
