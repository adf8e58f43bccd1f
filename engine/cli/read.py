"""The command ``read``: one picture or drawing to its digits and ten bars of text for each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import resources
from engine.cli.network import load_network
from engine.models.classifier import SURE_FROM, Classifier, Reading
from engine.models.digit_scorer import DigitScorer
from engine.models.model import Model
from engine.models.model_file import load_model
from engine.models.shown_number import shown_number
from engine.preprocessing.ink_file import read_ink_file
from engine.preprocessing.number import Number, number_of_ink, number_of_picture
from engine.preprocessing.segmentation.strokes import StrokeParter
from engine.preprocessing.sign import sign_of_ink, sign_of_picture

_BAR_WIDTH = 30


def read(chosen: argparse.Namespace) -> int:
    """Read one file and print what it says.

    Raises:
        ScratchpadError: The file or the network cannot be read.
    """
    classifier = Classifier(load_shipped() if chosen.model is None else load_network(chosen.model, chosen))
    number = _normalised(chosen.file, classifier)
    readings = classifier.read_vectors(number.vectors)
    text = shown_number(number.text([reading.name for reading in readings]), readings)
    print(describe_number(readings, text, bar=_bar_character()))
    if number.remark:
        print(f"\n{number.remark}")
    return 0


def _normalised(path: Path, classifier: Classifier) -> Number:
    are_digits = classifier.classes.are_digits
    scorer = DigitScorer(classifier)
    if path.suffix.lower() == ".json":
        ink = read_ink_file(path)
        return number_of_ink(ink, parter=StrokeParter(scorer)) if are_digits else sign_of_ink(ink)
    from engine.preprocessing.photographs.pictures import read_picture

    grey = read_picture(path)
    return number_of_picture(grey, scorer) if are_digits else sign_of_picture(grey)


def load_shipped() -> Model:
    """The network that comes with the program.

    Raises:
        ModelFileError: It is damaged.
    """
    return load_model(resources.path("weights", "shipped.safetensors"))


def describe_number(readings: Sequence[Reading], text: str, bar: str = "█") -> str:
    """The number that the digits make up, a line for each row, then each digit; of one, only that."""
    if len(readings) == 1:
        return describe(readings[0], bar)
    return "\n\n".join([text, *(describe(reading, bar) for reading in readings)])


def describe(reading: Reading, bar: str = "█") -> str:
    """The digit or sign and its probability, or that it may be no digit; then a bar for each class."""
    answer = f"{reading.name}   {_percent(reading.probability)}"
    if not reading.is_digit:
        answer = f"not a digit? most like {reading.name} ({_percent(reading.probability)} among the digits)"
    elif not reading.is_sure:
        second, its_probability = reading.ranked()[1]
        answer = (
            f"not sure (below {_percent(SURE_FROM)}): {reading.name} ({_percent(reading.probability)}) "
            f"or {second} ({_percent(its_probability)})"
        )
    width = max(map(len, reading.classes))
    bars = (
        f"{name:{width}} {bar * round(probability * _BAR_WIDTH):<{_BAR_WIDTH}} {100 * probability:5.1f} %"
        for name, probability in zip(reading.classes, reading.probabilities, strict=True)
    )
    return "\n".join([answer, "", *bars])


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _bar_character() -> str:
    """A full block, or a number sign where the output's encoding has no blocks."""
    try:
        "█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#"
    return "█"
