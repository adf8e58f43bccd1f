"""How well the shipped network tells what is no digit: ``python -m tests.benchmarks.not_a_digit``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw, pen-digits and pen-letters. Digits
and letters are those of the 24 writers that the network never saw. Letters that many people write like a
digit are left out (`resources.shipped_network.pen_letters`).
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.cli.options import DATA_VARIABLE
from engine.cli.read import load_shipped
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.mnist.digit_data import load_mnist_test
from engine.nn.network import Network
from resources.shipped_network.judging import digit_probabilities, refusals
from resources.shipped_network.marks import make_marks
from resources.shipped_network.samples import digits_of, load_writers, pictures_of

MARKS, BUILT_IN, SEED = 2_000, 3_000, 77
MOST_SIGNS = 12


def figures(folder: Path) -> Iterator[tuple[str, str]]:
    """What was measured, and its figure."""
    model = load_shipped()
    threshold = model.digit_threshold
    assert threshold is not None
    network = Network.from_weights(model.architecture, model.weights)

    def probabilities(images: Tensor) -> Tensor:
        return digit_probabilities(network, model.standardisation, images)

    _, judges = load_writers(folder, is_choosing=False)
    digits = probabilities(digits_of(judges).images)
    letters = probabilities(pictures_of(judges.letters.drawings))
    told = refusals(digits, letters)
    yield (
        f"area under the curve, {len(letters):,} letters and signs against {len(digits):,} digits",
        (f"{told.area:.4f}"),
    )
    yield "letters and signs taken for a digit where 1 % of the digits are refused", _share(told.accepted)
    yield f"the same at the network's own threshold, {threshold}", _taken(letters, threshold)
    yield "pen digits refused at it", _refused(digits, threshold)
    yield "MNIST's test digits refused", _refused(probabilities(load_mnist_test(folder).images), threshold)
    built_in = make_handwriting(BUILT_IN, SEED).images
    yield f"{BUILT_IN:,} digits of built-in handwriting refused", _refused(probabilities(built_in), threshold)
    marks = pictures_of(make_marks(MARKS, np.random.default_rng(SEED)))
    yield (
        f"{MARKS:,} scribbles, dots, dashes and shapes taken for a digit",
        _taken(probabilities(marks), threshold),
    )
    of_sign: dict[str, list[bool]] = defaultdict(list)
    for sign, probability in zip(judges.letters.signs, letters.tolist(), strict=True):
        of_sign[sign].append(probability >= threshold)
    worst = sorted(of_sign, key=lambda sign: -sum(of_sign[sign]))[:MOST_SIGNS]
    yield (
        "taken for a digit most often",
        ", ".join(f"{sign} {sum(of_sign[sign])} of {len(of_sign[sign])}" for sign in worst),
    )


def _taken(probabilities: Tensor, threshold: float) -> str:
    return _share(float((probabilities >= threshold).double().mean()))


def _refused(probabilities: Tensor, threshold: float) -> str:
    return _share(float((probabilities < threshold).double().mean()))


def _share(share: float) -> str:
    return f"{100 * share:.2f} %"


def main() -> int:
    """Print the table row by row."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        print(
            f"Set {DATA_VARIABLE} to a folder that has MNIST/raw, pen-digits and pen-letters.",
            file=sys.stderr,
        )
        return 2
    torch.set_num_threads(1)
    print("| what | measured |\n|---|---|")
    for what, measured in figures(Path(folder)):
        print(f"| {what} | {measured} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
