"""How the camera was held is read from every kind of file, and damaged notes are no notes."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.preprocessing.photographs.exif_orientation import UPRIGHT, turn_of

PIXELS = np.arange(6, dtype=np.uint8).reshape(2, 3) * 40


def written(kind: str, orientation: int | None) -> bytes:
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    file = io.BytesIO()
    Image.fromarray(PIXELS).convert("RGB").save(file, kind, exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_as_pillow_turns_it(kind: str, orientation: int) -> None:
    turn = turn_of(written(kind, orientation))
    turned = np.rot90(PIXELS[:, ::-1] if turn.is_mirrored else PIXELS, -turn.quarters)
    with Image.open(io.BytesIO(written("png", orientation))) as image:
        assert (turned == np.asarray(ImageOps.exif_transpose(image).convert("L"))).all()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "bmp"])
def test_upright_where_nothing_is_noted(kind: str) -> None:
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, kind)
    assert turn_of(file.getvalue()) == UPRIGHT
    assert turn_of(b"") == UPRIGHT


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_a_number_that_means_nothing_is_upright(orientation: int) -> None:
    assert turn_of(written("png", orientation)) == UPRIGHT


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff"])
def test_what_breaks_off_is_read_as_far_as_it_goes(kind: str) -> None:
    data = written(kind, 6)
    for length in range(len(data)):
        assert turn_of(data[:length]) in (UPRIGHT, turn_of(data))
