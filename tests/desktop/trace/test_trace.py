"""The steps from the pad to the network, live beside the pad."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.reading.network_input import NetworkInput
from desktop.trace.step_picture import StepPicture
from engine.preprocessing.rasteriser import rasterise
from tests.desktop.drawing import draw
from tests.desktop.reading.test_number_reading import FOUR, ONE, SEVEN, number, put

DRAWN = ["Drawn", "Fitted", "Centred", "What the network sees"]
SEGMENTED = ["Drawn", "Segmented", *DRAWN[1:]]
OPENED = ["Opened", "Background flattened", "Ink found", *DRAWN[1:]]


@pytest.fixture
def window(make_window):
    return make_window()


def names(window):
    return [name for name, _ in window._side_views.steps.view.steps]


def photograph(light):
    lines = [np.array(SEVEN, dtype=float) * 2 + [100, 50]]
    ink = rasterise([lines], 20.0, 300, 400)[0]
    shade = np.linspace(1.0, light, 400)[None]
    grey = (230 * shade * (1 - 0.8 * ink)).astype(np.uint8)
    return QImage(grey.tobytes(), 400, 300, 400, QImage.Format.Format_Grayscale8).copy()


def test_a_click_on_what_the_network_sees_opens_the_steps(qtbot, window):
    draw(window)
    seen = window.prediction.findChild(NetworkInput)
    qtbot.mouseClick(seen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(window) == DRAWN)
    assert window.canvas.isVisible()
    qtbot.keyClick(window._side_views.steps.view, Qt.Key.Key_Escape)
    assert not window._actions.steps.isChecked()
    qtbot.keyClick(seen, Qt.Key.Key_Return)
    assert window._side_views.steps.view.isVisible()


def test_the_steps_follow_the_pad(qtbot, window):
    window._actions.steps.setChecked(True)
    assert names(window) == []
    assert "Draw a digit" in window._side_views.steps.view.accessibleDescription()
    put(qtbot, window, number(SEVEN))
    qtbot.waitUntil(lambda: names(window) == DRAWN)
    put(qtbot, window, number(SEVEN, ONE, FOUR))
    qtbot.waitUntil(lambda: names(window) == SEGMENTED)
    words = dict(window._side_views.steps.view.steps)
    assert words["Segmented"] == "3 digits, from left to right"
    assert words["Drawn"].startswith("4 strokes, ")
    window.document.clear()
    qtbot.waitUntil(lambda: names(window) == [])


def test_the_last_steps_are_those_of_the_digit_looked_at(qtbot, window):
    window._actions.steps.setChecked(True)
    put(qtbot, window, number(SEVEN, ONE))
    place = window._side_views.steps.view

    def width():
        fitted = dict(place.steps).get("Fitted", "")
        return int(fitted.split("kept: ")[1].split("\N{NO-BREAK SPACE}")[0]) if fitted else 0

    qtbot.waitUntil(lambda: 0 < width() <= 4)
    window.reader.step(-1)
    qtbot.waitUntil(lambda: width() > 8)


@pytest.mark.parametrize(("light", "words"), [(1.0, "nothing to do"), (0.4, "removed")])
def test_a_photograph_has_more_steps(qtbot, window, light, words):
    window._actions.steps.setChecked(True)
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_picture(photograph(light))
    qtbot.waitUntil(lambda: names(window) == OPENED)
    assert words in dict(window._side_views.steps.view.steps)["Background flattened"]
    assert window.reader.text == "7"


def test_the_smallest_window_shows_all_steps(qtbot, window):
    window.resize(900, 560)
    window._actions.steps.setChecked(True)
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_picture(photograph(0.4))
    place = window._side_views.steps.view
    qtbot.waitUntil(lambda: names(window) == OPENED)
    pictures = [picture for picture in place.findChildren(StepPicture) if picture.isVisible()]
    qtbot.waitUntil(lambda: max(p.geometry().bottom() for p in pictures) <= place.height())
    assert len(pictures) == len(OPENED)


def test_a_network_in_training_does_not_have_the_same_steps_made_again(qtbot, window, monkeypatch):
    window._actions.steps.setChecked(True)
    put(qtbot, window, number(SEVEN))
    qtbot.waitUntil(lambda: names(window) == DRAWN)
    shown = []
    monkeypatch.setattr(window._side_views.steps.view, "show_steps", shown.append)
    with qtbot.waitSignal(window.reader.reading_completed):
        window.reader.use_model(window.networks.model)
    qtbot.waitUntil(lambda: not window._side_views.steps._soon.isActive())
    assert shown == []
