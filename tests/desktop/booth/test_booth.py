"""The booth as visitors use it, and what is left of them afterwards: nothing."""

from __future__ import annotations

import contextlib

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from desktop.booth.booth_reading import NOTHING
from engine.data.handwriting.synthetic_digits import random_ink
from engine.preprocessing.ink import Ink
from engine.store.drawings import VISITOR
from engine.store.store import Store
from tests.desktop.drawing import draw
from tests.desktop.learning.conftest import PATIENCE_MS
from tests.desktop.networks.test_networks import make_model
from tests.desktop.reading.some_readings import read_as


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    window.networks.use(make_model("owner's", (784, 10)), None)
    window.networks.keep_rest()
    return window


@pytest.fixture
def now():
    return [1_000.0]


@pytest.fixture
def booth(window, now):
    """Open, with a clock of the test's own that only the test's ticks look at."""
    window._actions.booth.trigger()
    booth = window._booth.booth.get()
    booth._tick.setInterval(10_000_000)
    booth.watch._clock = lambda: now[0]
    booth.watch.touch()
    return booth


def stroke(document):
    document.begin_stroke(QPointF(100, 100), 1.0, 0)
    document.extend_stroke(QPointF(200, 300), 1.0, 50)
    document.complete_stroke()


def visitors(window):
    """What is known of the visitor's drawings, in memory and in the store."""
    kept = [each for each in window.collection.drawings.entries() if each.writer == VISITOR]
    return [*window._booth.booth.get().visitor.drawings.reader()(), *kept]


def bytes_of(folder):
    """Everything that is in any file of the profile."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def teach(booth, qtbot):
    """Ten digits, as asked for."""
    with qtbot.waitSignal(booth.learning.lesson_ended, timeout=PATIENCE_MS) as ended:
        booth.window._teach.click()
        while booth.practice.is_running and booth.practice._asked.round.digit is not None:
            asked = booth.practice._asked.round
            booth.document.put_ink(random_ink(asked.digit, asked.place))
            booth.practice.keep()
    return ended.args[0].learned


def forgotten(window, qtbot):
    qtbot.waitUntil(lambda: not visitors(window), timeout=PATIENCE_MS)
    return window.collection.drawings.entries(are_deleted=True) == []


def test_it_fills_the_screen_and_reads_in_large_letters(booth, qtbot):
    assert booth.window.isFullScreen()
    assert booth.window.canvas.hasFocus()
    booth.window.resize(1920, 1080)
    booth.document.put_ink(random_ink(3, 5))
    qtbot.waitUntil(lambda: booth.window.reading.answer != NOTHING, timeout=PATIENCE_MS)
    # From three metres, letters of a sixtieth of that are read with ease: 5 cm, or 190 pixels of 0.27 mm.
    assert booth.window.reading.digit_height > 190
    booth.document.clear()
    qtbot.waitUntil(lambda: booth.window.reading.answer == NOTHING, timeout=PATIENCE_MS)


def test_several_digits_are_shown_as_a_number(window, booth, qtbot):
    window.networks.use_shipped()
    two = random_ink(2, 5).strokes
    seven = tuple(
        tuple(point._replace(x=point.x + 900) for point in stroke) for stroke in random_ink(7, 5).strokes
    )
    booth.document.put_ink(Ink(two + seven))
    qtbot.waitUntil(lambda: booth.window.reading.answer == "27", timeout=PATIENCE_MS)


def test_a_scribble_is_asked_about_in_a_friendly_way(booth, qtbot):
    reading = booth.window.reading
    scribble = read_as(8, is_digit=False)
    reading.show_number([scribble], 0)
    assert reading.answer == "?"
    assert reading._words.text() == "Is that a digit? It looks most like 8"
    assert reading.accessibleDescription() == "?, Is that a digit? It looks most like 8"
    reading.show_number([read_as(2), scribble], 1)
    assert reading.answer == "2?"
    assert "%" not in reading._words.text()
    reading.show_number([read_as(2)], 0)
    assert (reading.answer, reading._words.text()) == ("2", "91 % sure")
    reading.clear()


def test_the_owners_pad_is_as_it_was(window, qtbot):
    draw(window)
    mine = window.document.ink
    window._actions.booth.trigger()
    booth = window._booth.booth.get()
    stroke(booth.document)
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_F11)
    assert not booth.is_open
    assert window.document.ink == mine
    assert window.document.history.can_undo


def test_escape_clears_and_leaves_only_when_it_is_held(booth, qtbot):
    stroke(booth.document)
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: booth.document.is_empty, timeout=PATIENCE_MS)
    assert booth.is_open
    QTest.keyPress(booth.window.canvas, Qt.Key.Key_Escape)
    assert booth.window._hint.text() == "Keep holding Escape to leave the booth"
    qtbot.waitUntil(lambda: not booth.is_open, timeout=PATIENCE_MS)
    QTest.keyRelease(booth.window.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: booth.window._hint.text().startswith("F10"), timeout=PATIENCE_MS)


def test_a_visitor_teaches_in_one_click_and_is_forgotten_with_a_key(window, booth, qtbot):
    learned = teach(booth, qtbot)
    assert learned.taught.digits == 10
    assert len(visitors(window)) == 10
    assert window.networks.title == "owner's, taught 10 drawings"
    assert "of 10 drawings read correctly before" in booth.window.learning.text
    assert booth.window.remark == "I have learned your handwriting"
    stroke(booth.document)
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_F10)
    assert window.networks.title == "owner's"
    assert window.networks.former_title != "owner's, taught 10 drawings"
    assert booth.document.is_empty
    assert not booth.document.history.can_undo
    assert booth.window.learning.isHidden()
    assert booth.window.remark == ""
    assert booth.is_open
    assert forgotten(window, qtbot)
    assert [path.stem for path in window.networks.library.folder.iterdir()] == ["owners"]


def test_the_owners_drawings_stay(window, booth, qtbot):
    window.store_service.store.drawings.add(random_ink(4, 1), "4").result()
    teach(booth, qtbot)
    booth.forget()
    assert forgotten(window, qtbot)
    assert [each.label for each in window.collection.drawings.entries()] == ["4"]


def test_leaving_forgets_the_visitor(window, booth, qtbot):
    teach(booth, qtbot)
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_F11)
    assert not booth.is_open
    assert window.networks.title == "owner's"
    assert forgotten(window, qtbot)


def test_nothing_that_a_visitor_draws_is_ever_in_a_file(window, booth, qtbot, tmp_path):
    """So that there is nothing to be found after a kill, either."""
    window.store_service.store.drawings.add(random_ink(4, 1), "4").result()
    teach(booth, qtbot)
    drawn = [each.ink.to_json() for each in visitors(window)]
    assert len(drawn) == 10
    found = bytes_of(tmp_path)
    assert random_ink(4, 1).to_json().encode() in found
    # A part of each will do: a stroke's beginning is not written otherwise anywhere.
    assert not [text for text in drawn if text[16:80].encode() in found]
    assert VISITOR.encode() not in found
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_F10)
    assert visitors(window) == []
    assert window.collection.drawings.counts() == {"4": 1}


def test_what_a_former_version_left_of_a_visitor_is_forgotten_at_the_start(make_window, qtbot, tmp_path):
    from desktop.services.folders import data_folder

    with contextlib.closing(Store.open(data_folder())) as store:
        store.drawings.add(random_ink(4, 1), "4", writer=VISITOR).result()
        store.drawings.add(random_ink(5, 1), "5").result()
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    visitors_ink = random_ink(4, 1).to_json().encode()
    qtbot.waitUntil(lambda: visitors_ink not in bytes_of(tmp_path), timeout=PATIENCE_MS)
    assert [each.label for each in window.collection.drawings.entries()] == ["5"]


def test_an_idle_pad_is_cleared_after_a_countdown(booth, now):
    window = booth.window
    stroke(booth.document)
    now[0] += booth.watch.clear_after_s - 6
    booth.on_tick()
    assert window._countdown.isHidden()
    now[0] += 3
    booth.on_tick()
    assert window._countdown.isVisible()
    assert 0 < window._countdown.value() < window._countdown.maximum()
    now[0] += 4
    booth.on_tick()
    assert booth.document.is_empty
    assert not booth.document.history.can_undo
    assert window._countdown.isHidden()


def test_a_pen_that_is_down_or_draws_again_starts_the_wait_anew(booth, now):
    stroke(booth.document)
    now[0] += booth.watch.clear_after_s - 1
    stroke(booth.document)
    now[0] += 2
    booth.on_tick()
    assert not booth.document.is_empty
    booth.document.begin_stroke(QPointF(10, 10), 1.0, 0)
    now[0] += 500
    booth.on_tick()
    assert booth.document.is_drawing


def test_the_visitor_is_forgotten_after_a_longer_while_and_told_before(window, booth, qtbot, now):
    teach(booth, qtbot)
    now[0] += 45
    booth.on_tick()
    assert booth.window.learning.isHidden()
    assert booth.window.remark == "Forgotten in 15 s, unless someone draws"
    assert window.networks.is_lent
    now[0] += 16
    booth.on_tick()
    assert window.networks.title == "owner's"
    assert forgotten(window, qtbot)


def test_a_practice_that_was_walked_away_from_is_forgotten_too(window, booth, qtbot, now):
    booth.window._teach.click()
    stroke(booth.document)
    booth.practice.keep()
    stroke(booth.document)
    now[0] += booth.watch.clear_after_s + 1
    booth.on_tick()
    assert not booth.document.is_empty  # whoever practises is let think
    now[0] += 60
    booth.on_tick()
    assert booth.document.is_empty
    assert booth.window.practice.isHidden()
    assert forgotten(window, qtbot)


def test_forgetting_in_the_middle_of_a_lesson_leaves_nothing_of_it(window, booth, qtbot):
    with qtbot.waitSignal(booth.learning.lesson_ended, timeout=PATIENCE_MS):
        booth.window._teach.click()
        while booth.practice.is_running and booth.practice._asked.round.digit is not None:
            booth.document.put_ink(random_ink(booth.practice._asked.round.digit, 1))
            booth.practice.keep()
        qtbot.waitUntil(lambda: booth.learning.is_running, timeout=PATIENCE_MS)
        booth.forget()
    assert not window.networks.is_lent
    assert booth.window.learning.isHidden()
    assert forgotten(window, qtbot)


def test_a_digit_that_is_asked_for_is_said_once_and_beside_no_question_mark(booth):
    reading, canvas = booth.window.reading, booth.window.canvas
    assert reading.answer == ""
    booth.window._teach.click()
    assert canvas._hint == booth.window.practice.prompt
    assert (reading.answer, reading._words.text()) == ("", "")
    booth.practice.leave()
    assert canvas._hint == "Draw a digit"
    assert reading._words.text() == "The answer appears here"


def test_a_visitor_is_asked_about_a_drawing_that_looks_like_another_digit(window, booth, qtbot):
    window.networks.use_shipped()
    booth.window._teach.click()
    asked = booth.practice._asked.round.digit
    booth.document.put_ink(random_ink((asked + 1) % 10, 3))
    booth.practice.keep()
    assert booth.window.practice.question.startswith("This looks like a")
    assert visitors(window) == []
    booth.window.practice._keep.click()
    assert [each.label for each in visitors(window)] == [str(asked)]


def test_escape_leaves_practice_before_it_leaves_the_booth(booth):
    booth.window._teach.click()
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_Escape)
    assert not booth.practice.is_running
    assert booth.window.practice.isHidden()
    assert booth.is_open
    assert booth.window._teach.isEnabled()


def test_the_idle_time_is_remembered(window, booth):
    assert booth.window._idle.checkedId() == 20
    booth.window._idle.button(10).click()
    assert window._settings.booth_idle_s == 10
    assert booth.watch.clear_after_s == 10


def test_the_window_system_may_close_it_and_the_window_may_close_under_it(window, booth):
    booth.window.close()
    assert not booth.is_open
    window._actions.booth.trigger()
    assert booth.is_open
    window.close()
    assert not booth.window.isVisible()


def test_keys_of_the_window_do_nothing_in_the_booth(window, booth, qtbot):
    stroke(booth.document)
    for key in (Qt.Key.Key_T, Qt.Key.Key_O, Qt.Key.Key_Q, Qt.Key.Key_L):
        QTest.keyClick(booth.window.canvas, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(booth.window.canvas, Qt.Key.Key_5)
    assert booth.is_open
    assert not window.training_controller.is_running
    assert visitors(window) == []
    assert not booth.document.is_empty


def test_a_visitor_teaches_without_a_store_too(window, booth, qtbot):
    window.store_service.close()
    assert teach(booth, qtbot).taught.digits == 10
