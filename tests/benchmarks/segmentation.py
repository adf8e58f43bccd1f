"""How well numbers are split into digits, and read: ``python -m tests.benchmarks.segmentation``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw and pen-digits/strokes.jsonl.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.digit_data import load_mnist_test
from engine.data.pen_digits import load_pen_digits
from engine.models.classifier import Classifier, Reading
from engine.preprocessing.ink_finding import find_ink
from engine.preprocessing.normaliser import centre, fit_pictures, normalise_polylines, to_polylines
from engine.preprocessing.segmentation.joining import split_polylines
from tests.benchmarks.made_numbers import mnist_numbers, pen_numbers

NUMBERS = 2000


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    """What was measured, and its figure."""
    classifier = Classifier(load_shipped())
    pen = load_pen_digits(folder / "pen-digits" / "strokes.jsonl")
    drawings = [to_polylines(ink) for ink in pen.inks]
    are_split = [len(split_polylines(lines)) > 1 for lines in drawings]
    yield f"single pen digits split, of {len(pen):,}", _share(sum(are_split), len(pen))
    several = [
        index
        for index, is_split in enumerate(are_split)
        if is_split and _are_repeats(drawings[index], classifier, pen.labels[index])
    ]
    yield "of them several digits in truth: each part is read as the label", str(len(several))
    unknown = pen.split_by_writer()[1]
    for name, gap in (("", 0.22), (", written close", 0.12)):
        right = read = 0
        for number in pen_numbers(unknown, NUMBERS, seed=3, gap=gap, least_gap=0.06):
            groups = split_polylines(number.polylines)
            right += groups == number.groups
            vectors = normalise_polylines([[number.polylines[i] for i in group] for group in groups])
            read += _text(classifier.read_vectors(vectors)) == number.text
        yield f"pen numbers{name} split correctly, of {NUMBERS:,}", _share(right, NUMBERS)
        yield f"pen numbers{name} read correctly", _share(read, NUMBERS)
    mnist = load_mnist_test(folder)
    images = mnist.images.numpy().reshape(-1, 28, 28)
    wrong = sum(len(find_ink(image).digits) > 1 for image in images)
    yield f"MNIST's test digits split, of {len(images):,}", _share(wrong, len(images))
    right = read = 0
    for text, picture in mnist_numbers(mnist, NUMBERS, seed=3):
        digits = find_ink(picture).digits
        right += len(digits) == len(text)
        read += _text(classifier.read_vectors(centre(fit_pictures(digits)))) == text
    yield f"numbers of MNIST's digits split correctly, of {NUMBERS:,}", _share(right, NUMBERS)
    yield "numbers of MNIST's digits read correctly", _share(read, NUMBERS)
    for digits in (1, 2, 4, 8):
        yield f"splitting {digits} pen digits, median", f"{1000 * _split_s(drawings, digits):.2f} ms"


def _are_repeats(polylines: list, classifier: Classifier, label: int) -> bool:  # type: ignore[type-arg]
    vectors = normalise_polylines([[polylines[i] for i in group] for group in split_polylines(polylines)])
    return all(reading.digit == label and reading.is_sure for reading in classifier.read_vectors(vectors))


def _split_s(drawings: list, digits: int) -> float:  # type: ignore[type-arg]
    """Seconds that splitting takes, as the pen moves in the last of so many digits."""
    times = []
    for first in range(0, 400 * digits, digits):
        lines = [
            line + np.array([1200 * place, 0])
            for place in range(digits)
            for line in drawings[(first + place) % len(drawings)]
        ]
        begin = time.perf_counter()
        split_polylines(lines)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def _text(readings: tuple[Reading, ...]) -> str:
    return "".join(str(reading.digit) for reading in readings)


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.2f} %"


def main() -> int:
    """Print the table row by row."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    print("| what | measured |\n|---|---|")
    for what, measured in figures(Path(folder)):
        print(f"| {what} | {measured} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
