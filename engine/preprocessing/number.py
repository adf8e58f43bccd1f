"""Number: what stands on the pad or in a picture, as digits in the order of reading, ready for the network.

strokes -> segmented -> fitted to 20 pixels -> centred in 28 x 28
picture -> flattened -> ink found -> segmented -> fitted -> centred
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from engine.errors import InkError, PictureError
from engine.preprocessing.ink import Ink
from engine.preprocessing.ink_finding import FoundInk, find_ink
from engine.preprocessing.normaliser import centre, fit_pictures, fit_polylines, to_polylines
from engine.preprocessing.segmentation import MOST_DIGITS, Box, split_polylines

# A stroke that is being written and stands apart is a digit from this share of the tallest other digit on.
_DIGIT_HEIGHT = 0.8
# What stands apart and has less of the largest digit's size is where the pen only touched the pad.
_SPECK = 0.08


@dataclass(frozen=True, slots=True)
class Number:
    """One digit or several.

    Attributes:
        fitted: (digits, FIELD, FIELD) float32, each fitted to the box of 20 pixels, not yet centred.
        vectors: (digits, 784) float32, 0 background to 1 ink, what the network is to see.
        boxes: Around each digit: in the ink's unit, or as shares of a picture's width and height.
        strokes: Of each digit, the numbers of its strokes; empty for a picture.
        newest: The digit that was written to last; 0 in a picture.
        found: What was found on the picture; None for strokes.
        rows: How many digits each row of a picture has; empty for strokes, which make up one row.
    """

    fitted: NDArray[np.float32]
    vectors: NDArray[np.float32]
    boxes: tuple[Box, ...]
    strokes: tuple[tuple[int, ...], ...] = ()
    newest: int = 0
    found: FoundInk | None = None
    rows: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.boxes)

    def text(self, digits: Sequence[int]) -> str:
        """What the digits, one for each box, say together, a line for each row."""
        ends = [*accumulate(self.rows)] or [len(digits)]
        return "\n".join("".join(map(str, digits[start:end])) for start, end in pairwise([0, *ends]))


def number_of_ink(ink: Ink, is_writing: bool = False) -> Number:
    """Part a drawing and normalise its digits.

    Args:
        ink: The drawing.
        is_writing: Whether its last stroke goes on. As long as it is short and stands apart, nobody knows
            whether it becomes a digit or a piece of one, and the others are read without it.

    Raises:
        InkError: It is empty, or has more than `MOST_DIGITS` digits.
    """
    polylines = to_polylines(ink)
    groups = split_polylines(polylines)
    if len(groups) > 1:
        groups = _digits_among(groups, polylines, is_writing)
    if len(groups) > MOST_DIGITS:
        raise InkError(f"This drawing falls into {len(groups)} parts: leave {MOST_DIGITS} digits or fewer.")
    drawings = [[polylines[index] for index in group] for group in groups] or [[]]
    fitted = fit_polylines(drawings)
    newest = max(range(len(groups)), key=lambda place: groups[place][-1], default=0)
    # One digit's box is marked nowhere and costs time while the pen moves.
    boxes = tuple(_around(drawing) for drawing in drawings) if len(groups) > 1 else ((0.0, 0.0, 0.0, 0.0),)
    strokes = tuple(tuple(sorted(group)) for group in groups)
    return Number(fitted, centre(fitted), boxes, strokes, newest)


def number_of_picture(grey: NDArray[np.generic]) -> Number:
    """Find the digits of a (height, width) grey picture and normalise them.

    Raises:
        PictureError: It is no picture, nothing is drawn on it, or more than `MOST_DIGITS` digits.
    """
    found = find_ink(grey)
    if len(found.digits) > MOST_DIGITS:
        count = len(found.digits)
        raise PictureError(f"This picture falls into {count} parts: cut out {MOST_DIGITS} digits or fewer.")
    fitted = fit_pictures(found.digits)
    return Number(fitted, centre(fitted), found.boxes, found=found, rows=found.rows)


def _digits_among(
    groups: list[list[int]], polylines: list[NDArray[np.float64]], is_writing: bool
) -> list[list[int]]:
    """Those that are neither specks nor a stroke that has only begun."""
    boxes = [_around([polylines[index] for index in group]) for group in groups]
    extents = [max(right - left, bottom - top) for left, top, right, bottom in boxes]
    heights = [bottom - top for _, top, _, bottom in boxes]
    least_extent, begun = _SPECK * max(extents), [len(polylines) - 1] if is_writing else None
    others = [height for height, group in zip(heights, groups, strict=True) if group != begun]
    tallest = max(others, default=0)
    return [
        group
        for group, extent, height in zip(groups, extents, heights, strict=True)
        if extent >= least_extent and not (group == begun and height < _DIGIT_HEIGHT * tallest)
    ]


def _around(polylines: list[NDArray[np.float64]]) -> Box:
    points = polylines[0] if len(polylines) == 1 else np.concatenate(polylines)
    left, top = points.min(axis=0).tolist()
    right, bottom = points.max(axis=0).tolist()
    return left, top, right, bottom
