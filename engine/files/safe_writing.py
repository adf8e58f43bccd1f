"""Safe writing: a file appears whole under its name, or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.files.private_files import private_opener

_LEFTOVER = re.compile(r"\..*-[a-z0-9_]{8}\.part", re.DOTALL)
_LEFTOVER_AGE_S = 600.0
# A name has at most 255 bytes in most file systems, of which a character may take four.
_LONGEST_STEM = 48


@contextlib.contextmanager
def replacing(path: Path, is_private: bool = False) -> Iterator[BinaryIO]:
    """A file to write to under another name beside `path`, which takes its place at the end.

    An older file of that name is untouched until then, and for good if anything fails.

    Args:
        path: Of the file.
        is_private: Whether it is its owner's alone, as all in the profile is, or as readable as any other new
            file, as what goes to a place of the user's choice.

    Raises:
        OSError: The folder is missing, or it or the disk does not take it.
    """
    temporary = path.with_name(f".{path.stem[:_LONGEST_STEM]}-{secrets.token_hex(4)}.part")
    # Without an opener, the system itself applies the umask, which cannot be asked for without changing it.
    file = open(temporary, "xb", opener=private_opener if is_private else None)  # noqa: SIM115
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def clear_leftovers(folder: Path, least_age_s: float = _LEFTOVER_AGE_S) -> None:
    """Remove what `replacing` left in a folder when the program was killed in the middle of it.

    Only files of that form, of this user's, and so old that nobody writes to them any more.
    """
    newest = time.time() - least_age_s
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFTOVER.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode) and status.st_mtime <= newest and _is_ours(status):
                        os.unlink(entry)


def _is_ours(status: os.stat_result) -> bool:
    return os.name != "posix" or status.st_uid == os.getuid()
