"""Practice as a hand does it: strokes, rests, undo, and what the store has afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from desktop.learning.practice_controller import REST_MS, PracticeController
from desktop.learning.practice_round import Mark
from desktop.pad.history import MOST_STEPS
from desktop.reading.live_reader import LiveReader
from tests.desktop.learning.conftest import PATIENCE_MS


@pytest.fixture
def practice(school, document):
    made = PracticeController(document, LiveReader(document), school.collection, "me", parent=document)
    made.told = []
    made.refused.connect(made.told.append)
    return made


def stroke(document, time_ms=0):
    document.begin_stroke(QPointF(100, 100), 1.0, time_ms)
    document.extend_stroke(QPointF(250, 300), 1.0, time_ms + 50)
    document.complete_stroke()


def kept(school):
    return [int(drawing.label) for drawing in reversed(school.collection.drawings.entries())]


def wait_until_kept(school, count):
    school.qtbot.waitUntil(lambda: len(kept(school)) == count, timeout=PATIENCE_MS)


def test_a_drawing_is_kept_by_itself_when_the_pen_has_rested(practice, document, school):
    practice.begin(1)
    digits = practice._asked.round.digits
    stroke(document)
    assert kept(school) == []
    wait_until_kept(school, 1)
    assert kept(school) == [digits[0]]
    assert document.is_empty
    assert practice._asked.round.digit == digits[1]
    assert school.collection.drawings.entries()[0].writer == "me"


def test_a_second_stroke_starts_the_wait_anew_and_a_pen_that_is_down_is_never_cut(practice, document):
    practice.begin(1)
    stroke(document)
    assert practice._rest.isActive()
    document.begin_stroke(QPointF(50, 50), 1.0, 400)
    assert not practice._rest.isActive()
    practice.keep()
    assert document.is_drawing
    document.extend_stroke(QPointF(90, 90), 1.0, 500)
    assert not practice._rest.isActive()
    document.complete_stroke()
    assert practice._rest.isActive()
    assert practice._rest.interval() == REST_MS
    assert len(document.ink.strokes) == 2


def test_a_whole_round_is_told_when_the_store_has_it(practice, document, school):
    practice.begin(1)
    digits = practice._asked.round.digits
    with school.qtbot.waitSignal(practice.completed, timeout=PATIENCE_MS) as completed:
        for _ in digits:
            stroke(document)
            practice.keep()
    assert completed.args == [10]
    assert kept(school) == list(digits)
    assert not practice.is_running


def test_skipped_digits_are_passed_over_and_a_round_of_skips_ends(practice, school):
    practice.begin(1)
    with school.qtbot.waitSignal(practice.completed) as completed:
        for _ in range(10):
            practice.skip()
    assert completed.args == [0]
    assert kept(school) == []


def test_back_takes_the_last_drawing_away_and_asks_again(practice, document, school):
    practice.begin(1)
    practice.back()  # the first has nothing before it
    first = practice._asked.round.digit
    stroke(document)
    practice.keep()
    practice.back()  # the store may not have it yet
    assert practice._asked.round.digit == first
    stroke(document)
    practice.keep()
    wait_until_kept(school, 1)
    practice.back()
    wait_until_kept(school, 0)
    assert practice._asked.round.states()[0] is Mark.OPEN


def test_undo_brings_a_kept_drawing_back_under_its_own_digit(practice, document, school):
    practice.begin(1)
    first = practice._asked.round.digit
    stroke(document)
    ink = document.ink
    practice.keep()
    wait_until_kept(school, 1)
    stroke(document)
    document.history.undo()
    assert practice._asked.round.place == 1
    document.history.undo()
    assert (practice._asked.round.digit, document.ink) == (first, ink)
    wait_until_kept(school, 0)
    practice.keep()
    wait_until_kept(school, 1)
    assert kept(school) == [first]


def test_what_stood_on_the_pad_before_comes_back_by_undo(practice, document):
    stroke(document)
    mine = document.ink
    practice.begin(1)
    assert document.is_empty
    practice.leave()
    document.history.undo()
    assert document.ink == mine


def test_a_round_that_is_left_keeps_what_was_collected(practice, document, school):
    practice.begin(3)
    for _ in range(2):
        stroke(document)
        practice.keep()
    with school.qtbot.waitSignal(practice.left) as left:
        practice.leave()
    assert left.args == [2]
    wait_until_kept(school, 2)
    stroke(document)
    assert not practice._rest.isActive()


def test_a_picture_is_not_kept(practice, document, school):
    practice.begin(1)
    image = QImage(20, 20, QImage.Format.Format_Grayscale8)
    image.fill(200)
    document.put_picture(image)
    practice.keep()
    assert practice._asked.round.place == 0
    assert practice.told == ["Practice keeps drawings, not pictures. Clear the pad and draw the digit."]


def test_a_drawing_that_could_not_be_kept_is_told_and_not_counted(practice, document, school, monkeypatch):
    practice.begin(1)
    stroke(document)
    monkeypatch.setattr(
        school.collection, "add", lambda *args: args[-1]("The disk is full: free some space.")
    )
    practice.keep()
    assert practice.told == ["The disk is full: free some space."]
    assert practice._asked.round.kept == 0


def test_practice_says_before_it_begins_that_nothing_can_be_kept(practice, document, school):
    school.store_service.store.is_read_only = True
    school.store_service.store.notice = "The file may not be written to."
    practice.begin(1)
    assert not practice.is_running
    assert practice.told == ["Practice cannot begin: The file may not be written to."]


def test_without_a_store_practice_does_not_begin(practice, school):
    school.store_service.close()
    practice.begin(1)
    assert not practice.is_running
    assert practice.told[0].startswith("Practice cannot begin: Drawings cannot be saved yet")


def test_a_store_that_is_closed_under_the_pen_is_told(practice, document, school):
    practice.begin(1)
    stroke(document)
    school.store_service.close()
    practice.keep()
    assert practice.told


def test_a_pad_whose_undo_steps_are_all_in_use_asks_for_one_digit_after_another(practice, document, school):
    for time_ms in range(0, 100 * (MOST_STEPS + 5), 100):
        stroke(document, time_ms)
    assert document.history.count == MOST_STEPS
    practice.begin(1)
    for place in (1, 2):
        stroke(document)
        stroke(document, 500)
        document.history.undo()  # a stroke of the same digit
        assert practice._asked.round.place == place - 1
        practice.keep()
        assert practice._asked.round.place == place
    wait_until_kept(school, 2)
    document.history.undo()  # beyond what was kept
    assert practice._asked.round.place == 1
    wait_until_kept(school, 1)
