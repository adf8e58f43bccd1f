"""Printed lines: what is printed across paper, and paper without it.

What is printed takes its share of the light, wherever ink lies above it: divided out, as the light that falls
on the paper is, it leaves blank paper where nothing is written, and ink where something is. So no stroke is
interrupted where it crosses a line, and one that runs along a line stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.preprocessing.photographs.rule_finding import Rule, find_rules, thickness_of

# A printed line has less than this share of the ink's darkness; what is as dark may be ink.
_MOST_DARKNESS = 0.75
# Nobody writes so many lines from side to side: they are printed, however dark.
_MANY = 4
# Columns over which one place and one darkness of a line are measured: letters are narrower than two of them.
_PIECE = 32
# A line bends by no more than this many pixels from the straight line, and by one from piece to piece.
_BEND = 3
# More of a line's darkness than this is ink that lies on it.
_MOST_OF_USUAL = 1.3
# Nothing is divided by less of the light than this.
_LEAST_LIGHT = 0.2


def print_of(dark: NDArray[np.float64], ink_darkness: float) -> NDArray[np.float64] | None:
    """How dark the lines are that are printed across a picture.

    Args:
        dark: (height, width) float64, 0 paper to 1 black.
        ink_darkness: That of most of the ink.

    Returns:
        (height, width) float64, 0 where nothing is printed; None if nothing is.
    """
    across = _kept(find_rules(dark, ink_darkness), ink_darkness)
    turned = np.ascontiguousarray(dark.T)
    down = _kept(find_rules(turned, ink_darkness), ink_darkness)
    if not across and not down:
        return None
    return np.asarray(np.maximum(_painted(dark, across), _painted(turned, down).T))


def without_print(dark: NDArray[np.float64], printed: NDArray[np.float64]) -> NDArray[np.float64]:
    """A picture as it would be without what is printed, both as `print_of` has them."""
    return 1 - (1 - dark) / np.maximum(1 - printed, _LEAST_LIGHT)


def _kept(rules: Sequence[Rule], ink_darkness: float) -> list[Rule]:
    if len(rules) >= _MANY:
        return list(rules)
    return [rule for rule in rules if rule.darkness < _MOST_DARKNESS * ink_darkness]


def _painted(dark: NDArray[np.float64], rules: Sequence[Rule]) -> NDArray[np.float64]:
    """How dark each place of a picture is by lines that cross it from left to right."""
    height, width = dark.shape
    printed = np.zeros((height, width))
    reach = thickness_of(dark.shape)
    columns = np.arange(width)
    steps = np.arange(-reach - _BEND, reach + _BEND + 1)
    for rule in rules:
        straight = rule.rows(width)
        rows = _followed(dark, straight, reach)
        profile = _profile(dark, rows, reach)
        strength = _strength(dark, rows, profile, reach)
        places = np.floor(rows).astype(int) + steps[:, None]
        offsets = places - rows
        values = strength * np.interp(offsets, np.arange(-reach, reach + 1), profile, left=0, right=0)
        inside = (places >= 0) & (places < height)
        where = places[inside], np.broadcast_to(columns, places.shape)[inside]
        printed[where] = np.maximum(printed[where], values[inside])
    return printed


def _sampled(
    dark: NDArray[np.float64], rows: NDArray[np.float64], steps: NDArray[np.int_]
) -> NDArray[np.float64]:
    """(steps, width) the darkness at so many rows below given rows, between pixels; nan outside."""
    height, width = dark.shape
    places = rows + steps[:, None]
    lower = np.floor(places).astype(int)
    share = places - lower
    columns = np.arange(width)
    upper = dark[np.clip(lower, 0, height - 1), columns]
    values = (1 - share) * upper + share * dark[np.clip(lower + 1, 0, height - 1), columns]
    return np.where((places >= 0) & (places <= height - 1), values, np.nan)


def _medians(values: NDArray[np.float64], piece: int = _PIECE) -> NDArray[np.float64]:
    """(steps, pieces) the median of each piece along the last axis, of what is no nan; nan where all is."""
    steps, width = values.shape
    count = max(1, round(width / piece))
    longest = -(-width // count)
    padded = np.full((steps, count * longest), np.nan)
    padded[:, :width] = values
    ordered = np.sort(padded.reshape(steps, count, longest), axis=2)  # nan comes last
    seen = np.count_nonzero(~np.isnan(ordered), axis=2)
    middle = np.take_along_axis(ordered, np.maximum(seen - 1, 0)[..., None] // 2, axis=2)
    return np.asarray(middle[..., 0])


def _middles(pieces: int, width: int) -> NDArray[np.float64]:
    """(pieces,) the columns in the middle of the pieces of `_medians`."""
    longest = -(-width // pieces)
    starts = np.arange(pieces) * longest
    return np.asarray((starts + np.minimum(starts + longest, width) - 1) / 2)


def _followed(dark: NDArray[np.float64], straight: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """(width,) the rows of a line that bends a little, from the straight line that is nearest to it."""
    steps = np.arange(-reach - _BEND, reach + _BEND + 1)
    medians = np.nan_to_num(_medians(_sampled(dark, straight, steps)))
    ridge = medians[reach:-reach] - np.maximum(medians[: -2 * reach], medians[2 * reach :])
    path = _darkest_path(ridge)
    offsets = []
    for place, piece in zip(path, ridge.T, strict=True):
        near = np.clip(piece[max(0, place - 1) : place + 2], 0, None)
        total = float(near.sum())
        centre = float(near @ np.arange(max(0, place - 1), max(0, place - 1) + len(near)))
        offsets.append((centre / total if total > 0 else place) - _BEND)
    width = len(straight)
    return straight + np.interp(np.arange(width), _middles(len(offsets), width), offsets)


def _darkest_path(ridge: NDArray[np.float64]) -> list[int]:
    """The place in each of the (places, pieces) along which the sum is greatest, one up or down at most."""
    best = ridge[:, 0]
    came_from = []
    for piece in ridge.T[1:]:
        neighbours = np.full((3, len(best)), -np.inf)
        neighbours[0, 1:], neighbours[1], neighbours[2, :-1] = best[:-1], best, best[1:]
        choice = neighbours.argmax(axis=0)
        came_from.append(choice - 1)
        best = piece + neighbours.max(axis=0)
    path = [int(best.argmax())]
    for steps in reversed(came_from):
        path.append(path[-1] + int(steps[path[-1]]))
    return path[::-1]


def _profile(dark: NDArray[np.float64], rows: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """(2 * reach + 1,) how dark a line is across, most of it, the paper beside it taken for 0."""
    across = np.nan_to_num(_medians(_sampled(dark, rows, np.arange(-reach, reach + 1)), len(rows))[:, 0])
    beside = max(across[0], across[-1])
    profile = np.maximum(across - beside, 0)
    # From the middle outwards it only becomes lighter: what lies beyond is another thing.
    profile[reach:] = np.minimum.accumulate(profile[reach:])
    profile[: reach + 1] = np.minimum.accumulate(profile[reach::-1])[::-1]
    return np.asarray(profile)


def _strength(
    dark: NDArray[np.float64], rows: NDArray[np.float64], profile: NDArray[np.float64], reach: int
) -> NDArray[np.float64]:
    """(width,) by which share of its profile a line is printed at each column."""
    width = len(rows)
    if profile[reach] <= 0:
        return np.zeros(width)
    medians = _medians(_sampled(dark, rows, np.array([-reach, 0, reach])))
    shares = (medians[1] - np.maximum(medians[0], medians[2])) / profile[reach]
    shares = np.where(np.isfinite(shares) & (shares < _MOST_OF_USUAL), np.maximum(shares, 0), 1.0)
    return np.interp(np.arange(width), _middles(len(shares), width), shares)
