"""Colour filter: a coloured picture to grey, through the filter that shows its ink best and its print least.

As a photographer's red filter makes a red margin as light as the paper, a weighted sum of red, green and
blue does so with whatever colour is printed, as long as the ink is of another one. Weights that sum to 1
leave paper as light as it was, under any light. Of ink of several colours, the one that a filter shows least
counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.binarisation import ink_darkness
from engine.preprocessing.photographs.illumination import darkness, is_light_on_dark
from engine.preprocessing.photographs.printed_lines import print_of
from engine.preprocessing.resampling import resampled

LUMINANCE = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in grey as eyes see it (ITU-R BT.601)."""

# Colours are looked at in a picture reduced to this many pixels along its longer side.
_SMALL = 512
# A picture is coloured where red, green and blue differ by this much in this share of it.
_LEAST_DIFFERENCE, _LEAST_COLOURED = 0.06, 0.0005
# Weights from the least to the greatest, by this step: greater ones would make much of noise.
_LEAST_WEIGHT, _MOST_WEIGHT, _WEIGHT_STEP = -0.5, 1.5, 0.05
# The noise of a colour, as a share of white, and the ink whose darkness counts, the faintest aside.
_NOISE, _FAINT = 0.03, 0.1
# As many places of ink and of print are looked at.
_SAMPLES = 600
# Colours are taken in the middle of a line or stroke: where it has this share of its darkness.
_MIDDLE = 0.7


def grey_of_colour(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture in grey.

    Args:
        picture: (height, width, 3) uint8, red, green and blue.

    Returns:
        (height, width) uint8, 0 black to 255 white; of a picture without colours, as eyes see it.
    """
    weights = np.array(_weights_for(picture), dtype=np.float32)
    grey = picture.reshape(-1, 3).astype(np.float32) @ weights
    return np.clip(np.round(grey), 0, 255).astype(np.uint8).reshape(picture.shape[:2])


def _weights_for(picture: NDArray[np.uint8]) -> tuple[float, float, float]:
    small = _small(picture)
    spread = small.max(axis=2) - small.min(axis=2)
    paper = np.median(small.reshape(-1, 3), axis=0)
    is_coloured = np.abs(spread - float(np.ptp(paper))) > _LEAST_DIFFERENCE
    if is_coloured.mean() < _LEAST_COLOURED:
        return LUMINANCE
    luminance = small @ np.array(LUMINANCE)
    if np.ptp(luminance) == 0 or is_light_on_dark(luminance):
        return LUMINANCE
    dark = np.stack([darkness(small[..., channel]) for channel in range(3)], axis=2)
    ink, print_ = _samples(dark)
    if not len(ink):
        return LUMINANCE
    return _best_weights(ink, print_)


def _small(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(height, width, 3) float64, 0 to 1, reduced."""
    scale = max(1.0, max(picture.shape) / _SMALL)
    height, width = (max(1, round(length / scale)) for length in picture.shape[:2])
    # Every other pixel of a large picture is enough, which blur has made like its neighbours.
    step = max(1, int(scale / 2))
    thinned = picture[::step, ::step].astype(np.float64) / 255
    return np.stack([resampled(thinned[..., channel], height, width) for channel in range(3)], axis=2)


def _samples(dark: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, 3) float64 each, how dark some of the ink is in red, green and blue, and some of the print."""
    darkest = dark.max(axis=2)
    written = ink_darkness(darkest)
    printed = print_of(darkest, written)
    if printed is None:
        return _some(dark[darkest > _MIDDLE * written]), np.zeros((0, 3))
    lines = float(np.quantile(printed[printed > 0], 0.9))
    is_ink = (darkest - printed > _MIDDLE * ink_darkness(darkest - printed)) & (printed < lines / 4)
    # What is much darker than the line is ink on it.
    is_print = (printed > _MIDDLE * lines) & (darkest < printed / _MIDDLE)
    return _some(dark[is_ink]), _some(dark[is_print])


def _some(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[:: max(1, len(values) // _SAMPLES)]


def _best_weights(ink: NDArray[np.float64], print_: NDArray[np.float64]) -> tuple[float, float, float]:
    """The weights with which print and noise are least dark, as shares of the ink's darkness."""
    steps = np.arange(_LEAST_WEIGHT, _MOST_WEIGHT + _WEIGHT_STEP / 2, _WEIGHT_STEP)
    red, green = (grid.ravel() for grid in np.meshgrid(steps, steps))
    weights = np.stack([red, green, 1 - red - green], axis=1)
    weights = weights[(weights[:, 2] >= _LEAST_WEIGHT - 1e-9) & (weights[:, 2] <= _MOST_WEIGHT + 1e-9)]
    weights = np.concatenate([[LUMINANCE], weights])
    shown = np.quantile(ink @ weights.T, _FAINT, axis=0)
    disturbing = _NOISE**2 * (weights**2).sum(axis=1)
    if len(print_):
        disturbing = disturbing + ((print_ @ weights.T) ** 2).mean(axis=0)
    share = np.where(shown > 0, disturbing / np.maximum(shown, 1e-9) ** 2, np.inf)
    red, green, blue = weights[int(share.argmin())].tolist()
    return red, green, blue
