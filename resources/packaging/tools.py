"""Tools: the other programs that building packages needs, and one way of running them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


class PackagingError(Exception):
    """One sentence that says why there is no package, and what to do."""


PACKAGES = {
    "dpkg-deb": "dpkg",
    "git": "git",
    "ld": "binutils",
    "mksquashfs": "squashfs-tools",
    "objcopy": "binutils",
    "readelf": "binutils",
    "strip": "binutils",
}
"""Debian's package of each program that may be asked for."""


def require(*programs: str) -> None:
    """Make sure of programs before hours go into what needs them.

    Raises:
        PackagingError: One is missing.
    """
    for program in programs:
        if shutil.which(program) is None:
            raise PackagingError(f"There is no program {program}: install {PACKAGES.get(program, program)}.")


def run(
    command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> str:
    """Run a program in the plain locale and return what it wrote to standard output.

    Args:
        command: The program and its arguments.
        environment: Variables beside those of this process.
        folder: Where it runs.

    Raises:
        PackagingError: It is missing or failed; the end of what it said is in the sentence.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as error:
        raise PackagingError(f"There is no program {name}: install it.") from error
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise PackagingError(f"{name} failed with exit code {done.returncode}; its last words:\n{said}")
    return done.stdout
