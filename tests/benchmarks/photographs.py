"""Digits read from made photographs, with and without flattening: ``python -m tests.benchmarks.photographs``.

``--sheet FILE.png`` paints every photographed number that was misread, with the ink that was found, on one
sheet; ``--learned`` takes the training digits and writers, on whom the parameters were chosen; ``--count`` is
how many photographs of each kind are taken.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw and pen-digits/strokes.jsonl. Digits
are those of MNIST's test set and of writers that the shipped network has not learned from.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training
from engine.data.pen_digits import load_pen_digits
from engine.errors import PictureError
from engine.models.classifier import Classifier
from engine.models.digit_scorer import DigitScorer
from engine.preprocessing.normaliser import centre, fit_pictures, to_polylines
from engine.preprocessing.number import number_of_picture
from engine.preprocessing.photographs.binarisation import ink_on_plain_background
from engine.preprocessing.photographs.ink_finding import FoundInk
from engine.preprocessing.photographs.pictures import read_picture
from tests.benchmarks.error_sheet import ErrorSheet
from tests.benchmarks.made_colour_photographs import COLOUR_CONDITIONS, colour_photograph
from tests.benchmarks.made_numbers import pen_numbers
from tests.benchmarks.made_photographs import CONDITIONS, photograph, sheet_of_image, sheet_of_strokes

COUNT = 200
NUMBERS = "pen numbers"

Sheet = tuple[str, NDArray[np.float64]]


def sheets(folder: Path, count: int = COUNT, is_learned: bool = False) -> dict[str, Callable[[int], Sheet]]:
    """What is photographed: makers of a text and of the ink that says it, by a number from 0 on."""
    mnist = load_mnist_training(folder)[0] if is_learned else load_mnist_test(folder)
    images = mnist.images.numpy().reshape(-1, 28, 28)
    learned, unknown = load_pen_digits(folder / "pen-digits" / "strokes.jsonl").split_by_writer()
    written = learned if is_learned else unknown
    # Wider apart than strokes alone: on paper the pen has a width, and what touches is not split.
    numbers = list(pen_numbers(written, count, seed=77 if is_learned else 1, gap=0.3, least_gap=0.16))
    first = 5000 if is_learned else 0

    def mnist_digit(index: int) -> Sheet:
        chance = np.random.default_rng(first + index)
        return str(int(mnist.labels[index])), sheet_of_image(images[index] / 255, chance)

    def pen_digit(index: int) -> Sheet:
        place = index * 5 % len(written)
        lines = to_polylines(written.inks[place])
        return str(written.labels[place]), sheet_of_strokes(lines, np.random.default_rng(first + index))

    def pen_number(index: int) -> Sheet:
        lines = numbers[index].polylines
        return numbers[index].text, sheet_of_strokes(lines, np.random.default_rng(first + index))

    return {"MNIST's digits": mnist_digit, "pen digits": pen_digit, NUMBERS: pen_number}


def taken(ink: NDArray[np.float64], condition: str, random: np.random.Generator) -> NDArray[np.float32]:
    """The photograph as the command line gets it: grey, 0 black to 1 white."""
    if condition in CONDITIONS:
        return (photograph(ink, condition, random) / 255).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.jpg"
        path.write_bytes(colour_photograph(ink, condition, random))
        return read_picture(path)


def read_flattened(classifier: Classifier, grey: NDArray[np.float32]) -> tuple[str, FoundInk | None]:
    """What the program reads, and in which ink; neither where nothing stands out."""
    try:
        number = number_of_picture(grey, DigitScorer(classifier))
    except PictureError:
        return "", None
    return number.text([reading.digit for reading in classifier.read_vectors(number.vectors)]), number.found


def read_as_it_is(classifier: Classifier, grey: NDArray[np.float32]) -> str:
    """What it would read if all paper were plain."""
    with suppress(PictureError):
        ink = ink_on_plain_background(grey.astype(np.float64)).astype(np.float32)
        return str(classifier.read_vector(centre(fit_pictures([ink]))[0]).digit)
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(description="Digits read from made photographs.")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--numbers", action="store_true", help="numbers alone")
    conditions = (*CONDITIONS, *COLOUR_CONDITIONS)
    parser.add_argument("--conditions", nargs="+", choices=conditions, default=conditions)
    parser.add_argument("--learned", action="store_true")
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args(arguments)
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    classifier = Classifier(load_shipped())
    makers = sheets(Path(folder), options.count, options.learned)
    if options.numbers:
        makers = {NUMBERS: makers[NUMBERS]}
    first = 14_000 if options.learned else 1000
    errors = ErrorSheet()
    print(f"Read rightly of {options.count} photographs each, %, with flattening (without):\n")
    print(f"| photographed | {' | '.join(makers)} |\n|---|{'---|' * len(makers)}")
    for condition in options.conditions:
        cells = []
        for name, maker in makers.items():
            right = np.zeros(2)
            for index in range(options.count):
                text, ink = maker(index)
                grey = taken(ink, condition, np.random.default_rng(first + index))
                read, found = read_flattened(classifier, grey)
                right += read == text, read_as_it_is(classifier, grey) == text
                if name == NUMBERS and read != text:
                    errors.add(grey, found, f"{condition}, {index}: {text} read as {read or 'nothing'}")
            shares = 100 * right / options.count
            # Without segmentation, a number cannot be read at all.
            cells.append(f"{shares[0]:.1f}" + ("" if name == NUMBERS else f" ({shares[1]:.1f})"))
        print(f"| {condition} | {' | '.join(cells)} |", flush=True)
    if options.sheet is not None:
        errors.save(options.sheet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
