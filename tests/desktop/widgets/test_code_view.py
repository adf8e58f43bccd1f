"""The code of the lesson: whole at any width, copied as it is, and out of the wheel's way."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.code.code_view import CodeView
from engine.lesson.level_source import level_source
from engine.settings import TrainingSettings

LINES = [
    "def log_softmax(logits):",
    '    """Logarithms of the probabilities, without the overflow that exponentials of large logits have."""',
    "    largest = logits.max(dim=1, keepdim=True).values",
    "",
    "    return logits - largest - (logits - largest).exp().sum(dim=1, keepdim=True).log()  # stable",
]


@pytest.fixture
def view(qtbot):
    view = CodeView("example")
    qtbot.addWidget(view)
    view.set_code(LINES, {1, 4})
    view.show()
    qtbot.waitExposed(view)
    return view


def fit(view: CodeView, width: int) -> None:
    view.resize(width, view.heightForWidth(width))
    QApplication.processEvents()


def rows(view: CodeView) -> list[int]:
    """Lines on the screen for each line of the source."""
    return [view.document().findBlockByNumber(line).layout().lineCount() for line in range(len(LINES))]


@pytest.mark.parametrize("percent", [80, 100, 150, 250])
@pytest.mark.parametrize("width", [240, 420, 760, 1400])
def test_every_line_is_seen_whole(view, theme, width, percent):
    theme.zoom_to(percent)
    fit(view, width * percent // 100)
    document = view.document()
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalScrollBar().maximum() == 0
    assert document.size().height() <= view.viewport().height()
    assert document.idealWidth() <= view.viewport().width()
    for number in range(len(LINES)):
        layout = document.findBlockByNumber(number).layout()
        for row in range(layout.lineCount()):
            line = layout.lineAt(row)
            assert line.naturalTextWidth() <= line.width() + 1


def test_where_there_is_room_no_line_is_broken(view):
    fit(view, 1400)
    assert rows(view) == [1, 1, 1, 1, 1]
    fit(view, 420)
    assert rows(view)[1] > 1
    assert rows(view)[0] == 1


def test_the_rest_of_a_line_is_indented(view):
    fit(view, 420)
    layout = view.document().findBlockByNumber(4).layout()
    first, second = layout.lineAt(0), layout.lineAt(1)
    column = QFontMetricsF(view.font()).horizontalAdvance(" ")
    assert second.position().x() - first.position().x() == pytest.approx(8 * column, abs=2)


@pytest.mark.parametrize("width", [240, 420, 1400])
def test_what_is_copied_is_the_source(view, width):
    fit(view, width)
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().encode() == "\n".join(LINES).encode()
    assert mime.formats() == ["text/plain"]


def test_a_part_that_is_copied_is_that_part_of_the_source(view):
    fit(view, 240)
    cursor = view.textCursor()
    source = "\n".join(LINES)
    first, last = source.index("logits.max"), source.index("exp()")
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.createMimeDataFromSelection().text() == source[first:last]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_the_code_of_each_level_is_copied_byte_for_byte(view, level):
    for block in level_source(TrainingSettings(level=level)):
        if block.lines:
            view.set_code(block.lines, block.new_lines)
            fit(view, 300)
            view.selectAll()
            assert view.createMimeDataFromSelection().text() == "\n".join(block.lines)


@pytest.mark.parametrize("turn", [QPoint(0, -120), QPoint(-120, 0), QPoint(-120, -40)])
def test_the_wheel_is_left_to_the_page(qtbot, turn):
    page = QWidget()
    column = QVBoxLayout(page)
    code = CodeView("example")
    code.set_code(LINES * 30, set())
    column.addWidget(code)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    qtbot.addWidget(area)
    area.resize(320, 240)
    area.show()
    qtbot.waitExposed(area)
    QApplication.processEvents()
    place = code.viewport().mapTo(area, QPoint(40, 20))
    QTest.wheelEvent(area.windowHandle(), place, turn)
    QApplication.processEvents()
    assert code.horizontalScrollBar().value() == 0
    assert code.verticalScrollBar().value() == 0
    if turn.x() == 0:
        assert area.verticalScrollBar().value() > 0


def test_the_code_grows_with_the_zoom(view, theme):
    size, gutter = view.font().pointSizeF(), view.gutter_width()
    fit(view, 1400)
    height = view.heightForWidth(1400)
    theme.zoom_to(200)
    assert view.font().pointSizeF() == pytest.approx(2 * size)
    assert view.gutter_width() > 1.7 * gutter
    assert view.heightForWidth(2800) > 1.7 * height
    theme.zoom_to(100)
    assert view.heightForWidth(1400) == height
