"""Options: what kind of packages to build, and where."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FORMATS = ("deb", "tar", "appimage")
CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
"""The versions that the tests have passed with."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for.

    Attributes:
        output: The folder for the packages.
        formats: Those of `FORMATS` to build.
        is_cuda: Whether to take the PyTorch that computes on NVIDIA's cards.
        torch_index: Address of the package index that has PyTorch, beside pip's own; empty for that alone.
        appimage_runtime: The program that an AppImage begins with.
        constraints: A file of pip's with the versions to take; without one named, `CONSTRAINTS`.
        work: A folder to build in and leave behind; without it, a temporary one.
        is_trimmed: Whether to leave out what the program does not need; otherwise no package is made.
        python: The Python to freeze.
    """

    output: Path
    formats: tuple[str, ...]
    is_cuda: bool
    torch_index: str
    appimage_runtime: Path | None
    constraints: Path
    work: Path | None
    is_trimmed: bool
    python: Path


def parsed(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ, python: str = ""
) -> Options:
    """Understand the command line.

    Args:
        arguments: Without the program's name.
        environment: Of the process; ``SCRATCHPAD_TORCH_INDEX`` is used where no option says otherwise.
        python: The Python that runs this.

    Raises:
        SystemExit: They are not right; what is wrong was written to standard error.
    """
    parser = _parser()
    found = parser.parse_args(arguments)
    formats = tuple(dict.fromkeys(found.formats or _default_formats(found.appimage_runtime)))
    if found.untrimmed:
        formats = ()
    if "appimage" in formats and found.appimage_runtime is None:
        parser.error("an AppImage begins with a runtime: name its file by --appimage-runtime")
    for file in (found.appimage_runtime, found.constraints):
        if file is not None and not file.is_file():
            parser.error(f"there is no file {file}")
    root = CONSTRAINTS.parents[1]
    if found.work is not None and found.work.resolve().is_relative_to(root):
        parser.error(f"{found.work} is inside the repository: packages are built outside it")
    return Options(
        output=found.output.resolve(),
        formats=formats,
        is_cuda=found.cuda,
        torch_index=found.torch_index or environment.get("SCRATCHPAD_TORCH_INDEX", ""),
        appimage_runtime=found.appimage_runtime and found.appimage_runtime.resolve(),
        constraints=(found.constraints or CONSTRAINTS).resolve(),
        work=found.work and found.work.resolve(),
        is_trimmed=not found.untrimmed,
        python=Path(python),
    )


def _default_formats(runtime: Path | None) -> tuple[str, ...]:
    return FORMATS if runtime is not None else ("deb", "tar")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m resources.packaging",
        description="Build the packages of Scratchpad for Linux from a clone.",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="where the packages go")
    parser.add_argument(
        "--formats",
        nargs="+",
        choices=FORMATS,
        help="which to build; deb and tar by default, and appimage where its runtime is given",
    )
    parser.add_argument(
        "--cuda", action="store_true", help="take the PyTorch that computes on NVIDIA's cards"
    )
    parser.add_argument(
        "--torch-index",
        metavar="URL",
        default="",
        help="package index that has the PyTorch asked for, beside pip's own "
        "(also by the environment variable SCRATCHPAD_TORCH_INDEX)",
    )
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE", help="what an AppImage begins with")
    parser.add_argument(
        "--constraints",
        type=Path,
        metavar="FILE",
        help="versions to take, resources/constraints.txt by default; each build writes its own beside the "
        "packages",
    )
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="build here and leave it behind")
    parser.add_argument(
        "--untrimmed",
        action="store_true",
        help="freeze everything and make no package, to measure what the cuts save",
    )
    return parser
