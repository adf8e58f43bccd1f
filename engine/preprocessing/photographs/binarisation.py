"""Binarisation: what of a grey picture is ink, and what only paper with its noise, grain or printed lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PictureError
from engine.preprocessing.photographs.pen_width import stroke_width
from engine.preprocessing.photographs.soft_edges import grown
from engine.preprocessing.resampling import box_mean

NOTHING_STANDS_OUT = "No digit stands out on this picture: use one with less noise or more contrast."

# Pixels of a picture nearer to the paper than this share of the contrast are paper, whatever the noise.
_LEAST_CONTRAST = 8 / 255
# What deviates more on the border may be ink that reaches it, and says nothing of noise.
_LEAST_INK = 0.15
# Above this share it is ink, however noisy the border is.
_MOST_NOISE = 0.5
# On paper that is not plain, ink is what has half of the darkest ink's darkness: printed lines have less.
_DARK_SHARE = 0.5
# The soft edge of a digit that was enlarged is no wider than this share of the longer side, and where a
# picture is small, faint ink may be as many pixels away from dark ink.
_PRINT_DISTANCE, _LEAST_PRINT_DISTANCE = 1 / 40, 4
# As much as this of the dark area may be fainter and farther away before it is taken for printed lines.
_PRINT_AREA = 0.35
# In a smaller picture single pixels are as wide as strokes.
_LEAST_SMOOTHED = 64
# Noise of a larger share of the contrast is averaged away, which costs a little sharpness.
_MUCH_NOISE = 0.08
# Ink stands out from the paper's own noise by this many standard deviations, and by this darkness.
_LEAST_DEVIATIONS, _LEAST_DARKNESS = 5.0, 0.1
# The soft edge of a stroke, as a share of the picture's longer side, and at least a pixel.
_EDGE = 1 / 320


def ink_on_plain_background(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """A picture as 0 background to 1 ink, its noise below the paper's own variation set to 0."""
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    background = float(np.median(border))
    difference = picture - background
    if abs(difference.min()) > difference.max():  # dark ink on light paper
        difference = -difference
    contrast = float(difference.max())
    # Six times the usual deviation of the border, four standard deviations of even noise, is still paper: one
    # speck that is taken for ink moves the box. A clean picture has no noise and keeps every grey.
    deviations = np.abs(border - background) / contrast
    noise = 6 * float(np.median(deviations))
    # Paper as white or as black as can be is noisy to one side alone, and half of it may show nothing.
    quiet = deviations[deviations < _LEAST_INK]
    if quiet.size:
        noise = max(noise, 2.7 * float(np.quantile(quiet, 0.95)))
    share = np.clip(difference / contrast, 0, 1)
    if noise > 0:
        threshold = min(max(noise, _LEAST_CONTRAST), _MOST_NOISE)
        share = np.where(share > threshold, share, 0.0)
    return share


def ink_on_flattened_background(dark: NDArray[np.float64]) -> NDArray[np.float64]:
    """Flattened paper as 0 background to 1 ink: what is as dark as ink, and the soft edges around it."""
    contrast, noise = ink_darkness(dark), _noise(dark)
    if noise > _MUCH_NOISE * contrast:
        dark = box_mean(dark, 3)
        contrast, noise = ink_darkness(dark), _noise(dark)
    if contrast < max(_LEAST_DARKNESS, _LEAST_DEVIATIONS * noise):
        raise PictureError(NOTHING_STANDS_OUT)
    is_ink = dark > max(_DARK_SHARE * contrast, 3 * noise)
    edge = max(1, round(_EDGE * max(dark.shape)))
    share = np.clip(dark / contrast, 0, 1)
    return np.where(grown(is_ink, edge) & (share > 3 * noise / contrast), share, 0.0)


def strokes_width(dark: NDArray[np.float64]) -> float:
    """How wide most of what is as dark as ink is on flattened paper, in pixels."""
    return stroke_width(np.asarray(box_mean(dark, 3) > _DARK_SHARE * ink_darkness(dark)))


def _noise(dark: NDArray[np.float64]) -> float:
    """A standard deviation of even noise, of which most of a picture consists."""
    return 1.5 * float(np.median(np.abs(dark[::2, ::2])))


def has_print(ink: NDArray[np.float64]) -> bool:
    """Whether what was found on plain paper is not only ink: lines or grain far from anything dark."""
    is_dark = ink >= _DARK_SHARE
    distance = max(_LEAST_PRINT_DISTANCE, round(_PRINT_DISTANCE * max(ink.shape)))
    is_far = (ink > 0) & ~grown(is_dark, distance)
    return bool(np.count_nonzero(is_far) > _PRINT_AREA * np.count_nonzero(is_dark))


def ink_darkness(dark: NDArray[np.float64]) -> float:
    """The darkness of most of the ink: the mean of what has half of the greatest, single pixels aside."""
    smooth = dark
    if min(dark.shape) >= _LEAST_SMOOTHED:
        smooth = (dark[:-1, :-1] + dark[1:, :-1] + dark[:-1, 1:] + dark[1:, 1:]) / 4
    greatest = float(smooth.max())
    return float(smooth[smooth >= greatest / 2].mean())
