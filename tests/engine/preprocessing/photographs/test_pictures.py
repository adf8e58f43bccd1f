import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import resources
from engine.errors import PictureError
from engine.models.classifier import Classifier
from engine.models.model_file import load_model
from engine.preprocessing.normaliser import normalise_picture
from engine.preprocessing.number import number_of_picture
from engine.preprocessing.photographs.picture_file import LONGEST_SIDE, MOST_PIXELS
from engine.preprocessing.photographs.pictures import read_picture
from tests.pictures import noise, save_all_kinds, save_gigantic_jpeg

SEVEN = [(80, 60), (220, 60), (120, 250)]


def seven(mode: str, paper: object, ink: object, width: int = 24) -> Image.Image:
    image = Image.new(mode, (300, 300), paper)  # type: ignore[arg-type]
    ImageDraw.Draw(image).line(SEVEN, fill=ink, width=width, joint="curve")  # type: ignore[arg-type]
    return image


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(load_model(resources.path("weights", "shipped.safetensors")))


def test_grey_is_0_black_to_1_white(tmp_path: Path) -> None:
    image = Image.new("L", (3, 2), 0)
    image.putpixel((2, 1), 255)
    grey = read_picture(saved(image, tmp_path / "picture.png"))
    assert grey.dtype == np.float32
    assert grey.tolist() == [[0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(seven("L", 255, 0), id="dark on light"),
        pytest.param(seven("L", 0, 255), id="light on dark"),
        pytest.param(seven("1", 1, 0), id="two colours"),
        pytest.param(seven("RGB", (250, 240, 200), (20, 30, 120)), id="coloured"),
        pytest.param(seven("RGBA", (0, 0, 0, 0), (10, 10, 40, 255)), id="dark ink on nothing"),
        pytest.param(seven("RGBA", (0, 0, 0, 0), (250, 250, 250, 255)), id="light ink on nothing"),
        pytest.param(seven("RGBA", (255, 255, 255, 0), (255, 255, 255, 255)), id="white ink on clear white"),
        pytest.param(seven("LA", (0, 0), (0, 255)), id="grey and alpha"),
        pytest.param(seven("RGB", (255, 255, 255), (0, 0, 0)).quantize(4), id="palette"),
        pytest.param(seven("I;16", 65535, 0), id="16 bits"),
    ],
)
def test_every_kind_of_picture_is_read(tmp_path: Path, image: Image.Image, classifier: Classifier) -> None:
    reading = classifier.read_vector(normalise_picture(read_picture(saved(image, tmp_path / "seven.png"))))
    assert reading.digit == 7


def test_transparent_palette_is_read(tmp_path: Path, classifier: Classifier) -> None:
    image = seven("RGB", (255, 255, 255), (0, 0, 0)).quantize(2)
    paper = image.getpixel((0, 0))
    path = saved(image, tmp_path / "seven.png", transparency=paper)
    with Image.open(path) as stored:
        assert stored.mode == "P"
        assert stored.has_transparency_data
    assert classifier.read_vector(normalise_picture(read_picture(path))).digit == 7


def test_transparent_corners_become_paper(tmp_path: Path, classifier: Classifier) -> None:
    image = seven("RGBA", (230, 230, 230, 255), (0, 0, 0, 255))
    alpha = Image.new("L", image.size, 0)
    ImageDraw.Draw(alpha).rounded_rectangle((0, 0, 299, 299), 60, fill=255)
    image.putalpha(alpha)
    grey = read_picture(saved(image, tmp_path / "seven.png"))
    assert grey[0, 0] == pytest.approx(230 / 255, abs=0.02)
    assert classifier.read_vector(normalise_picture(grey)).digit == 7


@pytest.mark.parametrize("suffix", ["jpg", "bmp", "gif", "tiff", "webp", "ppm"])
def test_usual_formats_are_read(tmp_path: Path, suffix: str, classifier: Classifier) -> None:
    path = saved(seven("RGB", (255, 255, 255), (0, 0, 0)), tmp_path / f"seven.{suffix}")
    assert classifier.read_vector(normalise_picture(read_picture(path))).digit == 7


def test_picture_is_turned_as_its_exif_says(tmp_path: Path) -> None:
    image = Image.new("L", (40, 20), 255)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    grey = read_picture(saved(image, tmp_path / "turned.jpg", exif=exif))
    assert grey.shape == (40, 20)


@pytest.mark.parametrize("mode", ["L", "RGBA", "I;16"])
def test_large_picture_is_reduced(tmp_path: Path, mode: str, classifier: Classifier) -> None:
    paper, ink = {"L": (255, 0), "RGBA": ((0, 0, 0, 0), (0, 0, 0, 255)), "I;16": (65535, 0)}[mode]
    image = Image.new(mode, (2400, 1800), paper)  # type: ignore[arg-type]
    points = [(6 * x, 6 * y) for x, y in SEVEN]
    ImageDraw.Draw(image).line(points, fill=ink, width=140, joint="curve")  # type: ignore[arg-type]
    grey = read_picture(saved(image, tmp_path / "large.png"))
    assert max(grey.shape) == LONGEST_SIDE
    assert classifier.read_vector(normalise_picture(grey)).digit == 7


def test_gigantic_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = saved(Image.new("1", (8001, 8000)), tmp_path / "gigantic.png")
    assert MOST_PIXELS < 8001 * 8000
    # Without its pixels it can only be refused for its size.
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(PictureError, match="too large"):
        read_picture(path)


def test_absurdly_gigantic_picture_is_refused(tmp_path: Path) -> None:
    path = saved(Image.new("1", (40, 40)), tmp_path / "bomb.bmp")
    content = bytearray(path.read_bytes())
    content[18:26] = (60_000).to_bytes(4, "little") * 2
    path.write_bytes(content)
    with pytest.raises(PictureError, match="too large"):
        read_picture(path)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "tiff", "bmp", "webp"])
def test_damaged_picture_gives_one_sentence(tmp_path: Path, suffix: str) -> None:
    path = saved(seven("RGB", (255, 255, 255), (0, 0, 0)), tmp_path / f"damaged.{suffix}")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(PictureError, match=r"^damaged\.\w+ .*(damaged|cannot be read|not a picture)"):
        read_picture(path)


def test_other_files_are_no_pictures(tmp_path: Path) -> None:
    text = tmp_path / "notes.png"
    text.write_text("not a picture", encoding="utf-8")
    empty = tmp_path / "empty.png"
    empty.touch()
    for path, words in ((text, "not a picture"), (empty, "is empty")):
        with pytest.raises(PictureError, match=words):
            read_picture(path)
    with pytest.raises(PictureError, match="no picture absent"):
        read_picture(tmp_path / "absent.png")
    with pytest.raises(PictureError, match="is a folder"):
        read_picture(tmp_path)


def test_postscript_is_not_even_tried(tmp_path: Path) -> None:
    path = saved(seven("RGB", (255, 255, 255), (0, 0, 0)), tmp_path / "program.eps")
    with pytest.raises(PictureError, match="not a picture"):
        read_picture(path)


def test_wholly_transparent_picture_says_so(tmp_path: Path) -> None:
    path = saved(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), tmp_path / "clear.png")
    with pytest.raises(PictureError, match="transparent"):
        read_picture(path)


def test_float_picture_without_numbers_is_refused(tmp_path: Path) -> None:
    pixels = np.full((9, 9), np.nan, dtype=np.float32)
    path = saved(Image.fromarray(pixels), tmp_path / "nan.tiff")
    with pytest.raises(PictureError, match="damaged"):
        read_picture(path)


def test_pictures_of_every_kind_are_read(tmp_path: Path, classifier: Classifier) -> None:
    for path in save_all_kinds(tmp_path):
        number = number_of_picture(read_picture(path))
        assert [reading.digit for reading in classifier.read_vectors(number.vectors)] == [7], path.name


def test_gigantic_photograph_is_read_in_small(tmp_path: Path, classifier: Classifier) -> None:
    path = save_gigantic_jpeg(tmp_path / "gigantic.jpg")
    grey = read_picture(path)
    assert max(grey.shape) == LONGEST_SIDE
    assert classifier.read_vector(normalise_picture(grey)).digit == 7


def test_noise_is_no_number(tmp_path: Path) -> None:
    path = saved(noise(), tmp_path / "noise.png")
    with pytest.raises(PictureError, match="No digit stands out"):
        number_of_picture(read_picture(path))


def test_a_small_file_that_asks_for_thousands_of_scans_is_refused(tmp_path: Path) -> None:
    path = saved(Image.new("L", (8_000, 8_000), 255), tmp_path / "scans.jpg", progressive=True)
    data = path.read_bytes()
    scan = data[data.index(b"\xff\xda") : -2]
    path.write_bytes(data[:-2] + scan[:200] * 60 + data[-2:])
    with pytest.raises(PictureError, match="minutes"):
        read_picture(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "endless.png").symlink_to("/dev/zero")
    for name in ("pipe.png", "endless.png"):
        with pytest.raises(PictureError, match="not a regular file"):
            read_picture(tmp_path / name)
