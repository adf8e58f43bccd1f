"""Digits read from pictures drawn with pens of many widths: ``python -m tests.benchmarks.thin_pens``.

Needs the environment variable SCRATCHPAD_DATA: a folder with pen-digits/strokes.jsonl. The digits are those
of writers that the shipped network has not learned from; half of the pictures have soft edges, half have hard
ones.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.pen_digits import load_pen_digits
from engine.errors import PictureError
from engine.models.classifier import Classifier
from engine.preprocessing.normaliser import to_polylines
from engine.preprocessing.number import number_of_picture
from engine.preprocessing.rasteriser import Polyline

COUNT = 100
PENS = (0.004, 0.01, 0.016, 0.02, 0.04, 0.08, 0.16)
"""Widths as shares of the picture's height; at least one pixel."""
HEIGHTS = (200, 400, 800, 1600)
"""Of the pictures, in pixels; they are a third wider than high."""
GOAL = 95
"""Of 100 digits this many are to be read correctly with every pen, in every size."""


def picture(polylines: list[Polyline], height: int, pen: float, seed: int) -> NDArray[np.uint8]:
    """A digit on white paper, 45 to 85 % of the picture's height, somewhere on it.

    Args:
        polylines: The digit's strokes, of any unit.
        height: In pixels.
        pen: Its width as a share of the height; at least one pixel.
        seed: Of where the digit stands and how large it is; of odd numbers the edges are soft.
    """
    chance = np.random.default_rng(seed)
    width = height * 4 // 3
    points = np.concatenate(polylines)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = min(
        chance.uniform(0.45, 0.85) * height / max(extent[1], 1e-9), 0.85 * width / max(extent[0], 1e-9)
    )
    corner = ([width, height] - extent * scale) * chance.uniform(0.3, 0.7, 2)
    finer = min(4, max(2, 1600 // height)) if seed % 2 else 1
    image = Image.new("L", (width * finer, height * finer), 255)
    draw = ImageDraw.Draw(image)
    thickness = max(finer, round(pen * height * finer))
    for line in polylines:
        placed = finer * ((line - low) * scale + corner)
        draw.line([tuple(point) for point in placed.tolist()], fill=0, width=thickness, joint="curve")
        if thickness > 2:
            for x, y in (placed[0], placed[-1]):
                half = thickness / 2
                draw.ellipse((x - half, y - half, x + half, y + half), fill=0)
    if finer > 1:
        image = image.resize((width, height), Image.Resampling.BOX)
    return np.asarray(image)


def correct(classifier: Classifier, digits: list[tuple[list[Polyline], int]], height: int, pen: float) -> int:
    """How many of the digits are read correctly, alone and as one digit."""
    count = 0
    for seed, (polylines, label) in enumerate(digits):
        try:
            number = number_of_picture(picture(polylines, height, pen, seed))
        except PictureError:
            continue
        readings = classifier.read_vectors(number.vectors)
        count += len(readings) == 1 and readings[0].digit == label
    return count


def held_out(folder: Path) -> list[tuple[list[Polyline], int]]:
    """`COUNT` digits of writers never trained on."""
    unknown = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()[1]
    places = [index * len(unknown) // COUNT for index in range(COUNT)]
    return [(to_polylines(unknown.inks[place]), unknown.labels[place]) for place in places]


def main() -> int:
    """Print the table row by row."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    classifier, digits = Classifier(load_shipped()), held_out(Path(folder))
    print(f"Read correctly of {COUNT} pictures each; {GOAL} are to be:\n")
    print(f"| pen, % of the height | {' | '.join(f'{height} px' for height in HEIGHTS)} |")
    print(f"|---|{'---|' * len(HEIGHTS)}", flush=True)
    is_reached = True
    for pen in PENS:
        counts = [correct(classifier, digits, height, pen) for height in HEIGHTS]
        is_reached &= min(counts) >= GOAL
        print(f"| {100 * pen:g} | {' | '.join(map(str, counts))} |", flush=True)
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main())
