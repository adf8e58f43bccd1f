"""Command line: what ``python -m engine`` does. Nothing heavy is imported before it is needed.

Figures go to the standard output; progress, notes and errors go to the standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from engine.cli.options import FAILED, INTERRUPTED, WRONG_USE, make_parser
from engine.errors import ScratchpadError, SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit status: 0, `FAILED`, `WRONG_USE` or `INTERRUPTED`.
    """
    try:
        chosen = make_parser().parse_args(arguments)
        return _run(chosen)
    except SystemExit as ended:  # argparse has said everything
        return ended.code if isinstance(ended.code, int) else WRONG_USE
    except SettingsError as error:
        return _fail(error, WRONG_USE)
    except ScratchpadError as error:
        return _fail(error, FAILED)
    except BrokenPipeError:  # whoever read the output has had enough, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "train":
        from engine.cli.train import train

        return train(chosen)
    if chosen.command == "search":
        from engine.cli.search import search

        return search(chosen)
    if chosen.command == "evaluate":
        from engine.cli.evaluate import evaluate

        return evaluate(chosen)
    if chosen.command == "convert":
        from engine.cli.convert import convert

        return convert(chosen)
    from engine.cli.read import read

    return read(chosen)


def _fail(error: ScratchpadError, status: int) -> int:
    print(error, file=sys.stderr)
    return status
