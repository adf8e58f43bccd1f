"""Learning and practice in the window: what calls for them, what is shown, what keeps out of whose way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.data.handwriting.synthetic_digits import random_ink
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw
from tests.desktop.learning.conftest import PATIENCE_MS
from tests.desktop.networks.test_networks import make_model


@pytest.fixture
def window(make_window, qtbot, little_handwriting):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    window.networks.use(make_model("start", (784, 10)), None)
    window.networks.keep_rest()
    return window


def keep_drawings(window, qtbot, count):
    for seed in range(count):
        window.store_service.store.drawings.add(random_ink(seed % 10, seed), str(seed % 10)).result()
    window.collection.refresh()


def learned(window, qtbot):
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS):
        window._actions.learn.trigger()
    return window._learning.band.get()


def play(window):
    practice = window._practice.practice.get()
    while practice.is_running and practice._asked.round.digit is not None:
        window.document.put_ink(random_ink(practice._asked.round.digit, practice._asked.round.place))
        practice.keep()


def test_its_keys_say_what_is_missing_while_there_are_no_drawings(window, qtbot):
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_T, modifiers)
    assert window.notice.text.startswith("There are no drawings to learn from yet. Draw a digit")
    assert not window._learning.is_running


def test_the_gallery_has_buttons_for_both(window, qtbot):
    window._actions.drawings.setChecked(True)
    place = window._side_views.drawings.view
    learn, practise = (
        next(button for button in place.findChildren(QPushButton) if button.text().startswith(text))
        for text in ("Learn", "Practice")
    )
    assert (learn.isEnabled(), practise.isEnabled()) == (True, True)
    assert "Ctrl+Shift+T" in learn.toolTip()
    keep_drawings(window, qtbot, 10)
    assert learn.isEnabled()
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS):
        learn.click()
    practise.click()
    assert not window._actions.drawings.isChecked()
    assert window._practice.band.get().isVisible()


def test_what_a_lesson_rehearses_is_read_when_the_gallery_is_opened(window, qtbot):
    keep_drawings(window, qtbot, 10)
    window._actions.drawings.setChecked(True)
    qtbot.waitUntil(lambda: window._learning.rehearsal_cache.get()._written is not None, timeout=PATIENCE_MS)


def test_a_lesson_is_shown_and_undone_from_its_band(window, qtbot):
    keep_drawings(window, qtbot, 30)
    band = learned(window, qtbot)
    assert band.isVisible()
    assert "of 10 held-out drawings read correctly before" in band.text
    assert window.networks.title == "start, taught 20 drawings"
    band._return.click()
    assert window.networks.title == "start"
    assert band.text == (
        "Undone: “start” is in use again.\n“start, taught 20 drawings” can still be chosen under Network."
    )
    assert band._return.isHidden()
    band.close_button.click()
    assert band.isHidden()


def test_undoing_a_lesson_puts_no_third_network_to_use(window, qtbot):
    keep_drawings(window, qtbot, 10)
    band = learned(window, qtbot)
    window.networks.use_shipped()
    shipped = window.networks.title
    band._return.click()
    assert window.networks.title == shipped
    assert band.text == f"“{shipped}” is already in use; nothing was changed."


def test_stop_in_the_band_ends_the_lesson(window, qtbot):
    keep_drawings(window, qtbot, 30)
    window._actions.learn.trigger()
    band = window._learning.band.get()
    assert band.stop.isVisible()
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS):
        band.stop.click()
    assert band.text == "Stopped: the network in use was not changed."
    assert window.networks.title == "start"
    band.close_button.click()
    assert band.isHidden()


def test_no_training_begins_while_a_lesson_goes_on(window, qtbot):
    keep_drawings(window, qtbot, 30)
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS):
        window._actions.learn.trigger()
        window.training.fields.choose_data("handwriting")
        window._actions.train.trigger()
        assert not window.training_controller.is_running
        assert window.notice.text == (
            "The network is learning from your drawings. Press Train again when it is done."
        )


def test_a_lesson_goes_on_from_the_network_of_the_training_that_it_waited_for(
    window, qtbot, any_network_will_do
):
    keep_drawings(window, qtbot, 10)
    window.training.fields.choose_data("handwriting")
    window.training.fields.set_settings(TrainingSettings(hidden=(8,), epochs=50), "handwriting", "cpu")
    results = []
    window.training_controller.trainer.results_arrived.connect(results.extend)
    window._actions.train.trigger()
    window._actions.learn.trigger()
    assert window._learning.band.get().text.startswith("A training is running")
    qtbot.waitUntil(lambda: bool(results), timeout=PATIENCE_MS)
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS) as ended:
        window.training_controller.stop()
    assert ended.args[0].learned.model.architecture.sizes == (784, 8, 10)
    assert window.networks.title.endswith("taught 10 drawings")


def test_practice_asks_collects_and_learns_at_once(window, qtbot):
    window._actions.lesson.setChecked(True)
    window._actions.practise.trigger()
    band = window._practice.band.get()
    assert not window._actions.lesson.isChecked()
    assert window.canvas.isVisible()
    assert band._ten.hasFocus()
    QTest.keyClick(band._ten, Qt.Key.Key_Space)
    assert window.canvas.hasFocus()
    assert band.prompt.startswith("Draw a")
    with qtbot.waitSignal(window._learning.learning.get().lesson_ended, timeout=PATIENCE_MS):
        play(window)
    assert band.isHidden()
    assert window.collection.counts == dict.fromkeys("0123456789", 1)
    assert "of 10 drawings read correctly before, " in window._learning.band.get().text
    answers = [drawing.answer for drawing in window.collection.drawings.entries()]
    assert {answer.network for answer in answers} == {"start"}


def test_practice_is_left_and_what_was_drawn_is_there_to_learn_from(window, qtbot):
    window._actions.practise.trigger()
    window._practice.practice.get().begin(3)
    draw(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window._practice.band.get().isHidden()
    assert window.notice.text.startswith("1 drawing was saved. Choose More, Learn from my drawings")
    qtbot.waitUntil(lambda: window.collection.total == 1, timeout=PATIENCE_MS)


def test_the_choice_can_be_cancelled(window):
    window._actions.practise.trigger()
    band = window._practice.band.get()
    QTest.keyClick(band, Qt.Key.Key_Escape)
    assert band.isHidden()
    assert window.canvas.hasFocus()


def test_practice_says_at_once_that_nothing_can_be_kept(window):
    window.store_service.store.is_read_only = True
    window.store_service.store.notice = "The file may not be written to."
    window._actions.practise.trigger()
    assert window.notice.text == "Practice cannot begin: The file may not be written to."
    assert window._practice.band.made is None


def test_the_window_closes_in_the_middle_of_a_lesson_and_of_practice(window, qtbot):
    keep_drawings(window, qtbot, 30)
    window._practice.practice.get().begin(1)
    window._actions.learn.trigger()
    thread = window._learning.learning.get()._thread
    window.close()
    assert not window.isVisible()
    assert not thread.isRunning()


def test_there_is_one_instruction_above_the_pad_and_on_it(window):
    window._actions.practise.trigger()
    window._practice.band.get().begin_requested.emit(1)
    assert window.canvas._hint == window._practice.band.get().prompt
    window._practice.band.get().leave_requested.emit()
    assert window.canvas._hint == "Draw a digit"


def test_a_drawing_that_looks_like_another_digit_is_asked_about_and_kept_by_a_key(window, qtbot):
    window.networks.use_shipped()
    window._actions.practise.trigger()
    band = window._practice.band.get()
    band.begin_requested.emit(1)
    asked = window._practice.practice.get()._asked.round.digit
    other = (asked + 1) % 10
    window.document.put_ink(random_ink(other, 3))
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    articles = ["an" if digit == 8 else "a" for digit in (other, asked)]
    assert band.question == f"This looks like {articles[0]} {other}. Keep it as {articles[1]} {asked}?"
    assert band._keep.isVisible()
    assert window.canvas.hasFocus()
    assert window._practice.practice.get()._asked.round.digit == asked
    band._again.click()
    assert window.document.is_empty
    assert not band._keep.isVisible()
    window.document.put_ink(random_ink(other, 3))
    for _ in range(2):
        QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.collection.counts.get(str(asked)) == 1, timeout=PATIENCE_MS)
    assert window._practice.practice.get()._asked.round.digit != asked
    window._practice.practice.get().leave()


def test_what_is_no_digit_is_asked_about_and_can_be_kept_all_the_same(window, qtbot):
    window.networks.use(replace(window.networks.model, digit_threshold=1.0), None)
    window._actions.practise.trigger()
    band = window._practice.band.get()
    band.begin_requested.emit(1)
    asked = window._practice.practice.get()._asked.round.digit
    window.document.put_ink(random_ink(asked, 3))
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    article = "an" if asked == 8 else "a"
    assert band.question == f"This does not look like a digit. Keep it as {article} {asked}?"
    assert window.collection.total == 0
    band._keep.click()
    qtbot.waitUntil(lambda: window.collection.counts.get(str(asked)) == 1, timeout=PATIENCE_MS)
    window._practice.practice.get().leave()


def test_nothing_is_asked_about_a_drawing_that_is_read_as_what_was_asked_for(window, qtbot):
    window.networks.use_shipped()
    window._actions.practise.trigger()
    window._practice.band.get().begin_requested.emit(1)
    asked = window._practice.practice.get()._asked.round.digit
    window.document.put_ink(random_ink(asked, 3))
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.collection.counts.get(str(asked)) == 1, timeout=PATIENCE_MS)
    window._practice.practice.get().leave()


def test_an_empty_pad_is_neither_saved_nor_copied(window):
    actions = window._actions
    assert not actions.save.isEnabled()
    assert not actions.copy.isEnabled()
    draw(window)
    assert actions.save.isEnabled()
    window.document.clear()
    assert not actions.save.isEnabled()


def test_nobody_has_to_say_what_was_asked_for(window, qtbot):
    labels = window.prediction.labels
    window._actions.practise.trigger()
    window._practice.band.get().begin_requested.emit(1)
    assert not labels.isVisible()
    window.document.put_ink(random_ink(3, 1))
    window.labeller.label("3")
    assert window.labeller.label_in_force is None
    window._practice.band.get().leave_requested.emit()
    assert labels.isVisible()
    window.labeller.label("3")
    qtbot.waitUntil(lambda: window.labeller.is_kept, timeout=PATIENCE_MS)


def test_other_colours_and_closing_make_nothing_that_nobody_wanted(window, theme):
    learning, practice, booth = window._learning, window._practice, window._booth
    parts = (learning.learning, learning.band, practice.practice, practice.band, booth.booth)
    theme.choose("dark")
    assert not learning.is_running
    window.close()
    assert [part.made for part in parts] == [None] * len(parts)


def test_what_is_made_later_has_the_colours_of_now(window, theme):
    theme.choose("dark")
    assert window._booth.booth.get().window.canvas.colours is theme.colours
    theme.choose("light")
    assert window._booth.booth.get().window.canvas.colours is theme.colours
