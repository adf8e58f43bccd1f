"""Arguments: what may be said on the command line, understood before Qt is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from engine.errors import ScratchpadError


class ArgumentsError(ScratchpadError):
    """An argument that the program does not know."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked for.

    Attributes:
        files: Pictures, drawings and networks to open.
        announces: Whether to report on standard output when the window is visible, and when it has
            read for the first time.
        tests_itself: Whether to run the smoke test instead of the program.
        wants_help: Whether to show the help and end.
        wants_version: Whether to show the version and exit.
    """

    files: tuple[Path, ...]
    announces: bool
    tests_itself: bool
    wants_help: bool
    wants_version: bool


def early_arguments(arguments: Sequence[str]) -> Arguments:
    """What can be said before Qt has taken its own options, ``-platform`` and the like, from `arguments`."""
    return _arguments(_parser().parse_known_intermixed_args(arguments)[0])


def parsed_arguments(arguments: Sequence[str]) -> Arguments:
    """All of `arguments`, those of Qt removed.

    Raises:
        ArgumentsError: One of them is unknown.
    """
    return _arguments(_parser().parse_intermixed_args(arguments))


def help_text() -> str:
    """What may be said, a line for each option."""
    return _parser().format_help().rstrip()


class _Parser(argparse.ArgumentParser):
    """One that neither prints nor ends the program."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong."""
        raise ArgumentsError(f"{message[:1].upper()}{message[1:]}: see scratchpad --help.")


def _parser() -> _Parser:
    # A windowed program may have no standard output, to which argparse's own help would fail to be written.
    parser = _Parser(
        prog="scratchpad",
        description="Draw a digit and have it read; train the network that reads it.",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="file", help="a picture, drawing or network to open"
    )
    for option, destination, text in (
        (
            "--announce",
            "announces",
            "report on standard output when the window is visible and has read for the first time",
        ),
        ("--smoke-test", "tests_itself", "try the whole program without a screen; 0 if all went well"),
        ("--version", "wants_version", "show the version and exit"),
        ("--help", "wants_help", "show this text and exit"),
    ):
        short = ["-h"] if option == "--help" else []
        parser.add_argument(*short, option, action="store_true", dest=destination, help=text)
    return parser


def _arguments(parsed: argparse.Namespace) -> Arguments:
    return Arguments(**{**vars(parsed), "files": tuple(parsed.files)})
