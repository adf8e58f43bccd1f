"""Trace: the pictures on the way from the pad, or from a photograph, to what the network sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import BOX, MARGIN, SIDE, to_polylines
from engine.preprocessing.number import Number
from engine.preprocessing.rasteriser import rasterise
from engine.preprocessing.segmentation.pieces import Box

# Pixels along the longer side of a picture of strokes, and the width of the pen in it.
_DRAWING_SIDE, _DRAWING_PEN = 144, 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One picture on the way.

    Attributes:
        name: What was done.
        words: What came of it, in a line.
        image: (height, width) float32, 0 black to 1 white.
        boxes: Around the digits, as shares of width and height; none where they do not matter.
        selected: Which of them the next steps are about.
        has_middle: Whether its middle is where the centre of mass was brought to.
    """

    name: str
    words: str
    image: NDArray[np.float32]
    boxes: tuple[Box, ...] = ()
    selected: int = 0
    has_middle: bool = False


def steps_of_ink(ink: Ink, number: Number, selected: int) -> tuple[Step, ...]:
    """The steps of a drawing, which is not empty.

    Args:
        ink: The drawing.
        number: What was made of it.
        selected: Which of its digits.
    """
    polylines = to_polylines(ink)
    points = np.concatenate(polylines)
    low = points.min(axis=0)
    extent = max(float(np.ptp(points, axis=0).max()), 1e-100)
    scale = (_DRAWING_SIDE - 4 * _DRAWING_PEN) / extent
    width, height = (np.ceil(np.ptp(points, axis=0) * scale + 4 * _DRAWING_PEN).astype(int)).tolist()
    offset = 2 * _DRAWING_PEN
    image = rasterise([[(line - low) * scale + offset for line in polylines]], _DRAWING_PEN, height, width)[0]
    strokes = _counted(len(polylines), "stroke")
    drawn = Step("Drawn", f"{strokes}, {len(points):,} points; neither size nor pen matters", image)
    steps = [drawn]
    if len(number) > 1:
        corner = np.array([*low, *low])
        boxes = tuple(
            tuple(((np.array(box) - corner) * scale + offset) / [width, height, width, height])
            for box in number.boxes
        )
        words = f"{len(number)} digits, from left to right"
        steps.append(Step("Segmented", words, image, boxes, selected))
    return (*steps, *_last_steps(number, selected))


def steps_of_picture(grey: NDArray[np.generic], number: Number, selected: int) -> tuple[Step, ...]:
    """The steps of a (height, width) picture of bytes, 0 black to 255 white.

    Args:
        grey: As it was opened: upright and grey.
        number: What was made of it.
        selected: Which of its digits.
    """
    opened = (np.asarray(grey, dtype=np.float32) / np.float32(255)).astype(np.float32)
    height, width = opened.shape
    steps = [Step("Opened", f"{width:,} × {height:,} pixels, upright and grey", opened)]
    found = number.found
    if found is not None:
        if found.flattened is None:
            steps.append(Step("Background flattened", "The paper is plain: nothing to do", opened))
        else:
            words = "Light and shadow removed from the paper"
            steps.append(Step("Background flattened", words, found.flattened))
        words = "Everything as dark as ink; paper, printed lines and specks removed"
        if len(number) > 1:
            words = f"Separated into {len(number)} digits, from left to right"
        steps.append(Step("Ink found", words, found.ink, number.boxes, selected))
    return (*steps, *_last_steps(number, selected))


def _last_steps(number: Number, selected: int) -> tuple[Step, ...]:
    field = number.fitted[selected]
    rows, columns = np.flatnonzero(field.any(axis=1)), np.flatnonzero(field.any(axis=0))
    height, width = len(rows) and int(np.ptp(rows)) + 1, len(columns) and int(np.ptp(columns)) + 1
    size = f"{width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{height}"
    box = field[MARGIN : MARGIN + BOX, MARGIN : MARGIN + BOX]
    image = number.vectors[selected].reshape(SIDE, SIDE)
    mass = image.sum(dtype=np.float64)
    middle = np.arange(SIDE) + 0.5
    down, across = (float(image.sum(axis=axis, dtype=np.float64) @ middle / mass) for axis in (1, 0))
    return (
        Step("Fitted", f"To the box of {BOX} pixels, proportions kept: {size}", box),
        Step(
            "Centred",
            f"In {SIDE} × {SIDE} pixels by its mass, whose middle is at {across:.1f}, {down:.1f}",
            image,
            has_middle=True,
        ),
    )


def seen_step(number: Number, selected: int, mean: float, deviation: float) -> Step:
    """What the network is given, last of all.

    Args:
        number: What was made of the drawing or picture.
        selected: Which of its digits.
        mean: Of the network's standardisation.
        deviation: Of the same.
    """
    words = f"{SIDE * SIDE} numbers, each less {mean:.3f} and divided by {deviation:.3f}"
    return Step("What the network sees", words, number.vectors[selected].reshape(SIDE, SIDE))


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")
