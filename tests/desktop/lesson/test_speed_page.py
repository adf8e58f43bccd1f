"""The page of speed, and what measures for it."""

import threading
from itertools import pairwise

import pytest
import torch
from PySide6.QtCore import QObject, Qt, Signal

from desktop.lesson.speed.bar import USUAL, Decades, SpeedScale, decades
from desktop.lesson.speed.controller import SpeedController
from desktop.lesson.speed.page import SpeedPage
from desktop.lesson.speed.text import rate_text, reason, task_text, time_text, times_text, title
from desktop.training.training_lock import TrainingLock
from desktop.widgets.theme import DARK
from engine.lesson import speed, speed_tasks
from engine.lesson.speed import ROUNDS, Timing
from engine.lesson.speed_tasks import PRODUCT, SUM, TASKS, Method, Way

LOOP, ELEMENTS, OPERATOR = Way(Method.LOOP), Way(Method.ELEMENTS), Way(Method.OPERATOR)
THREADS = Way(Method.OPERATOR, 8)
CARD = Way(Method.OPERATOR, 1, torch.device("cuda"), "Some card")
_NAP_S = 0.02
WAYS = (LOOP, ELEMENTS, OPERATOR, THREADS, CARD)


def timing(task, way, seconds, fault="", number=ROUNDS, share=1.0):
    return Timing(task, way, number, seconds, 0.5, share, 2e-7, fault)


def timings(number=ROUNDS):
    return [
        timing(task, way, seconds, number=number)
        for task in TASKS
        for way, seconds in zip(WAYS, (0.5, 0.01, 1e-3, 3e-4, 1e-4), strict=True)
    ]


@pytest.fixture
def page(qtbot, theme):
    page = SpeedPage()
    qtbot.addWidget(page)
    page.resize(860, 690)
    page.set_ways(WAYS)
    page.show()
    qtbot.waitExposed(page)
    return page


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_before_the_first_measurement_it_says_what_to_do(page):
    assert page.state.startswith("Press Measure.")
    for bars in page.bars.values():
        for row in bars.rows.values():
            assert row.times == "not measured yet"
            assert row.reason.text().endswith(".")
            assert row.bar.length == 0


def test_bars_grow_with_the_speed_and_say_how_many_times(page):
    page.show_timings(timings())
    for bars in page.bars.values():
        rows = list(bars.rows.values())
        lengths = [row.bar.length for row in rows]
        assert lengths == sorted(lengths)
        assert 0 < lengths[0] < lengths[-1] <= 1
        assert [row.times for row in rows] == [
            "500 ms",
            "10 ms · 50 times as fast",
            "1.0 ms · 500 times as fast",
            "300 µs · 1,700 times as fast",
            "100 µs · 5,000 times as fast",
        ]
        assert "5,000 times" in rows[-1].bar.accessibleName()


def test_the_same_speed_is_as_long_in_both_tasks(page):
    page.show_timings([timing(task, OPERATOR, task.multiplications / 1e9) for task in TASKS])
    one, other = (bars.rows[OPERATOR].bar.length for bars in page.bars.values())
    assert one == pytest.approx(other)


def test_the_end_says_that_all_results_agree(page):
    told = []
    page.measured.connect(told.append)
    page.show_timings(timings())
    page.show_end(was_stopped=False)
    assert page.state == (
        f"Medians of {ROUNDS} rounds. All results agree in their first 6 digits; the rest is rounding."
    )
    assert told == [page.timings]
    assert len(told[0]) == len(TASKS) * len(WAYS)


def test_a_processor_that_others_kept_busy_is_told(page):
    page.show_timings([timing(SUM, LOOP, 0.5, share=0.4)])
    page.show_end(was_stopped=False)
    assert page.state.endswith(" measure again when it is quiet.")


def test_a_fault_is_told_in_its_row(page):
    page.show_timings(
        [timing(SUM, LOOP, 0.5), timing(SUM, CARD, float("nan"), "Some card failed: no memory.")]
    )
    row = page.bars[SUM].rows[CARD]
    assert row.times == "not measured"
    assert row.reason.text() == "Some card failed: no memory."
    assert row.reason.property("warning")
    assert row.bar.length == 0


def test_the_code_that_runs_is_a_click_away(page, qtbot):
    row = page.bars[PRODUCT].rows[ELEMENTS]
    assert row.code is None
    click(qtbot, row.fold)
    assert row.code.isVisible()
    assert "products = left[:, :, None] * right" in row.code.toPlainText()
    click(qtbot, row.fold)
    assert not row.code.isVisible()


def test_other_ways_take_the_place_of_those_before(page):
    page.show_timings(timings())
    kept = page.bars[SUM].rows[LOOP]
    page.set_ways((LOOP, OPERATOR))
    assert list(page.bars[SUM].rows) == [LOOP, OPERATOR]
    assert page.bars[SUM].rows[LOOP] is kept
    assert kept.times == "not measured yet"
    assert page.timings == []


def test_what_is_in_the_way_is_said_and_then_what_was_said_before(page):
    page.show_timings(timings())
    page.show_end(was_stopped=False)
    summary = page.state
    page.set_blocked("Something runs.")
    page.show_timings(timings())
    assert page.state == "Something runs."
    assert not page.measure_button.isEnabled()
    page.set_blocked("")
    assert page.state == summary
    assert page.measure_button.isEnabled()


@pytest.mark.parametrize("width", [460, 1500])
def test_everything_fits(qtbot, page, width):
    page.show_timings(timings())
    for bars in page.bars.values():
        for row in bars.rows.values():
            row.fold.click()
    page.resize(width, 690)
    assert page.width() == width
    before = page.grab().toImage()
    page.set_colours(DARK)
    assert page.grab().toImage() != before


def test_the_scale_has_room_for_every_rate_and_its_names_for_themselves(qtbot, page):
    assert decades([]) == USUAL
    assert decades([5e4, 3e13]) == Decades(4, 14)
    assert decades([2e7, 3e7]) == Decades(6, 9)
    scale = SpeedScale()
    qtbot.addWidget(scale)
    for width in (160, 420, 900):
        scale.resize(width, 20)
        names = scale.names()
        assert names[0][0] == "1 million"
        metrics = scale.fontMetrics()
        for (one, left), (_, right) in pairwise(names):
            assert right > left + metrics.horizontalAdvance(one)
        assert names[-1][1] + metrics.horizontalAdvance(names[-1][0]) <= width
    scale.grab()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.23, "1.2 s"), (0.0312, "31 ms"), (0.0031, "3.1 ms"), (45e-6, "45 µs"), (4.5e-7, "0.5 µs")],
)
def test_times_are_short(seconds, text):
    assert time_text(seconds) == text


def test_rates_tasks_and_ways_are_named_as_people_say_them():
    assert [rate_text(10.0**power) for power in (5, 6, 8, 9, 12)] == [
        "100,000",
        "1 million",
        "100 million",
        "1 billion",
        "1 trillion",
    ]
    assert task_text(SUM) == "500,000 pairs of numbers, multiplied and added up"
    assert task_text(PRODUCT) == "128 × 128 times 128 × 128 numbers: 2,097,152 multiplications and additions"
    assert [title(way) for way in WAYS] == [
        "Python loop",
        "Element by element",
        "@ with one thread",
        "@ with 8 threads",
        "@ on the graphics card",
    ]
    assert times_text(timing(SUM, OPERATOR, 0.4)) == "400 ms · 1.2 times as fast"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.25e-3, "4.0 times as fast as one"), (0.95e-3, "gain nothing here"), (3e-3, "slower than one here")],
)
def test_what_more_cores_bring_is_said_as_it_was_measured(seconds, words):
    assert words in reason(SUM, THREADS, timing(SUM, THREADS, seconds), timing(SUM, OPERATOR, 1e-3))
    assert "share the work" in reason(SUM, THREADS, None, None)


class Training(QObject):
    """As much of the training controller as the page's controller knows."""

    running_changed = Signal(bool)

    def __init__(self):
        super().__init__()
        self.training_lock = TrainingLock(self)
        self.is_running = False


class StepRunner(QObject):
    """As much of the step runner."""

    busy_changed = Signal(bool)
    is_busy = False


class Measurement:
    """Yields a round each time it is let, until it is stopped."""

    def __init__(self, monkeypatch):
        self._rounds = threading.Semaphore(0)
        self.was_asked = threading.Event()
        monkeypatch.setattr(speed_tasks, "available_ways", lambda: WAYS)
        monkeypatch.setattr(speed, "measure_speed", self._measure)
        self.fails = False

    def go_on(self, rounds=1):
        self._rounds.release(rounds)

    def _measure(self, ways, is_stopped):
        assert ways == WAYS
        self.was_asked.set()
        for number in range(1, ROUNDS + 1):
            while not self._rounds.acquire(timeout=_NAP_S):
                if is_stopped():
                    return
            if self.fails:
                raise ValueError("a bug")
            yield tuple(timings(number))


@pytest.fixture
def measurement(monkeypatch):
    return Measurement(monkeypatch)


@pytest.fixture
def training(qapp):
    return Training()


@pytest.fixture
def steps(qapp):
    return StepRunner()


@pytest.fixture
def controller(qtbot, theme, measurement, training, steps):
    controller = SpeedController(steps, training)
    qtbot.addWidget(controller.page)
    controller.page.show()
    qtbot.waitExposed(controller.page)
    yield controller
    controller.page.closing.emit()


threaded = pytest.mark.threaded


@threaded
def test_a_click_measures_round_by_round(controller, measurement, qtbot):
    page = controller.page
    click(qtbot, page.measure_button)
    assert page.measure_button.text() == "Stop"
    measurement.go_on()
    qtbot.waitUntil(lambda: page.state == f"Round 1 of {ROUNDS} is done…")
    assert CARD in page.bars[SUM].rows
    measurement.go_on(ROUNDS)
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert page.state.startswith(f"Medians of {ROUNDS} rounds.")
    assert page.measure_button.text() == "Measure"


@threaded
def test_it_can_be_stopped_and_measured_again(controller, measurement, qtbot):
    page = controller.page
    click(qtbot, page.measure_button)
    qtbot.waitUntil(measurement.was_asked.is_set)
    click(qtbot, page.measure_button)
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert page.state.startswith("Press Measure.")
    click(qtbot, page.measure_button)
    measurement.go_on()
    qtbot.waitUntil(lambda: bool(page.timings))
    click(qtbot, page.measure_button)
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert page.state.startswith("Stopped.")
    assert page.timings


@threaded
def test_hidden_it_stops(controller, qtbot):
    click(qtbot, controller.page.measure_button)
    controller.page.hide()
    qtbot.waitUntil(lambda: not controller.is_measuring)


@threaded
def test_a_training_that_begins_has_the_processor_to_itself(controller, training, qtbot):
    page = controller.page
    click(qtbot, page.measure_button)
    training.running_changed.emit(True)
    assert "A training is running" in page.state
    assert not page.measure_button.isEnabled()
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert "A training is running" in page.state
    training.running_changed.emit(False)
    assert page.state.startswith("Press Measure.")
    assert page.measure_button.isEnabled()


def test_steps_and_learning_are_waited_for(controller, training, steps, qtbot):
    page = controller.page
    steps.busy_changed.emit(True)
    assert "Steps are being taken" in page.state
    steps.busy_changed.emit(False)
    training.training_lock.take()
    click(qtbot, page.measure_button)
    assert "learning from your drawings" in page.state
    assert not controller.is_measuring


@threaded
def test_learning_that_begins_ends_it(controller, measurement, training, qtbot):
    click(qtbot, controller.page.measure_button)
    training.training_lock.take()
    measurement.go_on()
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert controller.page.state.startswith("Stopped.")


@threaded
def test_what_fails_is_told_in_a_sentence(controller, measurement, qtbot, caplog):
    measurement.fails = True
    click(qtbot, controller.page.measure_button)
    measurement.go_on()
    qtbot.waitUntil(lambda: not controller.is_measuring)
    assert controller.page.state == "Measuring failed unexpectedly; press Measure to try again."
    assert "a bug" in caplog.text


def test_closing_the_window_ends_a_measurement(make_window, measurement, qtbot):
    window = make_window()
    window._actions.lesson.setChecked(True)
    view = window._side_views.lesson.view
    view.choose("Speed")
    page = view.page("Speed")
    click(qtbot, page.measure_button)
    qtbot.waitUntil(measurement.was_asked.is_set)
    window.close()
    (controller,) = page.findChildren(SpeedController)
    assert controller._thread is None or controller._thread.isFinished()
