"""New signs: five drawings of each of ten signs that the network it starts from has never seen.

``python -m tests.benchmarks.new_signs --data FOLDER``: ten signs are drawn by lot from those of the 24
writers of whom nothing was ever learned, and five drawings of each, of whoever. The network is measured on
all other drawings of these signs, nearly all of other people than the five: no writer has five of one sign.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
import torch

import resources
from engine.adaptation.new_signs import learn_signs
from engine.data.classes import Classes
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.evaluation.predictions import predictions_of
from engine.models.model import Model
from engine.models.model_file import load_model
from engine.nn.network import Network
from resources.letters_network.writings import load_signs

# Of signs that are a dot, a dash or an arc once they fill the box, nobody could tell some from others.
DISTINCT = tuple("abdefghijmnpqrty#$%*+=?<>&@")
ALL = (*DISTINCT, *"l!'(),-./:;")
_SIGNS, _OF_EACH, _FEWEST = 10, 5, 12
_SEED = 5


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=20)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    start = load_model(resources.path("weights", "letters.safetensors"))
    print("| ten signs by lot of | mean | worst | best | seconds, median | to reach |")
    print("|---|---|---|---|---|---|")
    for title, names in (("signs with a shape of their own", DISTINCT), ("all signs", ALL)):
        drawings = of_strangers(chosen.data, names)
        found = [
            measured(start, drawings, np.random.default_rng((_SEED, draw))) for draw in range(chosen.draws)
        ]
        shares = [100 * share for share, _ in found]
        seconds = statistics.median(second for _, second in found)
        print(
            f"| {title} ({len(set(drawings.labels))}) | {statistics.mean(shares):.1f} % | "
            f"{min(shares):.1f} % | {max(shares):.1f} % | {seconds:.1f} | 92 %, 3 s |"
        )


def of_strangers(folder: Path, names: tuple[str, ...]) -> PenDigits:
    """Drawings of these signs by the writers left out, as far as there are enough of a sign."""
    digits = load_pen_digits(folder / "pen-digits" / "strokes.jsonl")
    writers = frozenset(digits.split_by_writer()[1].writers)
    signs = load_signs(folder / "pen-letters" / "strokes.jsonl.gz", Classes(names))
    own = signs.where([writer in writers for writer in signs.writers])
    return own.where([own.labels.count(label) >= _FEWEST for label in own.labels])


def measured(start: Model, drawings: PenDigits, random: np.random.Generator) -> tuple[float, float]:
    """Share read correctly of what was not learned, 0 to 1, and seconds from the drawings to the network."""
    signs = random.choice(sorted(set(drawings.labels)), _SIGNS, replace=False).tolist()
    learned: list[int] = []
    for sign in signs:
        places = [place for place, label in enumerate(drawings.labels) if label == sign]
        learned += random.choice(places, _OF_EACH, replace=False).tolist()
    classes = Classes(tuple(drawings.classes[sign] for sign in signs))
    of_these = [place for place, label in enumerate(drawings.labels) if label in signs]
    few, rest = (
        PenDigits(
            tuple(drawings.inks[place] for place in places),
            tuple(signs.index(drawings.labels[place]) for place in places),
            tuple(drawings.writers[place] for place in places),
            classes,
            "new signs",
        )
        for places in (learned, [place for place in of_these if place not in learned])
    )
    began = time.perf_counter()
    *_, model = learn_signs(start, few)
    seconds = time.perf_counter() - began
    assert isinstance(model, Model)
    network = Network.from_weights(model.architecture, model.weights)
    return predictions_of(network, rest.normalised(), model.standardisation).accuracy, seconds


if __name__ == "__main__":
    main()
