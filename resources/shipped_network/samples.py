"""Samples: pictures of digits and of what is none, with what each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.digits import Digits
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.mnist.digit_data import load_mnist_training
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.data.stroke_augmentation import StrokeWarps
from engine.preprocessing.normaliser import normalise_polylines, to_polylines
from engine.preprocessing.rasteriser import Polyline
from resources.shipped_network.marks import make_marks
from resources.shipped_network.neighbours import make_neighbours
from resources.shipped_network.pen_letters import PenLetters, load_pen_letters

NONE = 10
"""The label of what is none of the ten digits."""
_VALIDATION_SHARE, _VALIDATION_SEED = 0.3, 1
_AT_ONCE = 2000

Drawing = Sequence[Polyline]


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many samples of each kind.

    Attributes:
        mnist: Times that MNIST's training digits are in it.
        pen_variants: Warped copies of each pen digit, beside itself.
        built_in: Digits of built-in handwriting.
        letter_variants: Warped copies of each pen letter, beside itself.
        marks: Scribbles and the like.
        neighbours: Pairs of digits.
    """

    mnist: int = 2
    pen_variants: int = 32
    built_in: int = 80_000
    letter_variants: int = 6
    marks: int = 25_000
    neighbours: int = 45_000


@dataclass(frozen=True, slots=True)
class Samples:
    """Pictures and what each is.

    Attributes:
        images: (samples, 784) uint8, 0 background to 255 ink.
        labels: (samples,) int64, 0 to 9, or `NONE`.
    """

    images: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Writers:
    """Pen digits and letters of the same people.

    Attributes:
        digits: Their digits.
        letters: Their letters and signs that look like no digit.
    """

    digits: PenDigits
    letters: PenLetters


def load_writers(folder: Path, is_choosing: bool) -> tuple[Writers, Writers]:
    """Whom to learn from and whom to measure on.

    Args:
        folder: Has ``pen-digits`` and ``pen-letters``.
        is_choosing: Whether a recipe is being chosen: then the writers who judge are some of those that the
            finished network learns from, and the 24 who judge that one are in neither part.

    Raises:
        DataError: The files are missing or damaged.
    """
    known, judges = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()
    letters = load_pen_letters(folder / "pen-letters" / "strokes.jsonl.gz")
    left_out = frozenset(judges.writers)
    if is_choosing:
        known, judges = known.split_by_writer(_VALIDATION_SHARE, _VALIDATION_SEED)
    names = frozenset(judges.writers)
    return (
        Writers(known, letters.of(names | left_out, are_left_out=True)),
        Writers(judges, letters.of(names)),
    )


def make_samples(folder: Path, writers: Writers, amounts: Amounts, seed: int, processes: int = 1) -> Samples:
    """MNIST's training digits and all the rest, in as many processes as wished; the same in any number.

    Raises:
        DataError: MNIST is missing or damaged.
    """
    mnist, _ = load_mnist_training(folder)
    digits = [to_polylines(ink) for ink in writers.digits.inks]
    letters = list(writers.letters.drawings)
    random = np.random.default_rng(seed)
    labels = np.array(writers.digits.labels)
    tasks: list[tuple[Callable[..., NDArray[np.uint8]], tuple[object, ...], NDArray[np.int64]]] = []

    def add(drawings: Sequence[Drawing], their_labels: NDArray[np.int64], is_warped: bool) -> None:
        for first in range(0, len(drawings), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            arguments = (drawings[part], int(random.integers(1 << 62)), is_warped)
            tasks.append((_pictures, arguments, their_labels[part]))

    add(digits, labels, is_warped=False)
    for _ in range(amounts.pen_variants):
        add(digits, labels, is_warped=True)
    none = np.full(max(len(letters), amounts.marks, amounts.neighbours, 1), NONE)
    add(letters, none[: len(letters)], is_warped=False)
    for _ in range(amounts.letter_variants):
        add(letters, none[: len(letters)], is_warped=True)
    add(make_marks(amounts.marks, random), none[: amounts.marks], is_warped=True)
    pairs = make_neighbours(digits, writers.digits.writers, amounts.neighbours, random)
    add(pairs, none[: amounts.neighbours], is_warped=True)
    made = [mnist] * amounts.mnist
    if amounts.built_in:
        made.append(make_handwriting(amounts.built_in, seed))
    pictures = _done(tasks, processes)
    return Samples(
        torch.cat([*(each.images for each in made), *map(torch.from_numpy, pictures)]),
        torch.cat([*(each.labels for each in made), *(torch.from_numpy(task[2]) for task in tasks)]),
    )


def pictures_of(drawings: Sequence[Drawing]) -> Tensor:
    """Normalise drawings as they are: (drawings, 784) uint8."""
    return torch.from_numpy(_pictures(drawings, 0, is_warped=False))


def digits_of(writers: Writers) -> Digits:
    """The pen digits of some writers as they are."""
    return writers.digits.normalised()


def _pictures(drawings: Sequence[Drawing], seed: int, is_warped: bool) -> NDArray[np.uint8]:
    """(drawings, 784) uint8, painted with the usual pen or, warped, with pens of many widths."""
    if is_warped:
        warp, random = StrokeWarps(), np.random.default_rng(seed)
        warped = [warp(drawing, random) for drawing in drawings]
        vectors = normalise_polylines(warped, warp.pen_widths(len(warped), random))
    else:
        vectors = normalise_polylines(drawings)
    return (vectors * 255 + 0.5).astype(np.uint8)


def _done(
    tasks: Iterable[tuple[Callable[..., NDArray[np.uint8]], tuple[object, ...], NDArray[np.int64]]],
    processes: int,
) -> list[NDArray[np.uint8]]:
    if processes <= 1:
        return [function(*arguments) for function, arguments, _ in tasks]
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(function, *arguments) for function, arguments, _ in tasks]
        return [each.result() for each in waiting]
