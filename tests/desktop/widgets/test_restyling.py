"""Another appearance: what is hidden meanwhile looks afterwards as if it had been made in it."""

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import DARK


class Page(QWidget):
    """Some of each, with the names that the sheet knows."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        warning = PlainLabel("A warning")
        warning.setProperty("warning", True)
        primary = QPushButton("Train")
        primary.setObjectName("primary")
        box = QComboBox()
        box.addItems(["One", "Two"])
        self.hint = muted_label("A hint")
        self.hint.hide()
        for widget in (
            PlainLabel("Plain"),
            muted_label("Muted"),
            warning,
            primary,
            QPushButton("Other"),
            QCheckBox("Check"),
            QRadioButton("Radio"),
            box,
            self.hint,
        ):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # which window has the keyboard is not asked here
            column.addWidget(widget)


class Window(QWidget):
    """Two pages, one of which is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = QStackedWidget()
        QVBoxLayout(self).addWidget(self.pages)
        self.first, self.second = Page(), Page()
        self.pages.addWidget(self.first)
        self.pages.addWidget(self.second)
        self.resize(QSize(300, 420))


@pytest.fixture
def make(qtbot):
    def made() -> Window:
        window = Window()
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return made


def picture(window: Window) -> QImage:
    for _ in range(3):  # layouts settle over several rounds
        QApplication.processEvents()
    return window.grab().toImage()


def same(first: QImage, second: QImage) -> bool:
    return bool(first == second)


def show_all(window: Window) -> None:
    window.pages.setCurrentWidget(window.second)
    window.second.hint.show()


def test_what_was_hidden_looks_as_if_it_had_been_made_in_the_new_appearance(make, theme):
    window = make()
    show_all(window)
    picture(window)  # seen once, and so styled once
    window.second.hint.hide()
    window.pages.setCurrentWidget(window.first)
    theme.choose("dark")
    assert same(picture(window), picture(make()))
    show_all(window)
    fresh = make()
    show_all(fresh)
    assert same(picture(window), picture(fresh))


def test_there_and_back_changes_nothing(make, theme):
    window = make()
    before = picture(window)
    for appearance in ("dark", "light", "dark", "light"):
        theme.choose(appearance)
    assert same(picture(window), before)


def test_a_flag_set_while_hidden_counts(make, theme):
    window = make()
    theme.choose("dark")
    set_flag(window.second.hint, "warning", True)
    show_all(window)
    fresh = make()
    set_flag(fresh.second.hint, "warning", True)
    show_all(fresh)
    assert same(picture(window), picture(fresh))


def test_hidden_widgets_are_not_styled_until_they_are_shown(make, theme, monkeypatch):
    window = make()
    show_all(window)
    window.pages.setCurrentWidget(window.first)
    styled: list[Any] = []
    restyling = theme._restyling
    style = restyling._style
    monkeypatch.setattr(restyling, "_style", lambda widget: (styled.append(widget), style(widget)))
    theme.choose("dark")
    inside = {window.second, *window.second.findChildren(QLabel)}
    assert not inside & set(styled)
    assert len(styled) == len(set(styled)), "something was styled more than once"
    window.pages.setCurrentWidget(window.second)
    assert window.second in styled


def test_every_page_of_the_window_has_the_new_colours_when_it_is_shown(make_window, theme, qtbot):
    window = make_window()
    for name in ("lesson", "results", "drawings"):
        getattr(window._actions, name).setChecked(True)
    lesson = window._side_views.lesson.view
    for name in lesson._names:
        lesson.choose(name)
    window._switch.dismiss()
    theme.choose("dark")
    for action, side_view in ((window._actions.lesson, lesson), (window._actions.drawings, None)):
        action.setChecked(True)
        QApplication.processEvents()
        image = (side_view or window._side_views.drawings.view).grab().toImage()
        assert image.pixelColor(image.width() // 2, 6).lightness() < 80
    window._actions.lesson.setChecked(True)
    for name in lesson._names:
        lesson.choose(name)
        assert not lesson._faded & {name}


def test_the_first_page_opened_after_a_change_lies_on_its_panel(make_window, theme):
    window = make_window()
    theme.choose("dark")
    window._actions.search.setChecked(True)
    view = window._side_views.search.view
    for _ in range(3):
        QApplication.processEvents()
    assert view.grab().toImage().pixelColor(8, view.height() // 2).name() == DARK.panel
