from PySide6.QtGui import QColor

from desktop.digit_bars import DigitBars
from desktop.theme import LIGHT


def _row_is_accent(image, digit: int) -> bool:
    accent = QColor(LIGHT.accent)
    y = int((digit + 0.5) * min(image.height() / 10, 36))
    return any(image.pixelColor(x, y) == accent for x in range(image.width()))


def test_values_are_told_at_once_and_the_bar_glides_there(qtbot):
    bars = DigitBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.show()
    bars.set_probabilities([0.0] * 7 + [0.9, 0.1, 0.0])
    assert "7: 90.0%" in bars.accessibleDescription()
    qtbot.waitUntil(lambda: _row_is_accent(bars.grab().toImage(), 7))
    assert not _row_is_accent(bars.grab().toImage(), 8)


def test_nothing_is_shown_while_there_is_nothing_to_say(qtbot):
    bars = DigitBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.set_probabilities(None)
    assert bars.probabilities is None
    assert bars.accessibleDescription() == ""


def test_bars_move_while_readings_come_faster_than_frames(qtbot):
    bars = DigitBars()
    qtbot.addWidget(bars)
    bars.resize(260, 240)
    bars.show()
    readings = iter(range(10_000))

    def read() -> bool:
        # As under a quick pen: a new reading every time the event loop comes round.
        bars.set_probabilities([0.0] * 7 + [0.9 + next(readings) % 2 * 0.01, 0.09, 0.0])
        return _row_is_accent(bars.grab().toImage(), 7) and bars._shown[7] > 0.5

    qtbot.waitUntil(read)
