"""What stands on the pad as a picture in a file."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QImageWriter

from desktop.pad.picture_export import save_png, square_picture
from desktop.widgets.theme import LIGHT
from engine.errors import PictureError
from tests.desktop.pad.test_document import draw as write

PAPER, INK = QColor("#101116"), QColor("#f4f1ea")
COLOURS = replace(LIGHT, pad=PAPER.name(), ink=INK.name())


def test_saved_ink_is_a_picture_of_it(document, tmp_path):
    write(document, *[(x, 0) for x in range(-125, 126, 25)])
    save_png(document, tmp_path / "one.png", COLOURS)
    image = QImage(str(tmp_path / "one.png"))
    side = image.width()
    assert image.height() == side
    assert image.pixelColor(side // 2, side // 2) == INK
    assert image.pixelColor(5, 5) == PAPER


def test_a_failed_save_says_so_and_leaves_the_old_file_whole(document, tmp_path, monkeypatch):
    write(document, (0, 0))
    with pytest.raises(PictureError, match="could not be written"):
        save_png(document, tmp_path / "no such folder" / "one.png", COLOURS)
    old = tmp_path / "old.png"
    old.write_bytes(b"old")
    monkeypatch.setattr(QImageWriter, "write", lambda *_arguments: False)
    with pytest.raises(PictureError, match=r"old\.png"):
        save_png(document, old, COLOURS)
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.glob("old*")] == ["old.png"]


def test_the_picture_of_a_pad_has_all_ink_even_beyond_the_square(document):
    write(document, *[(0, y) for y in range(-600, 601, 25)])
    image = square_picture(document, 280, COLOURS)
    assert (image.width(), image.height()) == (280, 280)
    assert image.pixelColor(140, 140) == INK
    assert image.pixelColor(140, 8) == PAPER
    assert image.pixelColor(140, 271) == PAPER
