"""The buttons of the levels: no name is cut, whatever room there is."""

import pytest
from PySide6.QtGui import QFontMetrics

from desktop.lesson.levels.level_choice import LevelChoice
from engine.levels.descriptions import LEVEL_DESCRIPTIONS


@pytest.fixture
def choice(qtbot):
    choice = LevelChoice()
    qtbot.addWidget(choice)
    choice.show()
    return choice


@pytest.mark.parametrize("width", [200, 450, 600, 900, 1300, 2500])
def test_every_name_fits_into_its_button(choice, qtbot, width):
    choice.resize(width, 400)
    qtbot.waitUntil(lambda: choice.width() == width)
    choice.layout().activate()
    for button in choice.buttons.buttons():
        assert button.width() >= QFontMetrics(button.font()).horizontalAdvance(button.text())


def rows(choice):
    choice.layout().activate()
    return len({button.y() for button in choice.buttons.buttons()})


def test_there_are_as_few_rows_as_possible(choice, qtbot):
    def rows_at(width):
        choice.resize(width, 400)
        qtbot.waitUntil(lambda: choice.width() == width)
        return rows(choice)

    found = [rows_at(width) for width in (4000, 900, 600, 400)]
    assert found[0] == 1
    assert found == sorted(found)
    assert found[-1] > 1


def test_a_larger_zoom_takes_more_rows(theme, choice, qtbot):
    choice.resize(900, 400)
    qtbot.waitUntil(lambda: choice.width() == 900)
    before = rows(choice)
    theme.zoom_to(250)
    assert rows(choice) > before


def test_it_tells_what_is_pressed_and_not_what_is_shown(choice, qtbot):
    told = []
    choice.level_chosen.connect(told.append)
    choice.show_level(3)
    assert choice.buttons.checkedId() == 3
    assert told == []
    choice.buttons.button(5).click()
    assert told == [5]


def test_tool_tips_say_whose_the_parts_are(choice):
    for level in LEVEL_DESCRIPTIONS:
        tip = choice.buttons.button(level.number).toolTip()
        assert level.library in tip
        assert level.ours in tip
