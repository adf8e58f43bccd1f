"""Numbers made of single digits, for measuring: pen digits of one writer, or MNIST's, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.digits import Digits
from engine.data.pen_digits import PenDigits
from engine.preprocessing.normaliser import to_polylines
from engine.preprocessing.rasteriser import Polyline
from engine.preprocessing.segmentation.pieces import spaced

# Shares of a digit's height. People leave about a fifth between two digits; where ink would touch, nothing
# can be split and nothing is measured.
GAP, GAP_DEVIATION, LEAST_GAP = 0.22, 0.1, 0.06
_SIZE_DEVIATION, _LINE_DEVIATION = 0.1, 0.06
_LEAST_DIGITS, _MOST_DIGITS = 2, 6
# Of numbers written closely: from ink that overlaps by this share of the height to ink that is as far apart.
CLOSEST_GAP, WIDEST_CLOSE_GAP = -0.15, 0.02
# Who writes one digit over another has no number in mind: at most this share of the narrower one overlaps.
_MOST_OVERLAP = 0.5


@dataclass(frozen=True)
class MadeNumber:
    """A number as strokes.

    Attributes:
        text: What it says.
        polylines: All strokes, digit after digit; a digit is 1 high.
        groups: The strokes of each digit, by number.
    """

    text: str
    polylines: list[Polyline]
    groups: list[list[int]]


def pen_numbers(
    digits: PenDigits, count: int, seed: int, gap: float = GAP, least_gap: float = LEAST_GAP
) -> Iterator[MadeNumber]:
    """Numbers of two to six digits of one writer each, slightly different in size and height.

    Args:
        digits: Single ones.
        count: Of numbers.
        seed: Chooses writers, digits and gaps.
        gap: Mean gap between two digits, as a share of their height.
        least_gap: No gap is narrower.
    """
    return _numbers(digits, count, seed, lambda random, _: max(least_gap, random.normal(gap, GAP_DEVIATION)))


def close_numbers(
    digits: PenDigits, count: int, seed: int, lengths: tuple[int, int] = (_LEAST_DIGITS, _MOST_DIGITS)
) -> Iterator[MadeNumber]:
    """The same, written so closely that about a third of neighbours touch or cross.

    Gaps are chosen evenly between `CLOSEST_GAP` and `WIDEST_CLOSE_GAP`; narrow digits overlap less.
    """

    def gap(random: np.random.Generator, narrower: float) -> float:
        chosen = random.uniform(CLOSEST_GAP, WIDEST_CLOSE_GAP)
        return max(chosen, -_MOST_OVERLAP * narrower)

    return _numbers(digits, count, seed, gap, lengths)


def _numbers(
    digits: PenDigits,
    count: int,
    seed: int,
    gap_beside: Callable[[np.random.Generator, float], float],
    lengths: tuple[int, int] = (_LEAST_DIGITS, _MOST_DIGITS),
) -> Iterator[MadeNumber]:
    random = np.random.default_rng(seed)
    of_writer: dict[str, list[int]] = {}
    for index, writer in enumerate(digits.writers):
        of_writer.setdefault(writer, []).append(index)
    writers = sorted(writer for writer, own in of_writer.items() if len(own) >= 10)
    for _ in range(count):
        own = of_writer[writers[random.integers(len(writers))]]
        length = int(random.integers(lengths[0], lengths[1] + 1))
        chosen = [own[index] for index in random.integers(len(own), size=length)]
        number = MadeNumber("".join(str(digits.labels[index]) for index in chosen), [], [])
        right, width = 0.0, 0.0
        for place, index in enumerate(chosen):
            placed = _placed(to_polylines(digits.inks[index]), random)
            former, width = width, float(np.ptp(np.concatenate(placed)[:, 0]))
            if place:
                right += gap_beside(random, min(former, width))
            placed = [line + np.array([right, 0.0]) for line in placed]
            first = len(number.polylines)
            number.groups.append(list(range(first, first + len(placed))))
            number.polylines.extend(placed)
            right += width
        yield number


def _placed(lines: list[Polyline], random: np.random.Generator) -> list[Polyline]:
    """A digit about 1 high, its left end at 0, its middle near the line."""
    points = np.concatenate(lines)
    height = max(float(np.ptp(points[:, 1])), 400.0)  # a bar that was meant as a digit stays flat
    corner = np.array([points[:, 0].min(), (points[:, 1].min() + points[:, 1].max()) / 2])
    scale = random.normal(1, _SIZE_DEVIATION) / height
    place = np.array([0.0, random.normal(0, _LINE_DEVIATION)])
    return [(line - corner) * scale + place for line in lines]


def touch(one: list[Polyline], other: list[Polyline], pen_width: float) -> bool:
    """Whether the ink of two digits, drawn with a pen of this width, touches."""
    mine, others = (np.concatenate([spaced(line, pen_width / 4) for line in lines]) for lines in (one, other))
    apart = mine[:, None] - others[None]
    return bool((apart * apart).sum(axis=2).min() <= pen_width * pen_width)


def mnist_numbers(digits: Digits, count: int, seed: int) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Numbers of two to six of MNIST's digits: what they say, and (28, width) pictures, 0 paper to 1 ink."""
    random = np.random.default_rng(seed)
    images = digits.images.numpy().reshape(-1, 28, 28)
    for _ in range(count):
        chosen = random.integers(len(images), size=_length(random))
        columns = [np.zeros((28, 4))]
        for index in chosen:
            used = np.flatnonzero(images[index].any(axis=0))
            gap = max(1, round(20 * random.normal(GAP, GAP_DEVIATION)))
            columns += [images[index][:, used[0] : used[-1] + 1] / 255, np.zeros((28, gap))]
        text = "".join(str(int(digits.labels[index])) for index in chosen)
        yield text, np.concatenate([*columns, np.zeros((28, 4))], axis=1)


def _length(random: np.random.Generator) -> int:
    return int(random.integers(_LEAST_DIGITS, _MOST_DIGITS + 1))
