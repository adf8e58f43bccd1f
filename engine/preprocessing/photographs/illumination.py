"""Illumination: uneven light, shadows and the grain of paper taken out of a photograph.

The light on the paper is what the picture would show without its ink. Seen in small, ink is a thin dark
thing: a maximum over a window wider than any pen stroke paints it over, and a minimum over the same window
puts the edges of light and shadow back where they were (a morphological closing). What is left of the
picture, divided by that light, is ink on even paper.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.resampling import box_mean, resampled

WIDEST_WINDOW = 0.22
"""As a share of the longer side: wider than any stroke of a digit that fills the picture."""

# The light is looked for in a picture reduced to this many pixels along its longer side.
_SMALL = 96
# Whether ink is darker or lighter is seen against the medians of one of this many.
_TINY = 48
# Paper is plain where so much of the picture's border is as light as its middle, in shares of the contrast.
_PLAIN_SHARE, _PLAIN_DEVIATION = 0.9, 0.06
# Darker paper than this says nothing: dividing by it would turn its noise into ink.
_LEAST_LIGHT = 0.08


def is_plain(picture: NDArray[np.float64]) -> bool:
    """Whether the paper looks the same all along the border, so that there is nothing to flatten."""
    small = _reduced(picture, _SMALL)
    border = _border(small)
    contrast = float(np.abs(picture - np.median(border)).max())
    near = np.abs(border - np.median(border)) <= _PLAIN_DEVIATION * contrast
    return bool(near.mean() >= _PLAIN_SHARE)


def flatten(picture: NDArray[np.float64], window: float = WIDEST_WINDOW) -> NDArray[np.float64]:
    """How dark the ink is, whatever light fell on the paper.

    Args:
        picture: (height, width) of any range, dark on light or light on dark.
        window: Wider than any stroke, as a share of the longer side; what light changes within it is ink.

    Returns:
        (height, width) float64, 0 for paper, more for ink, 1 for ink that reflects nothing; somewhat below 0
        where paper is lighter than around.
    """
    low, high = float(picture.min()), float(picture.max())
    light = (picture - low) / max(high - low, 1e-300)
    return darkness(1 - light if is_light_on_dark(light) else light, window)


def darkness(light: NDArray[np.float64], window: float = WIDEST_WINDOW) -> NDArray[np.float64]:
    """The same of (height, width) light from 0 to 1 with dark ink on light paper."""
    small = _reduced(light, _SMALL)
    background = box_mean(_closed(small, 2 * round(window * max(small.shape) / 2) + 1), 3)
    background = np.maximum(resampled(background, *light.shape), _LEAST_LIGHT)
    dark = 1 - light / background
    # The closing follows the lightest grain of the paper; paper is what most of the picture shows.
    grain = float(np.median(dark[::2, ::2]))
    return np.asarray((dark - grain) / max(1 - grain, _LEAST_LIGHT))


def _reduced(picture: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    scale = max(1.0, max(picture.shape) / side)
    height, width = (max(1, round(length / scale)) for length in picture.shape)
    return resampled(picture, height, width)


def _border(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def is_light_on_dark(picture: NDArray[np.float64]) -> bool:
    """Whether what deviates most from the median of its surroundings, which is paper, is lighter than it."""
    small = _reduced(picture, _TINY)
    window = 2 * round(WIDEST_WINDOW * max(small.shape) / 2) + 1
    padded = np.pad(small, window // 2, mode="symmetric")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window))
    # Thin strokes are as far from the paper as they are only in the picture's own size.
    rest = picture - resampled(np.median(windows, axis=(-2, -1)), *picture.shape)
    # Ink is rare and far from the paper: cubed, it outweighs the edges of shadows, which go both ways.
    return bool((rest**3).sum() > 0)


def _closed(picture: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The greatest value of each square window, and of these the least."""
    return -_greatest(-_greatest(picture, window), window)


def _greatest(picture: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The greatest value of the window around each pixel, the picture mirrored at its border.

    Mirrored, the corner of a shadow that the border cuts off is as wide as it is beyond the border.
    """
    for axis in (0, 1):
        padding = [(0, 0), (0, 0)]
        padding[axis] = (window // 2, window // 2)
        padded = np.pad(picture, padding, mode="symmetric")
        picture = np.lib.stride_tricks.sliding_window_view(padded, window, axis=axis).max(axis=-1)
    return picture
