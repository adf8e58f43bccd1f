"""Lengths, style sheets, widgets and layouts at another zoom."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMargins, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

import resources
from desktop.widgets.fields.number_boxes import DecimalBox
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.line_pen import line_pen
from desktop.widgets.small_widgets import muted_label, panel_title
from desktop.widgets.text.fonts import tabular
from desktop.widgets.zoom.lengths import (
    STEPS,
    line_width,
    neighbour,
    scaled,
    scaled_margins,
    scaled_size,
    size_on_screen,
    zoom_factor,
)
from desktop.widgets.zoom.sheet import scaled_sheet
from tests.desktop.widgets.test_restyling import Window, picture, same, show_all

SETTERS = (
    "setSpacing|setHorizontalSpacing|setVerticalSpacing|setMinimumWidth|setMinimumHeight|setMaximumWidth|"
    "setMaximumHeight|setFixedWidth|setFixedHeight|setMinimumSize|setMaximumSize|setFixedSize|"
    "setContentsMargins|setSymbolSize|setHandleWidth|setIconSize|setTextMargins"
)


def test_lengths_are_whole_pixels_and_none_vanishes(theme):
    assert (scaled(8), scaled(1), scaled(0)) == (8, 1, 0)
    theme.zoom_to(80)
    assert (scaled(8), scaled(1), scaled(0)) == (6, 1, 0)
    theme.zoom_to(150)
    assert (scaled(8), scaled(5), scaled(1)) == (12, 8, 2)
    assert scaled_size(10, 20) == QSize(15, 30)
    assert scaled_margins(0, 2, 4, 6) == QMargins(0, 3, 6, 9)


@pytest.mark.parametrize("percent", STEPS)
def test_thin_lines_are_sharp_and_curves_grow(theme, percent):
    theme.zoom_to(percent)
    assert line_width() == max(1, percent // 100)
    assert line_pen("#000000", 2).widthF() == pytest.approx(2 * percent / 100)


def test_steps_end_at_80_and_250_per_cent():
    assert (STEPS[0], STEPS[-1]) == (80, 250)
    assert neighbour(100, 1) == 110
    assert neighbour(100, -1) == 90
    assert neighbour(250, 1) == 250
    assert neighbour(80, -3) == 80


def test_a_sheet_grows_and_the_frame_of_the_keyboard_moves_nothing(theme):
    sheet = (
        "QA { padding: 7px 14px; border: 1px solid red; }"
        " QA:focus { padding: 6px 13px; border: 2px solid red; }"
        "QB { margin: -5px 0; border-radius: 7px; border-bottom: 2px solid $x; max-height: 6px; }"
    )
    assert scaled_sheet(sheet) == sheet
    theme.zoom_to(200)
    assert scaled_sheet(sheet) == (
        "QA { padding: 14px 28px; border: 2px solid red; }"
        " QA:focus { padding: 12px 26px; border: 4px solid red; }"
        "QB { margin: -10px 0; border-radius: 11px; border-bottom: 4px solid $x; max-height: 12px; }"
    )
    for percent in STEPS:
        theme.zoom_to(percent)
        usual, focused, _ = re.findall(r"\{.*?\}", scaled_sheet(sheet))
        sums = [sum(map(int, re.findall(r"(?:padding|border): (\d+)px", rule))) for rule in (usual, focused)]
        assert sums[0] == sums[1]


@pytest.mark.parametrize("percent", STEPS)
def test_a_circle_stays_a_circle(theme, percent):
    theme.zoom_to(percent)
    handle = scaled_sheet("QSlider::handle { width: 12px; border-radius: 7px; border: 1px solid red; }")
    width, radius, border = map(int, re.findall(r"(\d+)px", handle))
    assert radius == (width + 2 * border) // 2


def test_the_window_s_own_sheet_has_no_length_that_is_left_behind(theme):
    sheet = resources.text("styles", "window.qss")
    theme.zoom_to(250)
    usual = list(map(int, re.findall(r"\b(\d+)px", sheet)))
    zoomed = list(map(int, re.findall(r"\b(\d+)px", scaled_sheet(sheet))))
    assert len(usual) == len(zoomed)
    assert all(new >= 1.5 * old for old, new in zip(usual, zoomed, strict=True) if old)


class Panel(QWidget):
    """Some of everything that holds lengths."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.words = panel_title("Title"), muted_label("Words")
        self.large = QLabel("Large")
        self.large.setFont(tabular(self.large.font(), 1.7))
        self.inside = QWidget(self.large)
        self.inside.setFont(tabular(self.inside.font(), weight=QFont.Weight.Bold))
        self.button = QPushButton("Press")
        self.button.setMinimumWidth(scaled(77))
        self.button.setFixedHeight(scaled(33))
        self.box = DecimalBox()
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(scaled(16))
        row = QHBoxLayout()
        row.setSpacing(scaled(5))
        row.addWidget(self.button)
        row.addWidget(self.box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(3))
        grid.setVerticalSpacing(scaled(7))
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.words, 1, 0)
        self.words.setContentsMargins(scaled_margins(1, 2, 3, 4))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 12, 15, 9))
        column.setSpacing(scaled(11))
        column.addLayout(row)
        column.addLayout(grid)
        column.addWidget(self.large)
        column.addWidget(self.splitter)

    def lengths(self) -> list[object]:
        """All of them, and the sizes of fonts."""
        found: list[object] = []
        for _ in range(3):  # layouts settle over several rounds
            QApplication.processEvents()
        for widget in (self, *self.findChildren(QWidget)):
            found += [widget.minimumSize(), widget.maximumSize(), widget.contentsMargins()]
            found.append(round(widget.font().pointSizeF(), 6))
        for layout in self.findChildren(QLayout):
            found.append(layout.contentsMargins())
            if isinstance(layout, QBoxLayout):
                found.append(layout.spacing())
            elif isinstance(layout, QGridLayout):
                found += [layout.horizontalSpacing(), layout.verticalSpacing()]
        return [*found, self.splitter.handleWidth(), self.box.lineEdit().textMargins()]


@pytest.fixture
def make(qtbot):
    def made() -> Panel:
        panel = Panel()
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return made


@pytest.mark.parametrize("percent", [percent for percent in STEPS if percent != 100])
def test_what_is_there_becomes_as_if_it_were_made_at_the_new_zoom(make, theme, percent):
    panel = make()
    theme.zoom_to(percent)
    assert panel.lengths() == make().lengths()


def test_through_all_zooms_and_back_ends_where_it_began(make, theme):
    panel = make()
    before = panel.lengths()
    for percent in (*STEPS, *reversed(STEPS), 250, 80, 100):
        theme.zoom_to(percent)
    assert panel.lengths() == before


def test_what_was_made_while_zoomed_goes_back_too(make, theme):
    usual = make().lengths()
    theme.zoom_to(150)
    panel = make()
    theme.zoom_to(100)
    assert panel.lengths() == usual


def test_what_is_set_in_between_counts(make, theme):
    panel = make()
    theme.zoom_to(150)
    panel.button.setMinimumWidth(scaled(200))
    panel.layout().setSpacing(scaled(20))
    panel.large.setFont(tabular(panel.font(), 2.0))
    theme.zoom_to(200)
    assert panel.button.minimumWidth() == 400
    assert panel.layout().spacing() == 40
    assert panel.large.font().pointSizeF() == pytest.approx(2 * panel.font().pointSizeF())


def test_a_font_follows_that_of_the_application_and_its_own_size(make, theme, qapp):
    usual = qapp.font().pointSizeF()
    panel = make()
    large = panel.large.font().pointSizeF()
    theme.zoom_to(200)
    assert qapp.font().pointSizeF() == pytest.approx(2 * usual)
    assert panel.button.font().pointSizeF() == pytest.approx(2 * usual)
    assert panel.large.font().pointSizeF() == pytest.approx(2 * large)
    theme.choose("dark")
    assert panel.button.font().pointSizeF() == pytest.approx(2 * usual)


def test_a_window_of_its_own_demands_no_more_than_its_screen_has(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    assert size_on_screen(window, 600, 500) == QSize(600, 500)
    theme.zoom_to(250)
    assert size_on_screen(window, 600, 500) == QSize(1500, 1250).boundedTo(window.screen().availableSize())


def test_the_zoom_is_told_as_another_appearance_is(theme):
    told = []
    theme.colours_changed.connect(lambda: told.append(zoom_factor()))
    theme.zoom_to(125)
    theme.zoom_to(125)
    assert told == [1.25]


@pytest.fixture
def make_pages(qtbot):
    def made() -> Window:
        window = Window()
        for part in (window, window.first, window.second):
            part.layout().setContentsMargins(scaled_margins(9, 9, 9, 9))
            part.layout().setSpacing(scaled(6))
        window.resize(scaled_size(300, 420))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return made


@pytest.mark.parametrize("percent", [80, 150, 250])
def test_what_was_hidden_looks_as_if_it_had_been_made_at_the_new_zoom(make_pages, theme, percent):
    window = make_pages()
    show_all(window)
    picture(window)  # seen once, and so styled once
    window.second.hint.hide()
    window.pages.setCurrentWidget(window.first)
    theme.zoom_to(percent)
    window.resize(scaled_size(300, 420))
    fresh = make_pages()
    assert same(picture(window), picture(fresh))
    show_all(window)
    show_all(fresh)
    assert same(picture(window), picture(fresh))


def test_what_is_hidden_waits_and_what_is_made_or_shown_since_is_right(make_pages, theme):
    window = make_pages()
    hidden = window.second
    margins = hidden.layout().contentsMargins()
    theme.zoom_to(200)
    assert hidden.layout().contentsMargins() == margins
    late = QWidget(hidden)
    late.setMinimumWidth(scaled(50))
    hidden.layout().addWidget(late)
    theme.zoom_to(150)
    show_all(window)
    assert hidden.layout().contentsMargins() == scaled_margins(9, 9, 9, 9)
    assert late.minimumWidth() == 75
    window.pages.setCurrentWidget(window.first)
    theme.zoom_to(100)
    show_all(window)
    assert hidden.layout().contentsMargins() == margins
    assert late.minimumWidth() == 50


def test_what_was_hidden_and_deleted_is_forgotten(make_pages, theme, qapp):
    window = make_pages()
    theme.zoom_to(200)
    window.second.setParent(None)
    window.second.deleteLater()
    qapp.sendPostedEvents(window.second, QEvent.Type.DeferredDelete)
    theme.zoom_to(150)
    assert all(isValid(widget) for widget in theme._rescaling._left_at)


def test_there_and_back_looks_as_before(make_pages, theme):
    window = make_pages()
    before = picture(window)
    for percent in (110, 250, 80, 100):
        theme.zoom_to(percent)
    window.resize(scaled_size(300, 420))
    assert same(picture(window), before)


def test_no_number_of_pixels_goes_to_qt_as_it_stands():
    # A gap of its own is no object of Qt's, and cannot follow: margins can.
    raw = re.compile(rf"\b(?:{SETTERS})\((?:QSize\()?\d+(?:, \d+)*\)|\baddSpacing\(.*")
    hints = re.compile(r"\bQSize\([0-9]+, [0-9]+\)")
    found = []
    for path in sorted((Path(__file__).parents[3] / "desktop").rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for match in [*raw.finditer(line), *hints.finditer(line)]:
                lengths = list(map(int, re.findall(r"\d+", match.group())))
                # None, a pixmap that must not be empty, and what the window's fit scales by itself.
                if (not lengths or max(lengths) > 1) and path.name != "window_fit.py":
                    found.append(f"{path.name}:{number}: {line.strip()}")
    assert not found, "to be scaled, see desktop/widgets/zoom/lengths.py:\n" + "\n".join(found)


def test_the_usual_zoom_asks_nothing_of_anybody(make, theme, monkeypatch):
    make()
    called = []
    monkeypatch.setattr(QApplication, "setFont", lambda *_: called.append(True))
    theme.zoom_to(100)
    assert not called


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_of_a_combo_box_opens_as_large_as_the_box(qtbot, theme):
    window = QWidget()
    box = ChoiceBox(window)
    box.addItems(["One", "Two"])
    qtbot.addWidget(window)
    window.show()
    box.showPopup()
    before = box.view().font().pointSizeF()
    box.hidePopup()
    theme.zoom_to(200)
    box.showPopup()
    assert box.view().font().pointSizeF() == pytest.approx(2 * before)
    box.hidePopup()


def test_a_menu_of_no_window_takes_no_part(qtbot, theme, qapp):
    menu = QMenu("Plot options")
    menu.setMinimumWidth(100)
    theme.zoom_to(150)
    assert menu.minimumWidth() == 100
    menu.deleteLater()
