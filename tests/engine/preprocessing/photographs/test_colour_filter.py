"""Colours become grey so that ink stands out from print, and a grey picture stays as it is."""

import numpy as np
import pytest

from engine.preprocessing.photographs.colour_filter import LUMINANCE, grey_of_colour

HEIGHT, WIDTH = 300, 400
BLACK, BLUE_INK, RED_INK = (30, 30, 30), (40, 60, 160), (200, 50, 60)
BLUE_PRINT, RED_PRINT = (150, 190, 225), (230, 120, 130)
STROKE, OTHER_STROKE = (slice(60, 240), slice(150, 165)), (slice(60, 240), slice(250, 265))


def paper(*coloured):
    """White paper, slightly warm, in (height, width, 3) uint8, and what is painted on it in its order."""
    picture = np.full((HEIGHT, WIDTH, 3), (250, 245, 235), dtype=np.float64)
    for where, colour in coloured:
        picture[where] *= np.array(colour) / 255
    return picture.astype(np.uint8)


def squares():
    where = np.zeros((HEIGHT, WIDTH), dtype=bool)
    where[20::40] = where[21::40] = True
    where[:, 30::40] = where[:, 31::40] = True
    return where


def margin():
    where = np.zeros((HEIGHT, WIDTH), dtype=bool)
    where[:, 90:93] = True
    return where


def darkness(grey, where):
    """How much darker than paper a place is, as a share of white."""
    return (float(np.median(grey)) - float(np.median(grey[where]))) / 255


@pytest.mark.parametrize(
    ("ink", "printed", "colour"),
    [
        (BLACK, squares(), BLUE_PRINT),
        (RED_INK, squares(), BLUE_PRINT),
        (BLUE_INK, margin(), RED_PRINT),
        (BLACK, margin(), RED_PRINT),
    ],
    ids=["black on blue", "red on blue", "blue beside red", "black beside red"],
)
def test_print_of_another_colour_becomes_lighter_than_eyes_see_it(ink, printed, colour):
    picture = paper((printed, colour), (STROKE, ink))
    grey, seen = grey_of_colour(picture), (picture @ np.array(LUMINANCE)).astype(np.uint8)
    for shown in (grey, seen):
        assert darkness(shown, STROKE) > 0.25
    share, share_seen = (darkness(shown, printed) / darkness(shown, STROKE) for shown in (grey, seen))
    assert share < share_seen / 2


def test_ink_of_each_colour_stays():
    grey = grey_of_colour(paper((squares(), BLUE_PRINT), (STROKE, BLUE_INK), (OTHER_STROKE, RED_INK)))
    assert min(darkness(grey, STROKE), darkness(grey, OTHER_STROKE)) > 0.25


def test_a_picture_without_colours_is_as_eyes_see_it():
    level = np.random.default_rng(0).integers(0, 256, (40, 50), dtype=np.uint8)
    assert (grey_of_colour(np.stack([level] * 3, axis=2)) == level).all()


def test_light_ink_on_dark_stays_light():
    picture = np.full((HEIGHT, WIDTH, 3), (20, 40, 120), dtype=np.uint8)
    picture[STROKE] = (250, 240, 160)
    grey = grey_of_colour(picture)
    assert darkness(grey, STROKE) < -0.25


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 900, 3), (2000, 1, 3)])
def test_pictures_of_any_shape_and_colour_become_grey(shape):
    picture = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    grey = grey_of_colour(picture)
    assert (grey.shape, grey.dtype) == (shape[:2], np.uint8)
    red = np.zeros(shape, dtype=np.uint8)
    red[..., 0] = 255
    assert np.ptp(grey_of_colour(red)) == 0
