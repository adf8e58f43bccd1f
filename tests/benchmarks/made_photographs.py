"""Photographs of handwriting on paper, made for measuring: light, shadow, noise, blur, perspective, lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from engine.preprocessing.rasteriser import Polyline

CONDITIONS = (
    "plain paper",
    "light from one side",
    "edge of a shadow",
    "grain, noise and blur",
    "ruled paper",
    "squared paper",
    "perspective",
    "all of it",
)
"""Each with the names of what it does to a photograph, but the last with everything, lines of either kind."""

# As much of the paper's light as reaches the darkest place, the ink's and the lines' reflection.
_LEAST_LIGHT, _INK, _LINES = (0.35, 0.7), (0.1, 0.35), (0.65, 0.85)
_NOISE, _BLUR = (0.01, 0.04), (0.5, 1.6)


def sheet_of_strokes(polylines: Sequence[Polyline], random: np.random.Generator) -> NDArray[np.float64]:
    """How much ink there is on a sheet that somebody wrote a number on, 0 to 1, its longer side 640 pixels.

    Args:
        polylines: Of any unit.
        random: Chooses the size of the writing, its place and the width of the pen.
    """
    points = np.concatenate(polylines)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    width, height = 640, 480
    scale = min(random.uniform(0.35, 0.75) * height / max(size[1], 1e-9), 0.8 * width / max(size[0], 1e-9))
    room = np.array([width, height]) - size * scale
    corner = room * random.uniform(0.25, 0.75, 2)
    image = Image.new("L", (2 * width, 2 * height), 0)
    draw = ImageDraw.Draw(image)
    # Of the writing's height, that is what pens and pencils leave.
    pen = max(4.0, 2 * scale * size[1] * random.uniform(0.05, 0.11))
    for line in polylines:
        placed = 2 * ((line - low) * scale + corner)
        draw.line([tuple(point) for point in placed.tolist()], fill=255, width=round(pen), joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=255)
    return np.asarray(image.resize((width, height), Image.Resampling.BOX), dtype=np.float64) / 255


def sheet_of_image(image: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """How much ink there is on a sheet with one of MNIST's (28, 28) digits, enlarged, 0 to 1."""
    side = round(random.uniform(0.45, 0.95) * 480)
    digit = Image.fromarray((255 * image).astype(np.uint8)).resize((side, side), Image.Resampling.BICUBIC)
    sheet = Image.new("L", (640, 480), 0)
    across, down = random.uniform(0, 1, 2)
    sheet.paste(digit, (int(across * (640 - side)), int(down * (480 - side))))
    return np.asarray(sheet, dtype=np.float64) / 255


def photograph(ink: NDArray[np.float64], condition: str, random: np.random.Generator) -> NDArray[np.uint8]:
    """A photograph of a sheet.

    Args:
        ink: (height, width), 0 paper to 1 ink.
        condition: One of `CONDITIONS`.
        random: Chooses how strong each disturbance is.

    Returns:
        (height, width) uint8, 0 black to 255 white.
    """
    everything = condition == CONDITIONS[-1]
    lines = condition if "paper" in condition else random.choice(CONDITIONS[4:6]) if everything else ""
    paper = 1 - (1 - random.uniform(*_LINES)) * _printed(lines, ink.shape, random)
    reflected = paper * (1 - (1 - random.uniform(*_INK)) * ink)
    if everything or condition == "perspective":
        reflected = _in_perspective(reflected, random)
    light = np.ones(ink.shape)
    if everything or condition == "light from one side":
        light *= light_from_one_side(ink.shape, random)
    if everything or condition == "edge of a shadow":
        light *= _shadow(ink.shape, random)
    seen = 0.92 * reflected * light
    if everything or condition == "grain, noise and blur":
        seen *= 1 + 0.05 * grain(ink.shape, random)
        seen = _blurred(seen, random.uniform(*_BLUR))
        seen += random.normal(0, random.uniform(*_NOISE), ink.shape)
    return np.clip(255 * seen, 0, 255).astype(np.uint8)


def _printed(lines: str, shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    printed = np.zeros(shape)
    if lines in CONDITIONS[4:6]:
        distance, first = int(random.integers(24, 60)), int(random.integers(24))
        for thickness in range(2):
            printed[first + thickness :: distance] = 1
            if lines == CONDITIONS[5]:
                printed[:, first + thickness :: distance] = 1
    return printed


def light_from_one_side(shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    angle = random.uniform(0, 2 * np.pi)
    down, across = np.meshgrid(*(np.linspace(-1, 1, length) for length in shape), indexing="ij")
    share = (np.cos(angle) * across + np.sin(angle) * down) / (abs(np.cos(angle)) + abs(np.sin(angle)))
    return 1 - (1 - random.uniform(*_LEAST_LIGHT)) * (share + 1) / 2


def _shadow(shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    """Light on one side of a soft straight edge that runs across the picture."""
    angle = random.uniform(0, 2 * np.pi)
    down, across = np.meshgrid(*(np.arange(length) - length / 2 for length in shape), indexing="ij")
    place = np.cos(angle) * across + np.sin(angle) * down - random.uniform(-0.2, 0.2) * min(shape)
    softness = random.uniform(0.01, 0.06) * max(shape)
    share = 1 / (1 + np.exp(-np.clip(place / softness * 4, -50, 50)))
    return np.asarray(1 - (1 - random.uniform(*_LEAST_LIGHT)) * share)


def grain(shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float64]:
    """Of a standard deviation of about 1, some pixels wide."""
    small = random.normal(0, 1, [max(1, length // 4) for length in shape])
    image = Image.fromarray(small.astype(np.float32)).resize(shape[::-1], Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.float64)


def _blurred(picture: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    image = Image.fromarray(np.clip(255 * picture, 0, 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float64) / 255


def _in_perspective(picture: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """As a camera sees it that is not held straight: corners move by up to 8 %, paper goes on beyond."""
    height, width = picture.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    moved = corners + random.uniform(-0.08, 0.08, (4, 2)) * [width, height]
    rows = []
    for (x, y), (u, v) in zip(corners, moved, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    weights = np.linalg.solve(np.array(rows), moved.ravel())
    image = Image.fromarray(np.clip(255 * picture, 0, 255).astype(np.uint8))
    turned = image.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        weights.tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )
    return np.asarray(turned, dtype=np.float64) / 255
