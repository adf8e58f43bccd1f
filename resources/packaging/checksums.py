"""Checksums: SHA256SUMS beside the packages, as sha256sum reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

NAME = "SHA256SUMS"


def write(packages: Iterable[Path], folder: Path) -> Path:
    """Write the checksums of some files.

    Args:
        packages: They, all in `folder`.
        folder: Where the list goes.

    Returns:
        The list.
    """
    lines = []
    for package in sorted(packages):
        with package.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {package.name}\n")
    written = folder / NAME
    written.write_text("".join(lines), encoding="utf-8")
    return written
