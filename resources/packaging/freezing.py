"""Freezing: from the environment to a folder that holds the program and everything that it runs on."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from resources.packaging import binaries, icu_data
from resources.packaging.environment import Environment
from resources.packaging.tools import run


def freeze(source: Path, work: Path, environment: Environment, epoch_s: int, is_trimmed: bool = True) -> Path:
    """Freeze the program.

    Args:
        source: The clone.
        work: A folder to work in.
        environment: With PyInstaller in it.
        epoch_s: The time that stands in the files, in seconds since 1970.
        is_trimmed: Whether to leave out what the program does not need.

    Returns:
        The folder, with the starter ``scratchpad`` and ``_internal`` in it.

    Raises:
        PackagingError: It cannot be frozen.
    """
    options: list[str | Path] = ["--noconfirm", "--log-level", "WARN"]
    options += ["--distpath", work / "frozen", "--workpath", work / "analysis"]
    specification = source / "resources" / "packaging" / "scratchpad.spec"
    run(
        [environment.python, "-m", "PyInstaller", *options, specification],
        environment={
            # Sets in compiled modules are written in the order of their hashes.
            "PYTHONHASHSEED": "1",
            "SOURCE_DATE_EPOCH": str(epoch_s),
            # The packages are compressed as a whole, better than file by file; and it starts sooner so.
            "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
            "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
            "SCRATCHPAD_UNTRIMMED": "" if is_trimmed else "1",
            "QT_QPA_PLATFORM": "offscreen",
        },
        # Not the clone, whose packages would otherwise be found before the installed ones.
        folder=work,
    )
    program = work / "frozen" / "scratchpad"
    if is_trimmed and sys.platform == "linux":
        binaries.drop_unneeded(program)
        for library in sorted(program.rglob("libicudata.so.*")):
            if not library.is_symlink():
                icu_data.reduce_library(library, platform.machine())
        binaries.strip_symbols(program)
    return program
