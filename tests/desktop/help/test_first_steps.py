"""First steps: ticked as they are done, gone for good afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.help.first_steps import FirstSteps
from desktop.help.first_steps_controller import FirstStepsController
from desktop.settings.settings import Settings
from tests.desktop.drawing import draw


@pytest.fixture
def first_steps(qtbot):
    band = FirstSteps()
    qtbot.addWidget(band)
    band.show()
    return band


def test_the_row_completes_once_and_goes_by_itself(first_steps, qtbot):
    completions = []
    first_steps.completed.connect(lambda: completions.append(True))
    for step in (2, 0, 0, 1, 1):
        first_steps.complete(step)
    assert first_steps.done == (True, True, True)
    assert completions == [True]
    assert first_steps._fade.isActive()
    first_steps._fade.timeout.emit()
    assert first_steps.isHidden()


def test_closing_it_is_enough(first_steps, qtbot):
    with qtbot.waitSignal(first_steps.completed):
        QTest.mouseClick(first_steps.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert first_steps.isHidden()


def test_a_drawing_ticks_the_first_step_and_what_was_closed_stays_closed(make_window, qtbot, tmp_path):
    window = make_window()
    controller = window.findChild(FirstStepsController)
    assert controller.band.isVisible()
    draw(window)
    qtbot.waitUntil(lambda: controller.band.done == (True, False, False))
    window._actions.why.trigger()
    assert controller.band.done == (True, True, False)
    controller.band.findChild(QPushButton).click()
    window.close()
    assert not Settings(tmp_path / "scratchpad.ini").shows_first_steps


def test_a_profile_that_has_been_used_before_is_not_bothered(tmp_path, make_window):
    window = make_window()
    window.close()
    assert not Settings(tmp_path / "scratchpad.ini").shows_first_steps
