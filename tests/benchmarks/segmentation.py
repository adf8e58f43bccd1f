"""How well numbers are split into digits, and read: ``python -m tests.benchmarks.segmentation``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw and pen-digits/strokes.jsonl. With
``--model FILE`` another network than the shipped one decides, with ``--sheet FILE.png`` the numbers that are
still read wrongly are painted into a picture, and ``--numbers N`` makes fewer of each kind. ``--tuning``
takes the writers by whom weights are chosen, so that the others are looked at as rarely as possible.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.mnist.digit_data import load_mnist_test
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.errors import InkError, ScratchpadError
from engine.models.classifier import Classifier
from engine.models.digit_scorer import DigitScorer
from engine.models.model_file import load_model
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_polylines, to_polylines
from engine.preprocessing.number import Number, number_of_ink, number_of_picture
from engine.preprocessing.rasteriser import rasterise
from engine.preprocessing.segmentation.joining import split_polylines
from engine.preprocessing.segmentation.strokes import StrokeParter
from tests.benchmarks.made_numbers import MadeNumber, close_numbers, mnist_numbers, pen_numbers, touch
from tests.benchmarks.number_sheet import save_sheet

NUMBERS = 2000
# Of the pad's pen, as a share of a digit's height.
PEN_WIDTH = 0.02
# Pictures of pen numbers: how high a digit is, and the pen, in pixels.
_HEIGHT, _PEN = 60, 5.0


@dataclass
class Counts:
    """Numbers of one kind."""

    numbers: int = 0
    split: int = 0
    read: int = 0
    digits: int = 0
    digits_read: int = 0
    wrong: list[tuple[MadeNumber, str]] = field(default_factory=list)

    def figures(self, name: str) -> Iterator[tuple[str, str]]:
        split, read = _share(self.split, self.numbers), _share(self.read, self.numbers)
        yield f"{name}: split / read correctly, of {self.numbers:,}", f"{split} / {read}"
        yield f"{name}: digits read, of {self.digits:,}", _share(self.digits_read, self.digits)


class Reader:
    """Reads drawings and pictures with one network."""

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        self.scorer = DigitScorer(classifier)
        self.parter = StrokeParter(self.scorer)

    def digits(self, number: Number) -> list[int]:
        return [reading.digit for reading in self.classifier.read_vectors(number.vectors)]

    def count(self, numbers: Iterable[MadeNumber]) -> Counts:
        """Read numbers as strokes."""
        counts = Counts()
        for made in numbers:
            number = number_of_ink(_ink(made.polylines), parter=self.parter)
            said = self.digits(number)
            found = dict(zip(number.strokes, said, strict=True))
            counts.numbers += 1
            counts.split += [list(own) for own in number.strokes] == made.groups and not number.marks
            counts.digits += len(made.text)
            counts.digits_read += sum(
                found.get(tuple(group)) == int(digit)
                for group, digit in zip(made.groups, made.text, strict=True)
            )
            if number.text(said) == made.text:
                counts.read += 1
            else:
                counts.wrong.append((made, number.text(said)))
        return counts

    def count_pictures(self, pictures: Iterable[tuple[str, np.ndarray]]) -> str:  # type: ignore[type-arg]
        """Read numbers as pictures: the shares with as many digits as there are, and read correctly."""
        total = split = read = 0
        for text, picture in pictures:
            total += 1
            try:
                number = number_of_picture(picture, self.scorer)
            except ScratchpadError:
                continue
            split += len(number) == len(text)
            read += number.text(self.digits(number)) == text
        return f"{_share(split, total)} / {_share(read, total)}"


def figures(
    folder: Path, reader: Reader, numbers: int, is_tuning: bool, errors: list[tuple[MadeNumber, str]]
) -> Iterator[tuple[str, str]]:
    """What was measured, and its figure; numbers that are read wrongly are added to `errors`."""
    pen = load_pen_digits(folder / "pen-digits" / "strokes.jsonl")
    known, unknown = pen.split_by_writer()
    yield from _singles(pen, reader)
    people = known if is_tuning else unknown
    kinds: tuple[tuple[str, Callable[[int], Iterator[MadeNumber]]], ...] = (
        ("pen numbers", lambda count: pen_numbers(people, count, seed=3)),
        ("written close", lambda count: pen_numbers(people, count, seed=3, gap=0.12)),
        ("touching and crossing", lambda count: close_numbers(people, count, seed=3)),
        ("two digits in one stroke", lambda count: _unlifted(pen_numbers(people, count, 4, 0.12, 0.06))),
    )
    for name, make in kinds:
        counts = reader.count(make(numbers))
        yield from counts.figures(name)
        errors += counts.wrong
    pairs = [pair for made in close_numbers(people, min(numbers, 300), seed=3) for pair in _neighbours(made)]
    touching = sum(touch(one, other, PEN_WIDTH) for one, other in pairs)
    yield f"neighbours that touch, of {len(pairs):,}", _share(touching, len(pairs))
    some = max(1, numbers // 4)
    for name, made in (
        ("pen numbers", pen_numbers(people, some, seed=5)),
        ("touching and crossing", close_numbers(people, some, seed=5)),
    ):
        pictures = ((number.text, _picture(number)) for number in made)
        yield f"pictures, {name}: as many digits / read, of {some:,}", reader.count_pictures(pictures)
    mnist = load_mnist_test(folder)
    images = mnist.images.numpy().reshape(-1, 28, 28)[: 5 * numbers]
    wrong = sum(len(number_of_picture(image, reader.scorer)) > 1 for image in images)
    yield f"MNIST's test digits split, of {len(images):,}", _share(wrong, len(images))
    name = f"numbers of MNIST's digits: as many digits / read, of {some:,}"
    yield name, reader.count_pictures(mnist_numbers(mnist, some, seed=3))
    for digits in (1, 2, 4, 8):
        yield from _pace(people, reader, digits)


def _singles(pen: PenDigits, reader: Reader) -> Iterator[tuple[str, str]]:
    """How often a single digit is split, and how often it is so in truth."""
    split = several = alone = 0
    for ink, label in zip(pen.inks, pen.labels, strict=True):
        number = number_of_ink(ink, parter=reader.parter)
        alone += len(split_polylines(to_polylines(ink))) > 1
        if len(number) > 1 or number.marks:
            split += 1
            readings = reader.classifier.read_vectors(number.vectors)
            several += all(reading.digit == label and reading.is_sure for reading in readings)
    yield f"single pen digits split, of {len(pen):,}", _share(split, len(pen))
    yield "without those of which each part is read as the label", _share(split - several, len(pen))
    yield "split by shapes alone", _share(alone, len(pen))


def _pace(people: PenDigits, reader: Reader, digits: int) -> Iterator[tuple[str, str]]:
    """Milliseconds of one pen move in the last of so many touching digits: parts, and readings of them."""
    parted, normalised, read = [], [], []
    for made in close_numbers(people, 12, seed=6, lengths=(digits, digits)):
        parter = StrokeParter(reader.scorer)
        *before, last = made.polylines
        for count in range(2, len(last) + 1, 2):
            drawing = _ink([*before, last[:count]])
            begin = time.perf_counter()
            try:
                number = number_of_ink(drawing, True, parter)
            except InkError:  # what was written so far falls into more digits than there are
                continue
            between = time.perf_counter()
            reader.classifier.read_vectors(number.vectors)
            end = time.perf_counter()
            if count > 2:  # the first move looks at all of the number, which no move on the pad does
                parted.append(between - begin)
                read.append(end - between)
            begin = time.perf_counter()
            normalise_polylines([made.polylines])
            normalised.append(time.perf_counter() - begin)
    name = f"{digits} touching digits, a pen move"
    yield f"{name}: parting, median / 99th centile", f"{_middle(parted)} / {_centile(parted)}"
    yield f"{name}: reading, median / 99th centile", f"{_middle(read)} / {_centile(read)}"
    yield f"{name}: parting, as times of painting one picture of it", f"{_ratio(parted, normalised):.1f}"


def _middle(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.2f} ms"


def _centile(seconds: list[float]) -> str:
    return f"{1000 * sorted(seconds)[int(0.99 * (len(seconds) - 1))]:.2f} ms"


def _ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(one) / statistics.median(other)


def _unlifted(numbers: Iterable[MadeNumber]) -> Iterator[MadeNumber]:
    """The first two digits of each number, drawn without lifting the pen between them."""
    for made in numbers:
        first, second = made.groups[:2]
        line = np.concatenate([made.polylines[first[-1]], made.polylines[second[0]]])
        before, after = made.polylines[: first[-1]], made.polylines[second[0] + 1 : second[-1] + 1]
        joined = len(before)
        groups = [[*range(joined), joined], [joined, *range(joined + 1, joined + 1 + len(after))]]
        yield MadeNumber(made.text[:2], [*before, line, *after], groups)


def _neighbours(made: MadeNumber) -> list[tuple[list, list]]:  # type: ignore[type-arg]
    digits = [[made.polylines[index] for index in group] for group in made.groups]
    return list(pairwise(digits))


def _picture(made: MadeNumber) -> np.ndarray:  # type: ignore[type-arg]
    points = np.concatenate(made.polylines)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    width, height = (np.ceil(extent * _HEIGHT).astype(int) + 20).tolist()
    return rasterise([[(line - low) * _HEIGHT + 10 for line in made.polylines]], _PEN, height, width)[0]


def _ink(polylines: list) -> Ink:  # type: ignore[type-arg]
    return Ink.from_lists([line.tolist() for line in polylines])


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.2f} %"


def main() -> int:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--numbers", type=int, default=NUMBERS)
    parser.add_argument("--tuning", action="store_true")
    chosen = parser.parse_args()
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits.", file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    reader = Reader(Classifier(load_model(chosen.model) if chosen.model else load_shipped()))
    print("| what | measured |\n|---|---|")
    errors: list[tuple[MadeNumber, str]] = []
    for what, measured in figures(Path(folder), reader, chosen.numbers, chosen.tuning, errors):
        print(f"| {what} | {measured} |", flush=True)
    if chosen.sheet is not None:
        save_sheet(errors, chosen.sheet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
