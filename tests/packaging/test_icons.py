import hashlib
import io
import struct

import numpy as np
import pytest
from PIL import Image

from engine.cli.read import load_shipped
from engine.models.classifier import Classifier
from engine.preprocessing.normaliser import normalise_picture
from resources.packaging import icons

SIZES = sorted({*icons.HICOLOR_SIZES, *icons.ICO_SIZES, *icons.ICNS_SIZES})


@pytest.fixture(scope="module")
def classifier():
    return Classifier(load_shipped())


def pixels(tmp_path, size):
    """(size, size, 4) uint8, as drawn into a PNG file."""
    path = tmp_path / f"{size}.png"
    icons.render_png(size, path)
    with Image.open(path) as image:
        assert image.format == "PNG"
        return np.asarray(image.convert("RGBA"))


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_has_its_size_and_clear_corners(tmp_path, size):
    drawn = pixels(tmp_path, size)
    assert drawn.shape == (size, size, 4)
    assert drawn[size // 2, size // 8 + 1, 3] == 255
    corners = drawn[[0, 0, -1, -1], [0, -1, 0, -1], 3]
    assert (corners < 128).all()


@pytest.mark.parametrize("size", SIZES)
def test_the_program_itself_reads_its_icon_as_a_two(tmp_path, classifier, size):
    drawn = pixels(tmp_path, size)
    # Ink alone is light in red: the frame is blue, and the pad dark.
    red = drawn[:, :, 0].astype(np.float32)
    ink = np.where(red > 160, red / 255, 0).astype(np.float32)
    inside = slice(size // 8, size - size // 8)
    reading = classifier.read_vector(normalise_picture(ink[inside, inside]))
    assert reading.digit == 2
    assert reading.is_sure


@pytest.mark.parametrize("backdrop", [250, 30])
@pytest.mark.parametrize("size", SIZES)
def test_the_icon_stands_out_from_light_and_dark(tmp_path, size, backdrop):
    drawn = pixels(tmp_path, size).astype(float)
    row = drawn[size // 2]
    frame = row[np.argmax(row[:, 3] == 255)][:3]
    assert contrast(luminance(frame), luminance(np.full(3, backdrop))) > 2.5


def luminance(colour):
    """Relative luminance as of WCAG."""
    part = colour / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first, second):
    light, dark = max(first, second), min(first, second)
    return (light + 0.05) / (dark + 0.05)


def test_edges_of_the_smallest_icon_lie_on_whole_pixels(tmp_path):
    drawn = pixels(tmp_path, 16)
    middle = drawn[8]
    assert (middle[:, 3] == 255).all()
    assert tuple(middle[0][:3]) == tuple(drawn[0, 8][:3]) == (0x6F, 0x6C, 0xF4)
    assert tuple(middle[1][:3]) == (0x17, 0x18, 0x1D)


def test_the_icon_theme_has_every_size_and_the_drawing(tmp_path):
    icons.write_hicolor(tmp_path / "hicolor")
    for size in icons.HICOLOR_SIZES:
        with Image.open(tmp_path / f"hicolor/{size}x{size}/apps/{icons.NAME}.png") as image:
            assert image.size == (size, size)
    drawing = tmp_path / f"hicolor/scalable/apps/{icons.NAME}.svg"
    assert drawing.read_text(encoding="utf-8").startswith("<svg ")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == len(icons.HICOLOR_SIZES) + 1


def test_windows_finds_every_size_as_it_was_drawn(tmp_path):
    path = tmp_path / "scratchpad.ico"
    icons.write_ico(path)
    content = path.read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(icons.ICO_SIZES))
    for number, size in enumerate(icons.ICO_SIZES):
        width, height, _, _, _, bits, length, offset = struct.unpack_from(
            "<BBBBHHII", content, 6 + 16 * number
        )
        assert (width, height, bits) == (size % 256, size % 256, 32)
        with Image.open(io.BytesIO(content[offset : offset + length])) as entry:
            assert entry.format == "PNG"
            assert np.array_equal(np.asarray(entry), pixels(tmp_path, size))


def test_macos_finds_every_size_with_the_margin_of_the_dock(tmp_path):
    path = tmp_path / "scratchpad.icns"
    icons.write_icns(path)
    content = path.read_bytes()
    assert struct.unpack_from(">4sI", content) == (b"icns", len(content))
    with Image.open(path) as image:
        assert {points * scale for points, _, scale in image.info["sizes"]} == set(icons.ICNS_SIZES)
        image.load()
        largest = np.asarray(image)
    assert largest.shape == (1024, 1024, 4)
    solid = np.flatnonzero(largest[512, :, 3] == 255)
    assert abs(solid[-1] - solid[0] + 1 - 824) <= 2


def test_the_same_drawing_gives_the_same_bytes(tmp_path):
    def digests(folder):
        folder.mkdir()
        icons.write_hicolor(folder)
        icons.write_ico(folder / "scratchpad.ico")
        icons.write_icns(folder / "scratchpad.icns")
        return {
            path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    assert digests(tmp_path / "first") == digests(tmp_path / "second")
