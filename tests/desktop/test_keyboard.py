"""The window without a mouse: where Tab leads, what shows the keyboard, and which letters press what."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QToolButton, QWidget

import desktop
from tests.desktop.drawing import draw


def name_of(widget: QWidget) -> str:
    text = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def walk(window) -> list[str]:
    """Names of all that Tab goes to, from the pad round to the pad."""
    window.canvas.setFocus()
    walked = []
    for _ in range(200):
        widget = QApplication.focusWidget()
        if widget in walked:
            break
        walked.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.canvas, "Tab does not come round"
    return [name_of(widget) for widget in walked]


def test_nobody_asks_qt_for_its_chain():
    """PySide takes what these return for a child of the widget that was asked: the window goes with it."""
    asked = re.compile(r"\.(nextInFocusChain|previousInFocusChain|topLevelWidget)\(")
    program = Path(desktop.__file__).parent
    assert not [path.name for path in program.rglob("*.py") if asked.search(path.read_text(encoding="utf-8"))]


def test_tab_leaves_the_window_nobody_s_child(window):
    walk(window)
    assert "parent...." not in shiboken6.dump(window)


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    draw(window)
    qtbot.waitUntil(lambda: bool(window.reader.text))
    return window


def in_order(names: list[str], *wanted: str) -> bool:
    places = [names.index(name) for name in wanted]
    return places == sorted(places)


def test_tab_goes_from_left_to_right_and_round(window):
    window.training_controller.plots.made_plot()
    QApplication.processEvents()
    window.notice.show_notice("Something was said.", "details")
    names = walk(window)
    assert in_order(
        names,
        "Pad",
        "Steps",
        "Why?",
        "Probabilities of the classes",
        "All runs",
        "Hidden layers",
        "Train",
        "Logarithmic loss axis",
        "Overlay runs",
        "Details",
        "Dismiss",
        "Network",
        "More",
    )
    assert names[names.index("Train") + 1] == "Logarithmic loss axis"
    assert "More" in names[-2:], "the toolbar and bands, which are above the pad, come right before it"
    assert all(names), f"something has no name: {names}"


@pytest.mark.parametrize(
    ("side_view", "inside"),
    [
        ("why", "Answer to explain"),
        ("lesson", "Pages of the lesson"),
        ("drawings", "Only those misread"),
        ("results", "Pages of the results"),
    ],
)
def test_a_page_comes_between_reading_and_training_where_it_stands(window, side_view, inside):
    window.training_controller.plots.made_plot()
    window.resize(1700, 900)
    getattr(window._actions, side_view).setChecked(True)
    QApplication.processEvents()
    names = walk(window)
    assert in_order(names, "Pad", "Probabilities of the classes", inside, "All runs", "Train", "More")
    assert all(names), f"something has no name: {names}"


def test_shift_and_tab_go_back(window):
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is window.canvas


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("name", ["Network", "More", "Clear", "Results"])
def test_a_button_of_the_toolbar_shows_that_it_has_the_keyboard(window, theme, name, appearance):
    theme.choose(appearance)
    button = next(
        each
        for each in window.findChildren(QToolButton)
        if name in (each.accessibleName(), each.text().replace("&", "")) and each.isVisible()
    )
    window.canvas.setFocus()
    without = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != without


def test_no_letter_presses_two_things(window):
    window.training_controller.plots.made_plot()
    window.training.set_shows_all_fields(True)
    taken = defaultdict(list)
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            taken[widget.shortcut().toString()].append(widget.text())
        elif isinstance(widget, QLabel) and widget.buddy() is not None and "&" in widget.text():
            taken[widget.text()[widget.text().index("&") + 1].upper()].append(widget.text())
    assert "Alt+N" in taken
    clashes = {key: texts for key, texts in taken.items() if len(texts) > 1}
    assert not clashes


def test_no_keys_do_two_things(window):
    taken = defaultdict(list)
    for action in window.actions():
        for keys in action.shortcuts():
            taken[keys.toString()].append(action.text())
    assert not {keys: texts for keys, texts in taken.items() if len(texts) > 1}


def test_alt_with_a_letter_presses_the_button(window, qtbot):
    QTest.keyClick(window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(window._actions.lesson.isChecked)


def test_exercises_come_after_the_page_however_far_that_was_scrolled(window):
    window.resize(1700, 900)
    window._actions.lesson.setChecked(True)
    QApplication.processEvents()
    view = window._side_views.lesson.view
    names = walk(window)
    area = view.findChild(QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert walk(window) == names
    assert in_order(names, "Pages of the lesson", "Unfold all", "Try this, 0 of 3 done", "All runs")
