"""Pictures and drawings from outside: good ones come as they are, bad ones with one sentence."""

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPen

from desktop.pad.picture_decoding import reduced
from desktop.pad.picture_input import (
    INK_MIME,
    content_from_file,
    grey_from_image,
    image_from_file,
    source_of_mime,
)
from engine.errors import InkError, PictureError, ScratchpadError
from engine.preprocessing.ink import Ink
from engine.preprocessing.photographs.ink_finding import find_ink
from engine.preprocessing.photographs.pictures import read_picture

pytestmark = pytest.mark.usefixtures("qapp")


def picture(width=60, height=80, paper="white", ink="black", image_format=QImage.Format.Format_ARGB32):
    """A one on paper."""
    image = QImage(width, height, image_format)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.setPen(QPen(QColor(ink), 6))
    painter.drawLine(width // 2, height // 5, width // 2, height - height // 5)
    painter.end()
    return image


def png_with_header(width: int, height: int, depth: int = 8, colour: int = 6) -> bytes:
    """A PNG file that claims a size and has almost no pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 16))
        + chunk(b"IEND", b"")
    )


def saved(path: Path, image: QImage) -> Path:
    assert image.save(str(path))
    return path


def assert_one_sentence(error: ScratchpadError) -> None:
    text = str(error)
    assert text.endswith(".")
    assert "\n" not in text
    assert 20 < len(text) < 160


# Grey


@pytest.mark.parametrize(
    "image_format",
    [
        QImage.Format.Format_ARGB32,
        QImage.Format.Format_RGB888,
        QImage.Format.Format_Grayscale8,
        QImage.Format.Format_Mono,
    ],
)
def test_grey_has_rows_columns_and_light_paper(image_format):
    # A width that is no multiple of four: rows of the image are padded.
    grey = grey_from_image(picture(61, 80).convertToFormat(image_format))
    assert grey.shape == (80, 61)
    assert grey.dtype == np.uint8
    assert grey[0, 0] == 255
    assert grey[40, 30] == 0
    assert (grey[40] == 255).sum() > 50


@pytest.mark.parametrize(("ink", "paper_value", "ink_value"), [("black", 255, 0), ("white", 0, 255)])
def test_transparent_pictures_get_paper_that_shows_their_ink(ink, paper_value, ink_value):
    grey = grey_from_image(picture(paper="transparent", ink=ink))
    assert grey[0, 0] == paper_value
    assert grey[40, 30] == ink_value


@pytest.mark.parametrize(("paper", "ink", "value"), [("white", "black", 255), ("black", "white", 0)])
def test_a_picture_with_transparent_corners_keeps_its_own_paper(paper, ink, value):
    image = picture(60, 60, paper, ink)
    for x in range(6):
        for y in range(6 - x):
            image.setPixelColor(x, y, QColor(Qt.GlobalColor.transparent))
    grey = grey_from_image(image)
    assert grey[0, 0] == value
    assert grey[30, 5] == value


def test_a_picture_of_a_dense_screen_fills_its_paper():
    image = picture(paper="transparent")
    image.setDevicePixelRatio(2)
    grey = grey_from_image(image)
    assert grey[40, 30] == 0
    assert grey.shape == (80, 60)


def test_no_pixels_are_no_picture():
    with pytest.raises(PictureError):
        grey_from_image(QImage())


@pytest.mark.parametrize(("width", "height"), [(3000, 1500), (5000, 1), (1, 5000)])
def test_large_pictures_are_reduced_and_keep_a_pixel_at_least(width, height):
    image = reduced(picture(width, height))
    assert max(image.width(), image.height()) == 1024
    assert min(image.width(), image.height()) == max(1, 1024 * min(width, height) // max(width, height))


# Files


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "wrong-suffix.txt"])
def test_a_picture_file_is_read_whatever_its_name(tmp_path, suffix):
    path = tmp_path / f"one.{suffix}"
    assert picture(image_format=QImage.Format.Format_RGB32).save(
        str(path), "PNG" if "." in suffix else suffix
    )
    grey = grey_from_image(image_from_file(path))
    assert grey.shape == (80, 60)
    assert grey[0, 0] > 240
    assert grey[40, 30] < 20


@pytest.mark.parametrize("suffix", ["tiff", "gif", "webp", "ppm", "pgm", "pbm", "bmp"])
def test_pictures_of_other_programs_are_read_again_and_again(tmp_path, suffix):
    """Decoders use the file until they are gone: freed in the wrong order, one ended the program."""
    drawn = Image.new({"pbm": "1", "pgm": "L"}.get(suffix, "RGB"), (60, 80), "white")
    drawn.paste("black", (25, 20, 35, 60))
    drawn.save(tmp_path / f"one.{suffix}")
    for _ in range(5):
        grey = grey_from_image(image_from_file(tmp_path / f"one.{suffix}"))
        assert (grey[0, 0], grey[40, 30]) == (255, 0)


def test_a_large_file_is_read_reduced(tmp_path):
    image = image_from_file(saved(tmp_path / "large.png", picture(2048, 1024)))
    assert (image.width(), image.height()) == (1024, 512)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.png", b"", "empty"),
        ("junk.png", b"this is no picture at all", "not a picture"),
        ("zeros.jpg", bytes(5000), "not a picture"),
        ("huge.png", png_with_header(100_000, 100_000), "100,000"),
        ("wide.png", png_with_header(900_000, 80), "900,000"),
        ("deep.png", png_with_header(7_900, 7_900, depth=16), "too large"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence_that_names_it(tmp_path, name, content, word):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PictureError, match=word) as caught:
        content_from_file(path)
    assert name in str(caught.value)
    assert_one_sentence(caught.value)


def test_a_picture_that_breaks_off_is_refused(tmp_path):
    path = saved(tmp_path / "half.png", picture(300, 300))
    whole = path.read_bytes()
    path.write_bytes(whole[:60])
    with pytest.raises(PictureError, match="damaged") as caught:
        content_from_file(path)
    assert_one_sentence(caught.value)


@pytest.mark.qt_log_level_fail("CRITICAL")
def test_a_jpeg_that_breaks_off_in_its_header_is_refused(tmp_path):
    """Qt has no format for it, and asking for its properties read beyond a table and ended the program."""
    path = tmp_path / "half.jpg"
    assert picture(300, 300).save(str(path), "JPG")
    whole = path.read_bytes()
    for length in range(3, 400, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(PictureError, match="damaged"):
            content_from_file(path)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_window_and_command_line_turn_a_picture_alike(tmp_path, suffix, orientation):
    """An L, which looks different in each of the eight ways."""
    drawn = Image.new("L", (64, 48), 255)
    drawn.paste(0, (8, 8, 16, 40))
    drawn.paste(0, (8, 32, 56, 40))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    drawn.save(path, exif=exif)
    shown = grey_from_image(image_from_file(path)) / 255
    read = read_picture(path)
    assert shown.shape == read.shape == ((48, 64) if orientation < 5 else (64, 48))
    assert np.abs(shown - read).max() < 0.2
    with Image.open(path) as image:
        upright = np.asarray(ImageOps.exif_transpose(image).convert("L")) / 255
    assert np.abs(read - upright).max() < 0.2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipes_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "endless.jpg").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("pipe.png", "endless.jpg", "pipe.json"):
        with pytest.raises(PictureError, match="not a regular file") as caught:
            content_from_file(tmp_path / name)
        assert_one_sentence(caught.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(PictureError, match="folder"):
        content_from_file(tmp_path)
    with pytest.raises(PictureError, match=r"no picture gone\.png"):
        content_from_file(tmp_path / "gone.png")
    with pytest.raises(PictureError):
        content_from_file(tmp_path / ("long" * 200))


def test_qt_decodes_the_largest_picture_that_is_taken():
    assert QImageReader.allocationLimit() * 1024 * 1024 >= 64_000_000 * 4


@pytest.mark.parametrize("name", ["ink.json", "ink.txt"])
def test_an_ink_file_is_read(tmp_path, name):
    path = tmp_path / name
    path.write_text(' {"strokes": [[[1, 2], [3, 4]]]}')
    content = content_from_file(path)
    assert isinstance(content, Ink)
    assert [(p.x, p.y) for p in content.strokes[0]] == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1, 2]",
        '{"strokes": []}',
        '{"strokes": [[]]}',
        '{"strokes": [[["a", "b"]]]}',
        '{"strokes": [[[1, NaN]]]}',
        '{"strokes": [[[1e300, 0], [-1e300, 0]]]}',
        '{"strokes": [[[0, 0], [1e-300, 0]]]}',
        "[" * 100_000,
    ],
)
def test_bad_ink_is_refused_with_one_sentence(tmp_path, text):
    path = tmp_path / "ink.json"
    path.write_text(text)
    with pytest.raises(InkError) as caught:
        content_from_file(path)
    assert_one_sentence(caught.value)


def test_ink_that_is_no_text_or_gigantic_is_refused(tmp_path):
    path = tmp_path / "ink.json"
    path.write_bytes(b'{"strokes": "\xff\xfe"}')
    with pytest.raises(InkError, match="UTF-8"):
        content_from_file(path)
    path.write_bytes(b"{" + b" " * 5_000_001)
    with pytest.raises(InkError, match="too large"):
        content_from_file(path)


# Clipboard and drops


def mime_with(**parts) -> QMimeData:
    mime = QMimeData()
    if "image" in parts:
        mime.setImageData(parts["image"])
    if "ink" in parts:
        mime.setData(INK_MIME, parts["ink"])
    if "urls" in parts:
        mime.setUrls(parts["urls"])
    if "text" in parts:
        mime.setText(parts["text"])
    return mime


def test_a_picture_from_the_clipboard_comes_grey():
    image = source_of_mime(mime_with(image=picture()))()
    assert isinstance(image, QImage)
    assert image.format() == QImage.Format.Format_Grayscale8


def test_a_local_file_is_read(tmp_path):
    path = saved(tmp_path / "ä one.png", picture())
    image = source_of_mime(mime_with(urls=[QUrl.fromLocalFile(str(path))]))()
    assert isinstance(image, QImage)
    assert image.width() == 60


def test_ink_comes_before_the_picture_beside_it():
    ink = json.dumps({"strokes": [[[0, 0], [1, 1]]]})
    assert isinstance(source_of_mime(mime_with(ink=ink.encode(), image=picture()))(), Ink)
    assert isinstance(source_of_mime(mime_with(text=ink))(), Ink)


@pytest.mark.parametrize(
    "mime",
    [
        {},
        {"text": "hello"},
        {"text": "{not ink"},
        {"ink": b"junk"},
        {"ink": b"\xff\xff"},
        {"urls": [QUrl("https://example.org/one.png")]},
        {"image": QImage()},
        {"image": "no image"},
    ],
)
def test_anything_else_is_refused_with_one_sentence(mime):
    with pytest.raises(ScratchpadError) as caught:
        source_of_mime(mime_with(**mime))()
    assert_one_sentence(caught.value)


def test_a_gigantic_picture_on_the_clipboard_is_refused():
    image = QImage(9_000, 9_000, QImage.Format.Format_Mono)
    assert not image.isNull()
    with pytest.raises(PictureError, match="9,000 × 9,000"):
        source_of_mime(mime_with(image=image))()


def test_importing_the_pad_brings_no_numpy_torch_or_pyqtgraph():
    code = (
        "import sys, desktop.pad.canvas, desktop.pad.picture_input;"
        "print(sorted({'numpy', 'torch', 'pyqtgraph'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_window_and_command_line_find_the_same_ink_in_a_coloured_photograph(tmp_path):
    """Blue squares and a red margin, which grey as eyes see it would show."""
    pixels = np.full((900, 1200, 3), (240, 235, 225), dtype=np.uint8)
    pixels[60::100] = pixels[61::100] = pixels[62::100] = (140, 180, 220)
    pixels[:, 40::100] = pixels[:, 41::100] = (140, 180, 220)
    pixels[:, 300:304] = (230, 120, 130)
    pixels[250:650, 560:600] = (40, 40, 45)
    path = tmp_path / "squares.jpg"
    Image.fromarray(pixels).save(path, quality=90)
    shown, read = grey_from_image(image_from_file(path)), read_picture(path)
    assert shown.shape == read.shape
    assert np.abs(shown / 255 - read).mean() < 0.02
    for picture_of in (shown, read):
        found = find_ink(picture_of)
        assert len(found.digits) == 1
        assert found.boxes[0] == pytest.approx((560 / 1200, 250 / 900, 600 / 1200, 650 / 900), abs=0.01)
