"""The page of the matrix product: fields, views, steps, clock and keys."""

import random

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.lesson.matrix_product.page import MatrixProductPage
from desktop.lesson.matrix_product.text import SAME, TITLES
from desktop.widgets.theme import DARK
from engine.lesson.matrix_product import Role, View
from tests.desktop.patience import settle


class Clock(QTimer):
    """Ticks when the test says so, and counts as running from start to stop."""

    def __init__(self):
        super().__init__()
        self.runs = False

    def start(self):
        self.runs = True

    def stop(self):
        self.runs = False

    def isActive(self):  # noqa: N802
        return self.runs

    def tick(self):
        assert self.runs
        self.timeout.emit()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def page(qtbot, theme, clock):
    page = MatrixProductPage(clock, random.Random(1))
    qtbot.addWidget(page)
    page.resize(860, 690)
    page.show()
    qtbot.waitExposed(page)
    return page


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot, field, text):
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)


def result(page):
    return page.board.step.sheet(Role.RESULT).numbers


def test_each_step_is_spelled_out(page, qtbot):
    assert page.number == 0
    assert page.controls.place == "4 steps"
    click(qtbot, page.controls.step_button)
    assert page.sentence == "Row 0 times column 0: result[0, 0] = 2·1 + 0·3 + 1·5 = 7"
    assert page.board.accessibleDescription() == page.sentence
    assert page.controls.place == "Step 1 of 4"
    click(qtbot, page.controls.step_button)
    assert page.sentence == "Row 0 times column 1: result[0, 1] = 2·4 + 0·1 + 1·2 = 10"
    assert result(page) == ((7.0, 10.0), (None, None))
    click(qtbot, page.controls.back_button)
    assert result(page) == ((7.0, None), (None, None))
    click(qtbot, page.controls.reset_button)
    assert result(page) == ((None, None), (None, None))
    assert not page.controls.back_button.isEnabled()


def test_the_other_views_are_spelled_out_too(page, qtbot):
    click(qtbot, page.view_choice.buttons[View.BROADCASTING])
    for sentence in (
        "first[0, :, None] is row 0 as a column. It is stretched to 2 columns; "
        "the hatched numbers are not stored again.",
        "Number by number: 2 · [1 4] = [2 8], 0 · [3 1] = [0 0], 1 · [5 2] = [5 2]",
        "Summed over the rows: result[0] = [2 8] + [0 0] + [5 2] = [7 10]",
    ):
        page.take_step()
        assert page.sentence == sentence
    click(qtbot, page.view_choice.buttons[View.OUTER_PRODUCTS])
    assert page.number == 0
    page.take_step(2)
    assert page.sentence == (
        "Column 1 times row 1 is added to the whole result, for example result[0, 0] = 2 + 0·3 = 2"
    )


def test_all_views_end_with_the_same_result_and_tell(page, qtbot):
    told, results = [], set()
    page.completed.connect(told.append)
    for view, button in page.view_choice.buttons.items():
        assert button.text() == TITLES[view]
        click(qtbot, button)
        page.take_step(page.last)
        assert page.sentence.endswith(SAME)
        results.add(result(page))
    assert results == {((7.0, 10.0), (20.0, 11.0))}
    assert told == list(View)


def test_negative_factors_have_brackets_and_decimals_no_crumbs(page, qtbot):
    write(qtbot, page.first_field, "0,1 -2")
    write(qtbot, page.second_field, "-3; 0.2")
    page.take_step()
    assert page.sentence.startswith("Row 0 times column 0: result[0, 0] = 0.1·(−3) + (−2)·0.2 = −0.7")


def test_playing_takes_a_step_at_once_and_one_a_tick_and_stops_at_the_end(page, qtbot, clock):
    click(qtbot, page.controls.play_button)
    assert page.is_playing
    assert page.controls.play_button.text() == "Pause"
    assert page.number == 1
    for number in (2, 3, 4):
        clock.tick()
        assert page.number == number
    assert not page.is_playing
    assert page.controls.play_button.text() == "Play"
    click(qtbot, page.controls.play_button)
    assert page.number == 1


def test_playing_can_be_paused_and_ends_where_somebody_steps_or_resets(page, qtbot, clock):
    for ends in (
        page.controls.play_button.click,
        page.controls.step_button.click,
        page.controls.back_button.click,
        page.controls.reset_button.click,
        page.view_choice.buttons[View.OUTER_PRODUCTS].click,
        page.size_fields.random_button.click,
        page.hide,
    ):
        page.reset()
        page.toggle()
        assert page.is_playing
        ends()
        assert not page.is_playing


def test_keys_play_and_step(page, qtbot):
    board = page.board
    board.setFocus()
    qtbot.keyClick(board, Qt.Key.Key_Right)
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert page.number == 2
    qtbot.keyClick(board, Qt.Key.Key_Left)
    assert page.number == 1
    qtbot.keyClick(board, Qt.Key.Key_End)
    assert page.number == page.last
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert page.number == page.last
    qtbot.keyClick(board, Qt.Key.Key_Home)
    qtbot.keyClick(board, Qt.Key.Key_Left)
    assert page.number == 0
    qtbot.keyClick(board, Qt.Key.Key_Space)
    assert page.is_playing
    qtbot.keyClick(board, Qt.Key.Key_Space)
    assert not page.is_playing
    assert page.number == 1
    # Somebody who has just pressed a button goes on with the arrow keys; Space presses the button.
    qtbot.keyClick(page.controls.play_button, Qt.Key.Key_Right)
    assert page.number == 2
    qtbot.keyClick(page.controls.reset_button, Qt.Key.Key_Space)
    assert page.number == 0
    qtbot.keyClick(board, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.number == 0


def test_keys_in_a_field_write(page, qtbot):
    edit = page.first_field.edit
    edit.setFocus()
    edit.setCursorPosition(0)
    qtbot.keyClick(edit, Qt.Key.Key_Right)
    qtbot.keyClick(edit, Qt.Key.Key_Space)
    assert page.number == 0
    assert not page.is_playing
    assert edit.text().startswith("2 ")


def test_tab_goes_from_the_top_to_the_bottom(page, qtbot):
    page.activateWindow()
    qtbot.waitActive(page)
    wanted = [
        page.view_choice.buttons[View.ROW_TIMES_COLUMN],
        page.controls.play_button,
        page.controls.step_button,
        page.controls.reset_button,
        page.board,
        page.first_field.edit,
        page.second_field.edit,
        *page.size_fields.boxes,
        page.size_fields.random_button,
    ]
    wanted[0].setFocus()
    walked = [QApplication.focusWidget()]
    for _ in wanted[1:]:
        qtbot.keyClick(walked[-1], Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == wanted
    assert all(widget.accessibleName() or widget.text() for widget in walked)


def test_a_button_that_leads_nowhere_keeps_the_keyboard(page, qtbot):
    page.activateWindow()
    qtbot.waitActive(page)
    button = page.controls.step_button
    button.setFocus()
    for _ in range(page.last + 1):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert page.number == page.last
    assert button.hasFocus()


@pytest.mark.parametrize(
    "text", ["some words", "1 2; 3", "1 2 3 4 5 6", "1e9", "", "0.125 1", "1,500 2; 3 4"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_no_matrix_is_said_at_its_field(page, qtbot, text, place):
    fields = page.first_field, page.second_field
    former = fields[place].edit.text()
    write(qtbot, fields[place], text)
    assert fields[place].sentence.endswith(".")
    assert fields[place].edit.property("invalid")
    assert not fields[1 - place].sentence
    assert not page.board.isVisible()
    assert not page.controls.isEnabled()
    page.toggle()
    page.take_step()
    assert not page.is_playing
    write(qtbot, fields[place], former)
    assert not fields[place].sentence
    assert not fields[place].edit.property("invalid")
    assert page.board.isVisible()


def test_matrices_that_do_not_fit_are_told_at_the_second(page, qtbot):
    write(qtbot, page.first_field, "1 2; 3 4")
    assert page.second_field.sentence == (
        "The first matrix has 2 columns and this one 3 rows: for a product these numbers must be equal."
    )
    assert page.second_field.edit.property("invalid")
    assert not page.board.isVisible()
    assert not page.controls.isEnabled()
    write(qtbot, page.first_field, "1 2 3")
    assert not page.second_field.sentence
    assert page.board.isVisible()


def test_sizes_follow_what_is_typed_and_make_random_matrices(page, qtbot):
    write(qtbot, page.first_field, "1 2; 3 4; 5 6; 7 8")
    write(qtbot, page.second_field, "1 2 3; 4 5 6")
    assert page.size_fields.sizes == (4, 2, 3)
    page.size_fields.boxes[1].setCurrentText("5")
    assert page.board.step.sheet(Role.FIRST).shape == (4, 5)
    assert page.board.step.sheet(Role.SECOND).shape == (5, 3)
    assert page.last == 12
    before = page.first_field.edit.text()
    click(qtbot, page.size_fields.random_button)
    assert page.first_field.edit.text() != before
    assert page.size_fields.sizes == (4, 5, 3)


def _cut_off(page: QWidget) -> list[QWidget]:
    """Widgets that reach out of the one they are in."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and not widget.parentWidget().rect().contains(widget.geometry())
    ]


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize(("width", "count"), [(460, 3), (460, 5), (860, 5), (1500, 5)])
def test_nothing_is_cut_off_and_nothing_jumps(qtbot, theme, view, width, count):
    page = MatrixProductPage(Clock(), random.Random(2))
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(width, 690)
    area.show()
    for box in page.size_fields.boxes:
        box.setCurrentText(str(count))
    page.view_choice.buttons[view].click()
    settle(area)
    assert not _cut_off(page)
    assert page.width() <= width
    board = page.board
    where = board.geometry()
    for _ in range(page.last):
        page.take_step()
        for sheet in board.step.sheets:
            rows, columns = sheet.shape
            last = board.cell_rectangle(sheet.role, rows - 1, columns - 1)
            assert board.rect().contains(last.toAlignedRect())
    settle(area)
    assert not _cut_off(page)
    assert board.geometry() == where


def test_the_result_stands_where_row_and_column_meet(page):
    for row, column in ((0, 0), (1, 1)):
        cell = page.board.cell_rectangle(Role.RESULT, row, column)
        assert cell.top() == page.board.cell_rectangle(Role.FIRST, row, 0).top()
        assert cell.left() == page.board.cell_rectangle(Role.SECOND, 0, column).left()


def test_every_step_and_appearance_looks_different(page):
    seen = []
    for view in View:
        page.view_choice.buttons[view].click()
        for _ in range(page.last):
            page.take_step()
            seen.append(page.board.grab().toImage())
    page.set_colours(DARK)
    seen.append(page.board.grab().toImage())
    assert all(seen[one] != seen[other] for one in range(len(seen)) for other in range(one))
