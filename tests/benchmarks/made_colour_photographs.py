"""Photographs in colour, made for measuring: pencil, blue and red ink, coloured print, 12 megapixels."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tests.benchmarks.made_photographs import CONDITIONS, grain, light_from_one_side, photograph

LARGE = "ruled, 12 megapixels"
COLOUR_CONDITIONS = (
    "pencil",
    "pencil on blue squares",
    "blue ink",
    "red ink",
    "blue ink on blue squares",
    "red ink on blue squares",
    "blue ink over a red margin",
    LARGE,
)
"""Each with what is written with, and on which paper; under warm light from one side, in JPEG files."""

# What each reflects of red, green and blue, the darkest and the lightest of its kind.
_INKS = {
    "pencil": ((0.35, 0.35, 0.36), (0.55, 0.55, 0.56)),
    "blue ink": ((0.12, 0.18, 0.5), (0.3, 0.4, 0.7)),
    "red ink": ((0.7, 0.15, 0.2), (0.85, 0.35, 0.4)),
}
_BLUE_PRINT = ((0.5, 0.66, 0.82), (0.75, 0.85, 0.93))
_RED_PRINT = ((0.85, 0.4, 0.45), (0.92, 0.6, 0.62))
_WARM = ((0.8, 0.72, 0.6), (0.95, 0.92, 0.9))
_NOISE, _BLUR, _QUALITY = (0.005, 0.02), (0.5, 1.2), (70, 95)


def colour_photograph(ink: NDArray[np.float64], condition: str, random: np.random.Generator) -> bytes:
    """A photograph of a sheet, as a JPEG file.

    Args:
        ink: (height, width), 0 paper to 1 ink.
        condition: One of `COLOUR_CONDITIONS`.
        random: Chooses colours, and how strong each disturbance is.
    """
    if condition == LARGE:
        return _large(photograph(ink, CONDITIONS[4], random), random)
    pen, _, paper = condition.partition(" o")
    reflected = np.ones((*ink.shape, 3))
    for is_line, colours in _printed(paper, ink.shape, random):
        reflected *= 1 - is_line[..., None] * (1 - _between(colours, random))
    amount = ink * np.clip(1 - 0.25 * np.abs(grain(ink.shape, random)), 0.2, 1) if pen == "pencil" else ink
    reflected *= 1 - amount[..., None] * (1 - _between(_INKS[pen], random))
    seen = reflected * light_from_one_side(ink.shape, random)[..., None] * _between(_WARM, random)
    blurred = _image(seen).filter(ImageFilter.GaussianBlur(random.uniform(*_BLUR)))
    noisy = np.asarray(blurred) / 255 + random.normal(0, random.uniform(*_NOISE), seen.shape)
    return _jpeg(_image(noisy), random)


def _large(grey: NDArray[np.uint8], random: np.random.Generator) -> bytes:
    """The same, 4,000 by 3,000 pixels as a telephone takes it, each of them noisy."""
    large = Image.fromarray(grey).resize((4000, 3000), Image.Resampling.BICUBIC)
    noise = Image.effect_noise((1000, 750), random.uniform(4, 12)).resize((4000, 3000))
    pixels = np.asarray(large, dtype=np.int16) + np.asarray(noise, dtype=np.int16) - 128
    return _jpeg(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGB"), random)


def _printed(
    paper: str, shape: tuple[int, ...], random: np.random.Generator
) -> list[tuple[NDArray[np.float64], tuple[tuple[float, ...], ...]]]:
    """What is printed, where, 0 or 1, and in which colours."""
    if not paper:
        return []
    distance, first = int(random.integers(24, 60)), int(random.integers(24))
    lines, margin = np.zeros(shape), np.zeros(shape)
    place = int(random.uniform(0.1, 0.4) * shape[1])
    for thickness in range(2):
        lines[first + thickness :: distance] = 1
        if "squares" in paper:
            lines[:, first + thickness :: distance] = 1
        margin[:, place + thickness] = 1
    return [(lines, _BLUE_PRINT)] + ([(margin, _RED_PRINT)] if "margin" in paper else [])


def _between(colours: tuple[tuple[float, ...], ...], random: np.random.Generator) -> NDArray[np.float64]:
    """(3,) a colour between two."""
    darkest, lightest = np.array(colours)
    return np.asarray(darkest + random.uniform() * (lightest - darkest))


def _image(seen: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.clip(255 * seen, 0, 255).astype(np.uint8))


def _jpeg(image: Image.Image, random: np.random.Generator) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=int(random.integers(*_QUALITY)))
    return file.getvalue()
