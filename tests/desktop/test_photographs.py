"""Pictures of every kind come to the pad, large ones without keeping the pen waiting."""

import threading

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from desktop.picture_input import Source, source_of_file, source_of_mime
from desktop.picture_opener import PictureOpener
from engine.errors import PictureError
from tests.pictures import noise, save_all_kinds, save_gigantic_jpeg


@pytest.fixture
def window(make_window):
    return make_window()


def test_pictures_of_every_kind_are_read(qtbot, window, tmp_path):
    for path in save_all_kinds(tmp_path):
        with qtbot.waitSignal(window.reader.reading_completed):
            window.open_file(path)
        assert window.reader.text == "7", path.name
        window.canvas.clear()


def test_a_gigantic_photograph_is_read_while_the_pen_goes_on(qtbot, window, tmp_path):
    path = save_gigantic_jpeg(tmp_path / "gigantic.jpg")
    assert source_of_file(path).is_slow
    window.open_file(path)
    assert window.canvas.picture is None
    assert window.status.text == "Reading a large picture…"
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert len(window.canvas.ink.strokes) == 1
    qtbot.waitUntil(lambda: window.canvas.picture is not None)
    assert window.status.text == "Ready"
    qtbot.waitUntil(lambda: window.reader.text == "7")
    window._actions.undo.trigger()
    assert len(window.canvas.ink.strokes) == 1


def test_a_large_file_is_pasted_in_the_background_too(qtbot, window, tmp_path):
    path = save_gigantic_jpeg(tmp_path / "gigantic.jpg")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)
    window.canvas.paste()
    assert window.canvas.picture is None
    qtbot.waitUntil(lambda: window.reader.text == "7")


def test_a_large_picture_on_the_clipboard_is_reduced_in_a_thread(qapp):
    mime = QMimeData()
    mime.setImageData(QImage(3000, 2000, QImage.Format.Format_RGB32))
    source = source_of_mime(mime)
    assert source.is_slow
    assert source.read().width() == 1024


@pytest.mark.parametrize("name", ["folder", "gone.png", "long" * 200])
def test_what_is_no_file_is_refused_in_one_sentence(qtbot, window, tmp_path, name):
    (tmp_path / "folder").mkdir()
    window.open_file(tmp_path / name)
    assert window.notice.isVisible()


def test_closing_waits_for_what_is_being_read(qtbot, window, tmp_path):
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


@pytest.mark.parametrize("is_second_slow", [False, True])
def test_of_two_that_are_read_the_latest_wins_even_if_it_comes_first(qtbot, is_second_slow):
    opener, opened, busy = PictureOpener(), [], []
    opener.opened.connect(lambda content, text: opened.append((content, text)))
    opener.busy_changed.connect(busy.append)
    may_end = threading.Event()

    def read_long():
        may_end.wait(300)
        return 1

    opener.open(Source(read_long, True), "Open")
    opener.open(Source(lambda: 2, is_second_slow), "Drop")
    qtbot.waitUntil(lambda: bool(opened))
    may_end.set()
    qtbot.waitUntil(lambda: not opener._threads)
    assert opened == [(2, "Drop")]
    assert busy == [True, False]


def test_why_nothing_was_read_is_told_from_a_thread_too(qtbot):
    def refuse():
        raise PictureError("No.")

    opener = PictureOpener()
    for is_slow in (False, True):
        with qtbot.waitSignal(opener.refused) as told:
            opener.open(Source(refuse, is_slow), "Open")
        assert told.args == ["No."]
    opener.close()
