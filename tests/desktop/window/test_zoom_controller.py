"""The zoom of the whole window: by keys, menu and wheel, remembered, and legible everywhere."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMainWindow,
    QMenu,
    QScrollBar,
    QWidget,
)

from desktop.help.key_groups import key_groups
from desktop.settings.settings import Settings
from desktop.widgets.text.plain_text import ElidedLabel
from desktop.widgets.zoom.lengths import STEPS, zoom_percent
from tests.desktop.drawing import draw
from tests.desktop.patience import settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window, monkeypatch):
    """On a screen of 1280 by 800."""
    window = make_window()
    monkeypatch.setattr(window._fit, "_available", lambda: QRect(0, 0, 1280, 800))
    window.resize(1272, 764)
    return window


def wheel(window: QMainWindow, over: QWidget, eighths: int, modifiers=CTRL) -> None:
    """Turn the wheel as the window system tells it: to the window, at a place of a widget."""
    place = over.mapTo(window, over.rect().center())
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, eighths), QPoint(), modifiers)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("key", "expected"),
    [(Qt.Key.Key_Plus, 110), (Qt.Key.Key_Equal, 110), (Qt.Key.Key_Minus, 90), (Qt.Key.Key_0, 100)],
)
def test_every_key_zooms(window, key, expected):
    QTest.keyClick(window, key, CTRL)
    assert zoom_percent() == expected
    assert window.status.text == f"{expected} %"


def test_the_usual_zoom_is_one_key_away(window, theme):
    for _ in range(3):
        window._actions.zoom_in.trigger()
    assert zoom_percent() == 150
    QTest.keyClick(window, Qt.Key.Key_0, CTRL)
    assert zoom_percent() == 100


def test_the_zoom_ends_where_it_says(window):
    for percent in STEPS[STEPS.index(100) + 1 :]:
        assert window._actions.zoom_in.isEnabled()
        window._actions.zoom_in.trigger()
        assert zoom_percent() == percent
    assert not window._actions.zoom_in.isEnabled()
    window._program_controller._zoom.step(1)
    assert zoom_percent() == 250
    window._program_controller._zoom.step(-20)
    assert zoom_percent() == 80
    assert window._actions.zoom_in.isEnabled()
    assert not window._actions.zoom_out.isEnabled()


def test_the_wheel_zooms_with_ctrl_wherever_it_is_turned(window):
    for over in (window.canvas, window.training.fields.epochs, window.prediction.bars):
        before = window.training.fields.epochs.value()
        wheel(window, over, 120)
        assert zoom_percent() == 110
        wheel(window, over, -120)
        assert zoom_percent() == 100
        assert window.training.fields.epochs.value() == before
    wheel(window, window.canvas, 120, Qt.KeyboardModifier.NoModifier)
    assert zoom_percent() == 100


def test_small_turns_of_a_finger_add_up(window):
    for _ in range(3):
        wheel(window, window.canvas, 30)
    assert zoom_percent() == 100
    wheel(window, window.canvas, 30)
    assert zoom_percent() == 110


def test_the_status_line_says_it_for_a_moment(window):
    state = window.status.text
    window._actions.zoom_in.trigger()
    assert window.status.text == "110 %"
    window._program_controller._zoom._shown.timeout.emit()
    assert window.status.text == state


def test_it_is_in_the_menu_and_in_the_list_of_keys(window):
    menus = [menu for menu in window.findChildren(QMenu) if menu.title() == "Zoom"]
    assert [action.text() for action in menus[0].actions()] == ["Zoom in", "Zoom out", "Zoom to 100 %"]
    keys = {key.meaning: key.keys for key in key_groups(window._actions)["More"]}
    assert keys["Zoom in"] == "Ctrl++ or Ctrl+="
    assert keys["Zoom out"] == "Ctrl+-"
    assert keys["Zoom to 100 %"] == "Ctrl+0"
    assert keys["Zoom in and out"] == "Ctrl and the wheel"


def test_the_zoom_is_remembered(window, make_window, tmp_path, theme):
    window._program_controller._zoom.choose(150)
    least = round(window.training.minimumWidth() / 1.5)
    window.close()
    theme.zoom_to(100)
    assert Settings(tmp_path / "scratchpad.ini").zoom == 150
    again = make_window()
    assert zoom_percent() == 150
    assert again.training.minimumWidth() == round(1.5 * least)


@pytest.mark.parametrize("text", ["", "0", "101", "-150", "1e9", "large", "150 %"])
def test_a_zoom_that_makes_no_sense_is_the_usual_one(tmp_path, text):
    file = tmp_path / "scratchpad.ini"
    file.write_text(f"[window]\nzoom={text}\n", encoding="utf-8")
    assert Settings(file).zoom == 100


def test_default_settings_are_the_usual_zoom(window):
    window._program_controller._zoom.choose(175)
    window._program_controller._on_restore_confirmed()
    assert zoom_percent() == 100


def test_neither_a_drawing_nor_its_reading_changes(window, qtbot):
    draw(window)
    qtbot.waitUntil(lambda: bool(window.reader.readings))
    ink, readings = window.document.ink, window.reader.readings
    for percent in (80, 250, 150, 100):
        window._program_controller._zoom.choose(percent)
        QApplication.processEvents()
        assert window.document.ink == ink
        assert [each.probabilities for each in window.reader.readings] == [
            each.probabilities for each in readings
        ]


def test_the_least_size_follows_but_never_beyond_the_screen(window):
    zoom = window._program_controller._zoom
    zoom.choose(80)
    assert window.minimumSize() == QSize(720, 448)
    zoom.choose(110)
    assert window.minimumSize() == QSize(990, 616)
    zoom.choose(250)
    frame = window.frameGeometry().size() - window.size()
    assert window.minimumSize() == window.size() == QSize(1280, 800) - frame
    zoom.choose(100)
    assert window.minimumSize() == QSize(900, 560)


def cut_labels(place: QWidget) -> list[str]:
    """Words that can be seen in part alone."""
    found = []
    for label in place.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        needed = label.sizeHint() if not label.wordWrap() else QSize(0, label.heightForWidth(label.width()))
        # A line of a wrapped text may have a pixel less than its letters ask for.
        if needed.height() > label.height() + 2 or (
            not label.wordWrap() and needed.width() > label.width() + 2
        ):
            found.append(f"{label.text()[:50]!r}: {needed.toTuple()} in {label.size().toTuple()}")
    for button in place.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
            if words.width() > button.width() or words.height() > button.height():
                found.append(f"{button.text()!r}: {words.toTuple()} in {button.size().toTuple()}")
    return found


def path(widget: QWidget) -> str:
    """Where it is."""
    names = []
    while widget is not None:
        names.append(f"{type(widget).__name__}")
        widget = widget.parentWidget()
    return "/".join(reversed(names))


def unscaled_fonts(usual: float, factor: float) -> list[str]:
    """Widgets whose letters are smaller than any of the window's would be at this zoom."""
    least = 0.75 * usual * factor
    return [
        f"{type(widget).__name__} {widget.objectName()}: {widget.font().pointSizeF()} in {path(widget)}"
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and 0 < widget.font().pointSizeF() < least
        and not isinstance(widget, QScrollBar)  # writes nothing
        and not is_in_closed_list(widget)
    ]


def is_in_closed_list(widget: QWidget) -> bool:
    """Whether it is in the list of a combo box, which takes the font of its box when it opens."""
    popup = widget.window()
    return popup.isHidden() and isinstance(popup.parentWidget(), QComboBox)


def test_at_150_per_cent_no_letter_is_left_small_and_no_text_is_cut(window, qtbot):
    usual = QGuiApplication.font().pointSizeF()
    zoom = window._program_controller._zoom
    zoom.choose(150)
    assert window.width() <= 1280
    assert window.height() <= 800
    actions = {name: getattr(window._actions, name) for name in ("lesson", "results", "drawings", "help")}
    cut, small = [], []
    for name, action in actions.items():
        action.setChecked(True)
        view = getattr(window._side_views, name).view
        for page in getattr(view, "_names", [""]):
            if page:
                view.choose(page)
            for _ in range(4):
                QApplication.processEvents()
            cut += [f"{name} {page}: {words}" for words in cut_labels(window)]
            small += [f"{name} {page}: {letters}" for letters in unscaled_fonts(usual, 1.5)]
    assert not small, "\n".join(small)
    assert not cut, "\n".join(cut)


def test_pages_of_the_lesson_have_room_at_150_per_cent_on_a_projector(window):
    window._program_controller._zoom.choose(150)
    window._actions.lesson.setChecked(True)
    lesson = window._side_views.lesson.view
    for name in lesson._names:
        lesson.choose(name)
        settle(window)
        area = lesson._areas[name]
        assert area.horizontalScrollBar().maximum() == 0, f"{name} is cut at its side"
    assert lesson.width() >= 480 * 1.5
    central = window.centralWidget()
    assert central.horizontalScrollBar().maximum() == 0
