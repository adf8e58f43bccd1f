from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from desktop.reading.class_bars import ClassBars
from desktop.widgets.theme import LIGHT


def _row_is_accent(image, digit: int) -> bool:
    accent = QColor(LIGHT.accent)
    y = int((digit + 0.5) * min(image.height() / 10, 36))
    return any(image.pixelColor(x, y) == accent for x in range(image.width()))


def test_values_are_told_at_once_and_the_bar_glides_there(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.show()
    bars.set_probabilities([0.0] * 7 + [0.9, 0.1, 0.0])
    assert "7: 90.0%" in bars.accessibleDescription()
    qtbot.waitUntil(lambda: _row_is_accent(bars.grab().toImage(), 7))
    assert not _row_is_accent(bars.grab().toImage(), 8)


def test_nothing_is_shown_while_there_is_nothing_to_say(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.set_probabilities(None)
    assert bars.probabilities is None
    assert bars.accessibleDescription() == ""


def test_bars_move_while_readings_come_faster_than_frames(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.show()
    readings = iter(range(10_000))

    def read() -> bool:
        # As under a quick pen: a new reading every time the event loop comes round.
        bars.set_probabilities([0.0] * 7 + [0.9 + next(readings) % 2 * 0.01, 0.09, 0.0])
        return _row_is_accent(bars.grab().toImage(), 7) and bars._shares.shown[7] > 0.5

    qtbot.waitUntil(read)


def test_a_row_is_chosen_by_a_click(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 400)
    bars.show()
    for digit in (0, 4, 9):
        with qtbot.waitSignal(bars.class_clicked) as clicked:
            qtbot.mouseClick(
                bars, Qt.MouseButton.LeftButton, pos=bars.row_rectangle(digit).center().toPoint()
            )
        assert clicked.args == [digit]
    with qtbot.assertNotEmitted(bars.class_clicked):
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(100, 395))  # below the rows
        qtbot.mouseClick(bars, Qt.MouseButton.RightButton, pos=QPoint(100, 10))


def test_a_row_is_chosen_with_the_keyboard_from_the_digit_read_on(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.set_probabilities([0.0] * 7 + [0.9, 0.1, 0.0])
    bars.show()
    bars.setFocus()
    qtbot.waitUntil(bars.hasFocus)
    chosen = []
    bars.class_clicked.connect(chosen.append)
    keys = Qt.Key
    for key in (keys.Key_Return, keys.Key_Down, keys.Key_Space, keys.Key_Home, keys.Key_Up, keys.Key_Enter):
        qtbot.keyClick(bars, key)
    qtbot.keyClick(bars, keys.Key_End)
    qtbot.keyClick(bars, keys.Key_Return)
    qtbot.keyClick(bars, keys.Key_3)
    assert chosen == [7, 8, 0, 9, 3]


def test_a_marked_row_has_a_frame(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.set_marked(2)
    assert _row_is_accent(bars.grab().toImage(), 2)
    bars.set_marked(None)
    assert not _row_is_accent(bars.grab().toImage(), 2)
