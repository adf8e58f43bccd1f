"""Trees: folders with fixed owners, rights and times, and archives of them that are always the same."""

from __future__ import annotations

import lzma
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

_DICTIONARY = 64 * 1024 * 1024


def everything_in(folder: Path) -> Iterator[Path]:
    """All that is in a folder, folders before what is in them, sorted; links are not followed."""
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from everything_in(path)


def settle(folder: Path, epoch_s: int) -> None:
    """Give all in a folder, and itself, fixed rights and times.

    Programs and folders become 755, other files 644; libraries are no programs, whatever they were.

    Args:
        folder: The tree.
        epoch_s: The time of all of it, in seconds since 1970.
    """
    for path in [*everything_in(folder), folder]:
        if path.is_symlink():
            os.utime(path, (epoch_s, epoch_s), follow_symlinks=False)
            continue
        is_program = path.is_dir() or (path.stat().st_mode & 0o100 and not _is_library(path))
        path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (epoch_s, epoch_s))


def size_bytes(folder: Path) -> int:
    """Bytes of all files in a folder; links count nothing."""
    return sum(
        path.stat().st_size for path in everything_in(folder) if path.is_file() and not path.is_symlink()
    )


def write_tar_xz(folder: Path, archive: Path, epoch_s: int, preset: int = 9) -> None:
    """Write a folder, under its own name, as an archive that depends on its contents and nothing else.

    Args:
        folder: The tree, settled before.
        archive: Where to.
        epoch_s: The time of all entries, in seconds since 1970.
        preset: How hard to compress, 0 to 9.
    """
    # The first makes jumps to one place look alike from wherever they go, which machine code is full of.
    filters = [
        {"id": lzma.FILTER_X86},
        {"id": lzma.FILTER_LZMA2, "preset": preset, "dict_size": _DICTIONARY},
    ]
    with (
        lzma.open(
            archive, "wb", format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, filters=filters
        ) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in [folder, *everything_in(folder)]:
            entry = tar.gettarinfo(path, arcname=str(path.relative_to(folder.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = epoch_s
            if entry.isreg():
                # A file with two names is written twice: which of them comes first is the disk's affair.
                with path.open("rb") as file:
                    tar.addfile(entry, file)
            else:
                tar.addfile(entry)


def _is_library(path: Path) -> bool:
    return ".so" in path.suffixes
