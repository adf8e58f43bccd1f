"""What is no digit, beside the pad: said to be that, in every place, and no longer than it is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.reading import reading_words
from desktop.reading.kept_answer import answer_of
from desktop.reading.number_strip import NumberStrip
from desktop.reading.panel import PredictionPanel
from engine.preprocessing.ink import Ink
from tests.desktop.reading.some_readings import read_as

ONE = Ink.from_lists([[(300, 100), (300, 900)]])
# Two ones that differ: of two that are the same only one is shown to the network.
ELEVEN = Ink.from_lists([[(200, 100), (200, 900)], [(760, 100), (700, 900)]])


@pytest.fixture
def panel(qtbot):
    made = PredictionPanel()
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    return made


@pytest.fixture
def doubting(make_window, qtbot):
    """A window whose network takes nothing for a digit."""
    window = make_window()
    window.networks.use(replace(window.networks.model, digit_threshold=1.0), None)
    return window


def put(qtbot, window, ink):
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_ink(ink)


def test_the_headline_asks_and_names_what_it_is_most_like(panel):
    panel.set_readings([read_as(8, is_digit=False)])
    assert panel.answer == "?"
    assert panel._probability.text() == "Not a digit?"
    assert panel._runners_up.text() == "It looks most like 8."
    assert panel.accessibleDescription() == "Not a digit? It looks most like 8."
    assert panel.bars.accessibleDescription().startswith("If it were a digit, 0: ")
    assert panel.labels.words == "Is it a digit? Tell me which"


def test_a_number_after_it_has_letters_as_small_as_ever(make_window, qtbot):
    window = make_window()
    panel = window.prediction
    panel.set_readings([read_as(1), read_as(7), read_as(8), read_as(3)])
    usual = panel._answer.font().pointSizeF()
    panel.set_readings([read_as(8, is_digit=False)])
    panel.set_readings([read_as(1), read_as(7), read_as(8), read_as(3, is_digit=False)])
    assert panel._answer.font().pointSizeF() == usual


def test_of_many_digits_the_strip_shows_one_row(panel):
    readings = [read_as(place % 10) for place in range(14)]
    chosen = []
    panel.digit_selected.connect(chosen.append)
    panel.set_readings(readings, 9, "01234567\n890123", rows=(8, 6))
    assert [each.digit for each in panel._strip._readings] == [8, 9, 0, 1, 2, 3]
    assert panel._strip._selected == 1
    QTest.mouseClick(panel._strip, Qt.MouseButton.LeftButton, pos=panel._strip.column(0).center().toPoint())
    QTest.keyClick(panel._strip, Qt.Key.Key_End)
    assert chosen == [8, 13]
    panel.set_readings(readings[:6], 5, "012\n345", rows=(3, 3))
    assert len(panel._strip._readings) == 6


def test_what_was_left_out_is_said_as_long_as_it_is_so(make_window, qtbot):
    window = make_window()
    seven = [(200, 200), (500, 200), (350, 700)]
    speck = [(760, 250), (770, 262)]
    put(qtbot, window, Ink.from_lists([seven, speck, [(x + 700, y) for x, y in seven]]))
    number = window.reader.number
    assert window.prediction._remark.isVisibleTo(window.prediction) == bool(number.remark)
    window.prediction.set_readings([read_as(7)], remark="A small mark is left out.")
    assert window.prediction._remark.isVisibleTo(window.prediction)
    window.document.clear()
    qtbot.waitUntil(lambda: not window.prediction._remark.isVisibleTo(window.prediction))


def test_nothing_of_it_outlives_the_drawing(panel):
    panel.set_readings([read_as(8, is_digit=False)])
    panel.set_readings([read_as(8)])
    assert (panel.answer, panel._probability.text()) == ("8", "91 %")
    assert not panel._answer.property("noDigit")
    assert panel.bars.accessibleDescription().startswith("0: ")
    assert panel.labels.words == "Wrong? Tell me what it was"
    panel.set_readings([read_as(8, is_digit=False)])
    panel.set_waiting(False, False)
    assert panel.answer == "–"
    assert not panel._answer.property("noDigit")
    assert panel.labels.words == "Wrong? Tell me what it was"


def test_a_number_has_a_question_mark_in_its_place(panel):
    readings = [read_as(2), read_as(8, is_digit=False), read_as(7, 0.4)]
    panel.set_readings(readings, 1, "287")
    assert panel.answer == "2?7"
    assert panel._probability.text() == ""
    assert panel._runners_up.text() == "Not a digit? Most like 8."
    assert panel.accessibleDescription() == (
        "2?7; digit 2 of 3: Not a digit? It looks most like 8.; not sure of digit 3; perhaps no digit: 2"
    )
    strip = panel.findChild(NumberStrip)
    assert strip.accessibleDescription() == "2 91%, perhaps no digit, most like 8, 7 40%, not sure"
    panel.set_readings(readings, 0, "2\n87")
    assert panel.answer == "2\n?7"
    assert panel._probability.text() == "2, 91 %"


def test_words_of_a_digit_are_as_they_were():
    assert reading_words.answer(read_as(3, 0.4)) == "3?"
    assert reading_words.spoken(read_as(3, 0.4)) == "3, 40%, not sure"
    assert reading_words.headline(read_as(3)) == "91 %"


def test_what_is_kept_does_not_call_it_a_sure_digit():
    assert answer_of(read_as(8), "net").probability == pytest.approx(0.91)
    kept = answer_of(read_as(8, is_digit=False), "net")
    assert (kept.name, kept.network) == ("8", "net")
    assert kept.probability < 0.01


def test_the_pad_reads_it_so(qtbot, doubting):
    put(qtbot, doubting, ONE)
    assert doubting.prediction.answer == "?"
    doubting.document.clear()
    qtbot.waitUntil(lambda: doubting.prediction.answer == "–")
    doubting.networks.use_shipped()
    put(qtbot, doubting, ONE)
    assert doubting.prediction.answer == "1"


def test_it_can_be_labelled_all_the_same(qtbot, doubting):
    qtbot.waitUntil(lambda: doubting.store_service.store is not None)
    put(qtbot, doubting, ONE)
    doubting.labeller.label("1")
    qtbot.waitUntil(lambda: doubting.labeller.is_kept)
    assert doubting.prediction.labels.words == "Saved as 1"
    assert doubting.collection.drawings.entries()[0].label == "1"


def test_a_number_is_copied_with_its_question_mark_and_what_is_no_digit_is_not(qtbot, doubting):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    put(qtbot, doubting, ELEVEN)
    doubting._actions.copy_number.trigger()
    assert clipboard.text() == "before"
    assert "does not look like a digit" in doubting.status.text
    real = doubting.reader.classifier.read_vectors
    answered = []

    def first_alone(vectors):
        """Only the first of all is a digit, however many are asked for at once."""
        made = []
        for reading in real(vectors):
            made.append(reading if answered else replace(reading, digit_threshold=None))
            answered.append(reading)
        return tuple(made)

    doubting.reader.classifier.read_vectors = first_alone
    doubting.reader._known_readings.forget()  # it has answered already
    put(qtbot, doubting, ELEVEN)
    doubting._actions.copy_number.trigger()
    assert clipboard.text() == "1?"
    assert "? stands for no digit" in doubting.status.text


def test_why_says_that_it_compares_digits_only(qtbot, doubting):
    doubting._actions.why.setChecked(True)
    view = doubting._side_views.why.view
    put(qtbot, doubting, ONE)
    qtbot.waitUntil(lambda: view.words[1].endswith("It may not be a digit; this only compares digits."))
    doubting.networks.use_shipped()
    qtbot.waitUntil(lambda: "only compares" not in view.words[1])
