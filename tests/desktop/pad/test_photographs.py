"""Pictures of every kind come to the pad, large ones without keeping the pen waiting."""

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from desktop.pad.picture_input import source_of_mime
from tests.pictures import (
    noise,
    save_all_kinds,
    save_digit_at_the_edge,
    save_gigantic_jpeg,
    save_two_rows,
)


@pytest.fixture
def window(make_window):
    return make_window()


def test_pictures_of_every_kind_are_read(qtbot, window, tmp_path):
    for path in save_all_kinds(tmp_path):
        with qtbot.waitSignal(window.reader.reading_completed):
            window.open_file(path)
        assert window.reader.text == "7", path.name
        window.document.clear()


def test_a_gigantic_photograph_is_read_while_the_pen_goes_on(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.pad.picture_opener.AT_ONCE_S", 0.0)
    window.open_file(save_gigantic_jpeg(tmp_path / "gigantic.jpg"))
    assert window.document.picture is None
    assert window.status.text == "Reading the picture…"
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert len(window.document.ink.strokes) == 1
    qtbot.waitUntil(lambda: window.document.picture is not None)
    assert window.status.text == "Ready"
    qtbot.waitUntil(lambda: window.reader.text == "7")
    window._actions.undo.trigger()
    assert len(window.document.ink.strokes) == 1


def test_a_large_file_is_pasted_in_the_background_too(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.pad.picture_opener.AT_ONCE_S", 0.0)
    path = save_gigantic_jpeg(tmp_path / "gigantic.jpg")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)
    window._actions.paste.trigger()
    assert window.document.picture is None
    qtbot.waitUntil(lambda: window.reader.text == "7")


def test_a_large_picture_on_the_clipboard_is_reduced_when_it_is_read(qapp):
    mime = QMimeData()
    mime.setImageData(QImage(3000, 2000, QImage.Format.Format_RGB32))
    assert source_of_mime(mime)().width() == 1024


@pytest.mark.parametrize("name", ["folder", "gone.png", "long" * 200])
def test_what_is_no_file_is_refused_in_one_sentence(qtbot, window, tmp_path, name):
    (tmp_path / "folder").mkdir()
    window.open_file(tmp_path / name)
    # A folder may be a set of pictures, for which it is looked through in a thread.
    qtbot.waitUntil(window.notice.isVisible)


def test_closing_forgets_what_is_being_read(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.pad.picture_opener.AT_ONCE_S", 0.0)
    window.open_file(save_gigantic_jpeg(tmp_path / "gigantic.jpg"))
    window.close()
    assert not window.isVisible()


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (Image.new("L", (300, 200), 230), "all of one colour"),
        (noise(), "No digit stands out"),
        (Image.new("1", (9_000, 9_000)), "too large"),
    ],
)
def test_pictures_without_a_digit_give_one_sentence(qtbot, window, tmp_path, image, words):
    path = tmp_path / "nothing.png"
    image.save(path)
    window.open_file(path)
    qtbot.waitUntil(window.notice.isVisible)
    assert words in window.notice.text
    assert window.notice.text.count(". ") == 0


def test_a_picture_without_pixels_is_refused(qtbot, window, tmp_path):
    path = tmp_path / "nothing.gif"
    path.write_bytes(b"GIF89a\0\0\0\0\0\0\0;")
    window.open_file(path)
    assert "nothing.gif" in window.notice.text


def test_a_digit_at_the_edge_and_a_dash_are_read_or_refused_and_never_end_in_an_error(window, tmp_path):
    path = save_digit_at_the_edge(tmp_path / "edge.png")
    window.open_file(path)
    window.reader.read_now()
    assert window.reader.text == "2"


def test_two_rows_are_read_row_by_row(window, tmp_path):
    window.open_file(save_two_rows(tmp_path / "rows.png"))
    window.reader.read_now()
    assert window.reader.text == "71\n17"
    assert window.prediction.answer == "71\n17"
    assert window.prediction.accessibleDescription().startswith("71, 17; digit 1 of 4")
    window._actions.copy_number.trigger()
    assert window.status.text == "Copied 71 17"
