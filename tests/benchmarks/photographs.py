"""Digits read from made photographs, with and without flattening: ``python -m tests.benchmarks.photographs``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw and pen-digits/strokes.jsonl. Digits
are those of MNIST's test set and of writers that the shipped network has not learned from.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.digit_data import load_mnist_test
from engine.data.pen_digits import load_pen_digits
from engine.errors import PictureError
from engine.models.classifier import Classifier
from engine.preprocessing.binarisation import ink_on_plain_background
from engine.preprocessing.ink_finding import find_ink
from engine.preprocessing.normaliser import centre, fit_pictures, to_polylines
from tests.benchmarks.made_numbers import pen_numbers
from tests.benchmarks.made_photographs import CONDITIONS, photograph, sheet_of_image, sheet_of_strokes

COUNT = 200

Sheet = tuple[str, NDArray[np.float64]]


def sheets(folder: Path) -> dict[str, Callable[[int], Sheet]]:
    """What is photographed: makers of a text and of the ink that says it, by a number from 0 on."""
    mnist = load_mnist_test(folder)
    images = mnist.images.numpy().reshape(-1, 28, 28)
    unknown = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()[1]
    # Wider apart than strokes alone: on paper the pen has a width, and what touches is not split.
    numbers = list(pen_numbers(unknown, COUNT, seed=1, gap=0.3, least_gap=0.16))

    def mnist_digit(index: int) -> Sheet:
        chance = np.random.default_rng(index)
        return str(int(mnist.labels[index])), sheet_of_image(images[index] / 255, chance)

    def pen_digit(index: int) -> Sheet:
        place = index * 5 % len(unknown)
        lines = to_polylines(unknown.inks[place])
        return str(unknown.labels[place]), sheet_of_strokes(lines, np.random.default_rng(index))

    def pen_number(index: int) -> Sheet:
        lines = numbers[index].polylines
        return numbers[index].text, sheet_of_strokes(lines, np.random.default_rng(index))

    return {"MNIST's digits": mnist_digit, "pen digits": pen_digit, "pen numbers": pen_number}


def read_flattened(classifier: Classifier, grey: NDArray[np.uint8]) -> str:
    """What the program reads."""
    vectors = centre(fit_pictures(find_ink(grey).digits))
    return "".join(str(classifier.read_vector(vector).digit) for vector in vectors)


def read_as_it_is(classifier: Classifier, grey: NDArray[np.uint8]) -> str:
    """What it would read if all paper were plain."""
    ink = ink_on_plain_background(grey.astype(np.float64)).astype(np.float32)
    return str(classifier.read_vector(centre(fit_pictures([ink]))[0]).digit)


def main() -> int:
    """Print the table row by row."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    classifier = Classifier(load_shipped())
    makers = sheets(Path(folder))
    print(f"Read rightly of {COUNT} photographs each, %, with flattening (without):\n")
    print(f"| photographed | {' | '.join(makers)} |\n|---|{'---|' * len(makers)}")
    for condition in CONDITIONS:
        cells = []
        for maker in makers.values():
            right = np.zeros(2)
            for index in range(COUNT):
                text, ink = maker(index)
                grey = photograph(ink, condition, np.random.default_rng(1000 + index))
                for place, read in enumerate((read_flattened, read_as_it_is)):
                    with suppress(PictureError):
                        right[place] += read(classifier, grey) == text
            shares = 100 * right / COUNT
            # Without segmentation, a number cannot be read at all.
            cells.append(
                f"{shares[0]:.1f}" + ("" if maker is makers["pen numbers"] else f" ({shares[1]:.1f})")
            )
        print(f"| {condition} | {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
