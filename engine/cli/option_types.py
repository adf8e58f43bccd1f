"""Option types: how what stands behind an option is read, and the options that several commands have."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS, DRAWINGS_NAMES
from engine.data.sources import DATA_SOURCES
from engine.errors import NumberError
from engine.number_text import parse_decimal, parse_whole

DATA_VARIABLE = "SCRATCHPAD_DATA"
"""The environment variable that names the folder with ``MNIST/raw`` in it."""


class Formatter(argparse.ArgumentDefaultsHelpFormatter):
    """Shows the defaults that say something."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        if action.default in (None, False, "") or action.default == []:
            return action.help
        return super()._get_help_string(action)


def add_data_folder(parser: argparse._ActionsContainer) -> None:
    """Where MNIST is."""
    folder = os.environ.get(DATA_VARIABLE)
    parser.add_argument(
        "--data-folder",
        type=Path,
        default=Path(folder) if folder else None,
        metavar="FOLDER",
        help=f"has MNIST’s four files, packed or not, or MNIST/raw (else: the variable {DATA_VARIABLE})",
    )


def whole(least: int, most: int) -> Callable[[str], int]:
    """A parser of whole numbers within bounds."""

    def parse(text: str) -> int:
        number = whole_number(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"must be from {least} to {most}")
        return number

    return parse


def whole_number(text: str) -> int:
    """A whole number."""
    try:
        return parse_whole(text)
    except NumberError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def decimal(text: str) -> float:
    """A decimal number."""
    try:
        return parse_decimal(text)
    except NumberError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def share(text: str) -> float:
    """A share, 0 to 0.9."""
    number = decimal(text)
    if not 0 <= number <= 0.9:
        raise argparse.ArgumentTypeError("must be from 0 to 0.9")
    return number


def data_kind(text: str) -> str:
    """A name in `DATA_SOURCES`, that of the drawings, or the path of a file or folder that is there."""
    names = (*DATA_SOURCES, *DRAWINGS_NAMES)
    if text not in names and not Path(text).exists():
        raise argparse.ArgumentTypeError(
            f"{text} is neither {' nor '.join(names)} nor a file or folder that is there"
        )
    return text


def add_data(data: argparse._ActionsContainer) -> None:
    """What to learn from."""
    data.add_argument(
        "--data",
        action="append",
        type=data_kind,
        metavar="DATA",
        help=f"what to learn from: {', '.join(DATA_SOURCES)}, {DRAWINGS} (the digits kept by the window), "
        f"{ALL_DRAWINGS} (all that it keeps), or a file or folder of labelled pictures in MNIST’s form, CSV, "
        "NPZ or JSON lines; may be given several times (default: mnist)",
    )
    add_data_folder(data)
    data.add_argument("--download", action="store_true", help="fetch MNIST into the data folder if missing")
