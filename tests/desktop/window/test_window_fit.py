"""The window is never larger than its screen has room for."""

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from desktop.window.window_fit import WindowFit, fitted_place, fitted_size

FRAME = QSize(8, 36)


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        (QSize(1366, 768), QSize(1280, 732)),
        (QSize(1093, 614), QSize(1085, 578)),  # 1366 x 768 at a scale of 1.25
        (QSize(911, 512), QSize(903, 476)),  # and at 1.5
        (QSize(960, 600), QSize(952, 564)),
        (QSize(3840, 2160), QSize(1280, 800)),
    ],
)
def test_the_first_size_fits_with_its_frame(available, expected):
    assert fitted_size(QSize(1280, 800), available, FRAME) == expected


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (QRect(100, 50, 900, 600), QPoint(100, 50)),
        (QRect(-300, -20, 900, 600), QPoint(0, 30)),
        (QRect(1000, 500, 900, 600), QPoint(466, 168)),
        (QRect(5000, 3000, 900, 600), QPoint(466, 168)),  # on a screen that is gone
        (QRect(10, 10, 1500, 900), QPoint(0, 30)),  # too large: its beginning is seen
    ],
)
def test_all_of_it_is_moved_onto_the_screen(frame, expected):
    assert fitted_place(frame, QRect(0, 30, 1366, 738)) == expected


class Small(WindowFit):
    """On a screen of 911 by 512, as 1366 by 768 at a scale of 1.5 is."""

    def _available(self) -> QRect:
        return QRect(0, 0, 911, 512)


@pytest.fixture
def make(qtbot):
    def made(geometry: QByteArray | None = None) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        window.fit = Small(window, least=QSize(900, 560), first=QSize(1280, 800))
        window.fit.restore(geometry or QByteArray())
        return window

    return made


def test_neither_its_first_nor_its_least_size_is_beyond_the_screen(make):
    window = make()
    assert window.width() <= 911
    assert window.height() <= 512 - 36
    assert window.minimumWidth() <= 911
    assert window.minimumHeight() <= 512 - 36


def test_a_geometry_from_a_larger_screen_is_made_to_fit(make, qtbot):
    larger = QWidget()
    qtbot.addWidget(larger)
    larger.setGeometry(2000, 1200, 1900, 1100)
    window = make(larger.saveGeometry())
    assert QRect(0, 0, 911, 512).contains(window.frameGeometry())


def test_a_damaged_geometry_is_as_none(make):
    assert make(QByteArray(b"nonsense")).width() <= 911


def test_a_screen_that_becomes_smaller_takes_the_window_along(make, qtbot):
    window = make()
    window.show()
    window.resize(1200, 700)
    window.fit._on_available_area_changed()
    assert window.height() <= 512


def test_the_status_line_is_seen_in_the_smallest_window(make_window, qtbot):
    window = make_window()
    window.setMinimumSize(0, 0)
    window.training.set_shows_all_fields(True)
    window.notice.show_notice("A sentence that takes some room.")
    for size in (QSize(903, 476), QSize(640, 360)):
        window.resize(size)
        qtbot.waitUntil(lambda size=size: window.size() == size)
        bottom = window.status.mapTo(window, window.status.rect().bottomRight())
        assert window.rect().contains(bottom)
        assert window.training.train_button.isVisible()
