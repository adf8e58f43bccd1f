"""Exercises in the lesson: done with the pages' own fields and buttons, ticked at the foot of the page."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.lesson.exercises.strip import ExerciseStrip
from desktop.lesson.pages import PAGES
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw
from tests.desktop.lesson.conftest import page
from tests.desktop.patience import PATIENCE_MS


@pytest.fixture
def epochs() -> int:
    return 1


def done(window) -> frozenset[str]:
    return window._settings.lesson.exercises_done


def test_a_rate_that_diverges_is_ticked_where_it_is_asked_for(window, lesson):
    descent, strip = page(lesson, "Descent"), lesson.exercises.strip
    assert "0 of 3 done" in strip.head.text()
    descent.rate_field.presets[2].click()
    while descent.step_button.isEnabled():
        descent.take_step()
    assert done(window) == {"descent-diverge"}
    assert "1 of 3 done" in strip.head.text()


def test_descent_can_overshoot_and_arrive_and_can_arrive_in_three_steps(window, lesson):
    descent = page(lesson, "Descent")
    descent.rate_field.set_rate(0.6)
    for _ in range(60):
        descent.take_step()
    assert done(window) == {"descent-overshoot"}
    descent.reset()
    descent.rate_field.set_rate(0.4)
    for _ in range(3):
        descent.take_step()
    assert done(window) == {"descent-overshoot", "descent-three"}


def test_shapes_are_compared_once_they_are_typed(window, lesson, qtbot):
    broadcasting = page(lesson, "Broadcasting")
    shapes = lesson.exercises.page_facts.typed
    for index in range(broadcasting.preset_box.count()):
        broadcasting.preset_box.setCurrentIndex(index)
        shapes.settle()
    assert done(window) == frozenset(), "examples are nobody's own"
    for first, second, name in (
        ("3", "4", "broadcasting-fail"),
        ("3, 1", "4", "broadcasting-both"),
        ("2, 3, 4", "4", "broadcasting-axes"),
    ):
        for field, text in ((broadcasting.first_field, first), (broadcasting.second_field, second)):
            field.edit.selectAll()
            qtbot.keyClicks(field.edit, text)
        assert name not in done(window)
        shapes.settle()
        assert name in done(window)


@pytest.mark.skipif("Matrix product" not in PAGES, reason="there is no such page")
def test_products_are_followed_and_matrices_typed(window, lesson, qtbot):
    product = page(lesson, "Matrix product")
    product.take_step(1000)
    assert done(window) == {"product-complete"}
    for button in product.view_choice.buttons.values():
        button.click()
        product.take_step(1000)
    assert done(window) == {"product-complete", "product-three-views"}
    product.second_field.edit.selectAll()
    qtbot.keyClicks(product.second_field.edit, "1 2 3 4")
    lesson.exercises.page_facts.typed.settle()
    assert "product-no-fit" in done(window)


@pytest.mark.skipif("Network" not in PAGES, reason="there is no such page")
def test_units_that_are_pointed_at_count_after_a_moment(window, lesson, qtbot):
    network = page(lesson, "Network")
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    draw(window)
    qtbot.waitUntil(lambda: network.picture.excerpt is not None and not network.is_stale)
    layers, pointed = network.picture.excerpt.layers, lesson.exercises.page_facts.pointed
    network.picture.choose((1, layers[0].units[0]))
    assert done(window) == frozenset()
    pointed.settle()
    assert done(window) == {"network-hidden"}
    answer = network.picture.excerpt.answer
    network.picture.choose((len(layers), answer))
    pointed.settle()
    assert done(window) == {"network-hidden"}
    network.picture.choose((len(layers), (answer + 1) % 10))
    pointed.settle()
    assert done(window) == {"network-hidden", "network-answer"}


@pytest.mark.skipif("Speed" not in PAGES, reason="there is no such page")
def test_measurements_are_heard(window, lesson):
    speed = page(lesson, "Speed")
    speed.measured.emit([SimpleNamespace(work_share=0.99), SimpleNamespace(work_share=0.5)])
    assert done(window) == {"speed-measure"}
    speed.measured.emit([SimpleNamespace(work_share=0.95)])
    assert done(window) == {"speed-measure", "speed-quiet"}


def test_levels_and_rates_are_heard(window, lesson, qtbot):
    levels = page(lesson, "Levels")
    levels._choice.buttons.button(6).click()
    assert "levels-own-gradients" in done(window)
    rate = page(lesson, "Rate")
    rate.rate_chosen.emit(0.1)
    assert "rate-use" in done(window)


def test_steps_are_heard(window, lesson, qtbot):
    step = page(lesson, "Step")
    step._speed.setCurrentIndex(2)
    step._run.click()
    qtbot.waitUntil(lambda: "step-ten" in done(window), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)


def test_trainings_are_heard(window, lesson, qtbot):
    fields = window.training.fields
    for level in (2, 3):
        fields.choose_level(level)
        window.training.request_training()
        qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert {"levels-same-curves", "levels-slow", "weights-no-hidden"} <= done(window)
    assert "rate-fail" not in done(window)


def test_a_training_that_diverges_is_heard(window, lesson, qtbot):
    fields = window.training.fields
    fields.learning_rate.setValue(10)
    fields.hidden.setText("100 100")
    fields.activation.setCurrentIndex(fields.activation.findData("leaky-relu"))
    fields.epochs.setValue(20)
    window.training.request_training()
    qtbot.waitUntil(lambda: not window.training_controller.is_running, timeout=PATIENCE_MS)
    assert "rate-fail" in done(window)


def test_a_digit_counts_once_the_pen_has_rested(window, lesson, qtbot):
    page(lesson, "Functions")
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    told = []
    window.reader.reading_completed.connect(told.append)
    lesson.exercises.program_facts.digit._moment.setInterval(1_000_000)
    draw(window)
    qtbot.waitUntil(lambda: bool(told))
    assert done(window) == frozenset()
    lesson.exercises.program_facts.digit.settle()
    expected = set()
    if told[-1].probability < 0.6:
        expected.add("functions-unsure")
    if told[-1].probability > 0.999:
        expected.add("functions-sure")
    if sum(logit > 0 for logit in told[-1].scaled_logits) >= 2:
        expected.add("functions-two-sigmoids")
    assert done(window) == expected
    draw(window)
    window.document.clear()
    qtbot.waitUntil(lambda: window.reader.last_reading is None)
    lesson.exercises.program_facts.digit.settle()
    assert done(window) == expected


def test_the_first_visit_unfolds_where_there_is_room_and_the_next_does_not(window, lesson, qtbot):
    strip = lesson.exercises.strip
    view = lesson.view
    window.resize(1400, 1000)
    page(lesson, "Descent")
    qtbot.waitUntil(lambda: strip.is_unfolded)
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: not strip.is_unfolded)
    window.resize(1400, 1000)
    qtbot.waitUntil(lambda: strip.is_unfolded)
    view.choose("Rate")
    assert strip.is_unfolded
    view.choose("Descent")
    assert not strip.is_unfolded
    strip.head.click()
    view.choose("Rate")
    assert not strip.is_unfolded
    view.choose("Descent")
    assert strip.is_unfolded, "as it was left"


def test_what_was_done_and_seen_is_there_in_the_next_session(window, lesson, qtbot, make_window):
    window.resize(1400, 1000)
    page(lesson, "Rate").rate_chosen.emit(0.1)
    window.close()
    again = make_window()
    again.resize(1400, 1000)
    again._actions.lesson.setChecked(True)
    lesson = again._side_views.lesson
    page(lesson, "Rate")
    strip: ExerciseStrip = lesson.exercises.strip
    assert "1 of 3 done" in strip.head.text()
    assert not strip.is_unfolded
    strip.head.click()
    assert strip.start_over.isVisible()
    qtbot.mouseClick(strip.start_over, Qt.MouseButton.LeftButton)
    assert "0 of 3 done" in strip.head.text()
    assert done(again) == frozenset()


def test_the_page_scrolls_and_the_strip_stays(window, lesson, qtbot):
    window.resize(960, 600)
    levels, strip = page(lesson, "Levels"), lesson.exercises.strip
    qtbot.waitUntil(lambda: levels.height() > lesson.view.height())
    assert strip.isVisible()
    bottom = strip.mapTo(lesson.view, strip.rect().bottomLeft()).y()
    assert bottom <= lesson.view.height()
    qtbot.waitUntil(lambda: strip.height() < 3 * strip.fontMetrics().lineSpacing())


def test_formulas_stand_beside_the_code(window, lesson):
    levels = page(lesson, "Levels")
    levels.show_settings(TrainingSettings(level=6))
    assert levels.cards["Gradients"].formulas[0] == "chain-rule-loss"
    assert levels.cards["Optimiser"].formulas == ("momentum",)
    levels.show_settings(TrainingSettings(level=6, momentum=0))
    assert levels.cards["Optimiser"].formulas == ("sgd",)
    assert levels.cards["Zeroing"].formulas == ()


def test_the_rule_of_the_optimiser_stands_on_the_step_page(window, lesson, qtbot):
    step = page(lesson, "Step")
    fields = window.training.fields
    fields.optimiser.setCurrentIndex(fields.optimiser.findData("adam"))
    step._step.click()
    qtbot.waitUntil(lambda: len(step.losses) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)
    assert step.formulas.names == ("adam-mean", "adam-square", "adam-step")
    assert step.formulas.isVisible()


def test_the_schedule_stands_beside_the_rate_that_it_gives_a_step(window, lesson, qtbot):
    step, fields = page(lesson, "Step"), window.training.fields
    for schedule, shown in (("one-cycle", ("one-cycle", "one-cycle-phases")), ("constant", ())):
        fields.schedule.setCurrentIndex(fields.schedule.findData(schedule))
        step._reset.click()
        qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)
        step._step.click()
        qtbot.waitUntil(lambda: len(step.losses) == 1, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not lesson.step_runner.is_busy, timeout=PATIENCE_MS)
        assert step.schedule.names == shown
        assert step.schedule.isVisible() == bool(shown)


def test_the_functions_page_writes_the_function_that_is_chosen(window, lesson):
    functions = page(lesson, "Functions")
    for name, button in functions.choice.buttons.items():
        button.click()
        assert functions.formula.names == (name,)
