"""The wheel changes a field only while it has the keyboard; else the page below scrolls."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

import desktop
from desktop.widgets.fields.number_boxes import DecimalBox, WholeBox
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox, Slider, TabBar, WheelNeedsFocus

BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QSlider", "QDial", "QTabBar", "QTabWidget", "QDateEdit"}


def turn(widget):
    """Turn the wheel down over the middle of a widget."""
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
    QApplication.processEvents()


def make_choice():
    box = ChoiceBox()
    box.addItems(["one", "two", "three"])
    box.setCurrentIndex(1)
    return box, box.currentIndex


def make_number(kind):
    box = kind()
    box.setValue(5)
    return box, box.value


def make_slider():
    slider = Slider(Qt.Orientation.Horizontal)
    slider.setValue(50)
    return slider, slider.value


@pytest.mark.parametrize(
    "make",
    [make_choice, lambda: make_number(DecimalBox), lambda: make_number(WholeBox), make_slider],
    ids=["choice", "decimal", "whole", "slider"],
)
def test_a_page_scrolls_under_the_pointer_and_the_field_stays(qtbot, make):
    area, page = QScrollArea(), QWidget()
    field, value = make()
    QVBoxLayout(page).addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    page.setMinimumHeight(2000)
    area.setWidget(page)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    area.setFocus()
    before = value()
    turn(field)
    assert value() == before
    assert not field.hasFocus()
    assert area.verticalScrollBar().value() > 0
    area.verticalScrollBar().setValue(0)
    field.setFocus()
    turn(field)
    assert value() != before
    assert area.verticalScrollBar().value() == 0


def test_every_field_of_the_window_is_of_that_kind(make_window, qtbot):
    window = make_window()
    window._actions.lesson.setChecked(True)
    tabs = window.findChild(TabBar)
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
    window._actions.why.setChecked(True)
    window._actions.results.setChecked(True)
    window._actions.drawings.setChecked(True)
    found = [
        widget
        for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
        for widget in window.findChildren(kind)
        if not isinstance(widget, QScrollBar)
    ]
    assert len(found) > 15
    for widget in found:
        assert isinstance(widget, WheelNeedsFocus), f"{widget} {widget.accessibleName()}"
        # A wheel must not bring the keyboard either.
        assert widget.focusPolicy() != Qt.FocusPolicy.WheelFocus


def test_no_page_makes_a_field_that_the_wheel_changes():
    """Pages that no test opens are held to it by their source."""
    folder = Path(desktop.__file__).parent
    for file in folder.rglob("*.py"):
        if file.name in ("wheel_needs_focus.py", "number_boxes.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            made = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(made, ast.Name) and made.id in BARE), f"{file.name}:{node.lineno}"
            bases = (
                [base.id for base in node.bases if isinstance(base, ast.Name)]
                if isinstance(node, ast.ClassDef)
                else []
            )
            assert not BARE & set(bases), f"{file.name}: {bases}"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_long_name_in_a_box_loses_its_middle_and_is_whole_in_the_list(qtbot):
    box = ChoiceBox()
    qtbot.addWidget(box)
    names = ["short", "letters written by many people, one", "letters written by many people, two"]
    box.addItems(names)
    box.resize(160, 30)
    box.show()
    shown = []
    for place in range(3):
        box.setCurrentIndex(place)
        shown.append(box.shown_text())
    assert shown[0] == "short"
    assert (shown[1][:7], shown[1][-3:], shown[2][-3:]) == ("letters", "one", "two")
    assert all("…" in text and box.fontMetrics().horizontalAdvance(text) < 160 for text in shown[1:])
    box.showPopup()
    assert box.view().width() > box.width()
    assert box.view().width() >= box.fontMetrics().horizontalAdvance(names[1])
    box.hidePopup()
    box.resize(600, 30)
    assert box.shown_text() == names[2]
