"""What comes onto the pad from files, the clipboard and other windows, and goes to the clipboard."""

import struct
import zlib
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication

from desktop.pad.canvas import Canvas
from desktop.pad.clipboard import copy
from desktop.pad.document_opener import DocumentOpener
from desktop.pad.picture_input import INK_MIME
from desktop.widgets.theme import LIGHT
from engine.preprocessing.ink import Ink, Point
from tests.desktop.pad.test_document import draw as write
from tests.desktop.pad.test_document import picture as grey_picture

LEFT = Qt.MouseButton.LeftButton
INK = QColor("#f4f1ea")
COLOURS = replace(LIGHT, ink=INK.name())


class Heard:
    """What is said while things are opened."""

    def __init__(self, document, opener):
        self.changes = 0
        self.refused = []
        document.changed.connect(self._on_changed)
        opener.refused.connect(self.refused.append)

    def _on_changed(self):
        self.changes += 1


@pytest.fixture
def opener(document):
    opener = DocumentOpener(document)
    yield opener
    opener.close()


@pytest.fixture
def heard(document, opener):
    return Heard(document, opener)


@pytest.fixture
def canvas(qtbot, document, opener):
    """What things are dropped on."""
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.picture_dropped.connect(opener.drop)
    return canvas


@pytest.fixture
def clipboard(qapp):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


def test_ink_is_copied_as_picture_and_as_ink_and_pasted_as_ink(document, opener, clipboard):
    write(document, (-250, -375), (-250, 125))
    copy(document, COLOURS)
    mime = clipboard.mimeData()
    assert Ink.from_json(bytes(mime.data(INK_MIME).data()).decode()) == document.ink
    copied = clipboard.image()
    assert copied.pixelColor(copied.width() // 4, copied.height() // 3) == INK
    document.clear()
    opener.paste()
    assert [(round(x), round(y)) for x, y, *_ in document.ink.strokes[0]] == [(0, -310), (0, 310)]
    assert document.history.count == 3


def test_a_picture_is_copied_as_it_is(document, clipboard):
    document.put_picture(grey_picture())
    copy(document, COLOURS)
    assert clipboard.image().size().toTuple() == (30, 40)
    assert not clipboard.mimeData().hasFormat(INK_MIME)


def test_copying_an_empty_pad_leaves_the_clipboard_alone(document, clipboard):
    clipboard.setText("mine")
    copy(document, COLOURS)
    assert clipboard.text() == "mine"


def test_pasting_a_picture_shows_it(document, opener, clipboard, heard):
    clipboard.setImage(grey_picture())
    opener.paste()
    assert document.picture is not None
    assert heard.refused == []


def test_pasting_what_is_no_picture_says_so_and_changes_nothing(document, opener, clipboard, heard):
    write(document, (-250, -375), (-250, 125))
    before, changes = document.ink, heard.changes
    opener.paste()
    clipboard.setText("good morning")
    opener.paste()
    clipboard.setText('{"strokes": [[["x"]]]}')
    opener.paste()
    assert len(heard.refused) == 3
    assert document.ink == before
    assert document.history.count == 1
    assert heard.changes == changes


def png_header(width, height):
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def drop(canvas, mime):
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    entered = QDragEnterEvent(QPoint(50, 50), actions, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    QGuiApplication.sendEvent(canvas, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(50, 50), actions, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    dropped.setDropAction(Qt.DropAction.MoveAction)
    QGuiApplication.sendEvent(canvas, dropped)
    assert dropped.isAccepted()
    # Whoever moves deletes: a dropped file stays where it is.
    assert dropped.dropAction() == Qt.DropAction.CopyAction


@pytest.mark.parametrize(
    ("name", "content"),
    [("junk.png", b"junk"), ("empty.png", b""), ("huge.png", png_header(100_000, 100_000)), ("x.json", b"{")],
)
def test_a_bad_file_dropped_or_opened_says_so_and_changes_nothing(
    canvas, document, opener, heard, tmp_path, name, content
):
    path = tmp_path / name
    path.write_bytes(content)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop(canvas, mime)
    opener.open_file(path)
    opener.open_file(tmp_path / "gone.png")
    assert len(heard.refused) == 3
    assert all(sentence.endswith(".") for sentence in heard.refused)
    assert document.is_empty
    assert not document.history.can_undo
    assert heard.changes == 0


def test_dropped_pictures_and_drawings_are_shown(canvas, document, heard, tmp_path):
    picture_file, ink_file = tmp_path / "one.png", tmp_path / "one.json"
    assert grey_picture().save(str(picture_file))
    ink_file.write_text(Ink(((Point(0, 0), Point(0, 1)),)).to_json())
    for path in (picture_file, ink_file):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        drop(canvas, mime)
        assert (document.picture is not None) == (path is picture_file)
    mime = QMimeData()
    mime.setImageData(grey_picture())
    drop(canvas, mime)
    assert document.picture is not None
    assert document.history.count == 3
    assert heard.refused == []
    assert picture_file.exists()
