"""The strip of exercises: folded it tells how many are done, unfolded which."""

import pytest
from PySide6.QtCore import Qt

from desktop.lesson.exercises.strip import ExerciseStrip
from desktop.lesson.exercises.table import exercises_of

DESCENT = exercises_of("Descent")


@pytest.fixture
def said():
    return []


@pytest.fixture
def strip(qtbot, said) -> ExerciseStrip:
    strip = ExerciseStrip(lambda _widget, text: said.append(text))
    qtbot.addWidget(strip)
    strip.resize(480, 120)
    strip.show_exercises(DESCENT, [DESCENT[0]])
    strip.show()
    return strip


def test_folded_it_is_a_line_that_tells_how_many_are_done(strip):
    assert not strip.is_unfolded
    assert strip.head.text() == "▸  Try this · 1 of 3 done"
    assert strip.head.accessibleName() == "Try this, 1 of 3 done"
    assert strip.sizeHint().height() < 3 * strip.fontMetrics().lineSpacing()
    assert not any(text.isVisible() for _, text in strip._rows)
    assert not strip.start_over.isVisible()


def test_a_click_or_a_key_unfolds_it(strip, qtbot):
    told = []
    strip.fold_toggled.connect(told.append)
    qtbot.mouseClick(strip.head, Qt.MouseButton.LeftButton)
    assert strip.is_unfolded
    assert strip.texts == [f"✓ {DESCENT[0].text}", f"○ {DESCENT[1].text}", f"○ {DESCENT[2].text}"]
    assert all(text.isVisible() for _, text in strip._rows)
    strip.head.setFocus()
    qtbot.keyClick(strip.head, Qt.Key.Key_Space)
    assert not strip.is_unfolded
    assert told == [True, False]
    strip.set_unfolded(True)
    assert told == [True, False], "nobody has clicked"


def test_a_tick_is_shown_and_spoken(strip, said):
    strip.tick(DESCENT[2])
    assert said == [f"Exercise done: {DESCENT[2].text}"]
    assert strip.head.text() == "▸  Try this · 2 of 3 done"
    assert strip.head.property("news")
    assert strip.texts[2].startswith("✓")
    assert [mark.accessibleName() for mark, _ in strip._rows] == ["Done", "Not done yet", "Done"]
    strip.set_unfolded(True)
    assert not strip.head.property("news")
    strip.tick(DESCENT[1])
    assert not strip.head.property("news"), "it can be seen"


def test_a_tick_of_another_page_is_only_spoken(strip, said):
    other = exercises_of("Step")[0]
    strip.tick(other)
    assert said == [f"Exercise done: {other.text}"]
    assert "1 of 3" in strip.head.text()


def test_other_pages_have_other_exercises_and_some_none(strip):
    broadcasting, functions = exercises_of("Broadcasting"), exercises_of("Functions")[:2]
    strip.set_unfolded(True)
    strip.show_exercises(functions, functions)
    assert strip.texts == [f"✓ {each.text}" for each in functions]
    assert sum(text.isVisible() for _, text in strip._rows) == 2
    strip.show_exercises(broadcasting, [])
    assert strip.texts == [f"○ {each.text}" for each in broadcasting]
    assert not strip.start_over.isVisible(), "there is nothing to forget"
    strip.show_exercises((), ())
    assert strip.isHidden()


def test_starting_over_is_asked_for(strip, qtbot):
    strip.set_unfolded(True)
    with qtbot.waitSignal(strip.start_over_requested):
        qtbot.mouseClick(strip.start_over, Qt.MouseButton.LeftButton)


def test_long_texts_wrap_where_it_is_narrow(strip):
    strip.set_unfolded(True)
    for exercise in (*exercises_of("Levels"), *exercises_of("Rate")):
        strip.show_exercises([exercise], [])
        strip.resize(400, strip.heightForWidth(400))
        strip.layout().activate()
        text = strip._rows[0][1]
        assert text.height() >= text.heightForWidth(text.width())
