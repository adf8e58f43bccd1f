"""Regular files: opens what is stored on a disk, and refuses pipes, devices and folders at once.

A named pipe without a writer blocks whoever opens it, and an endless device never ends: both have frozen the
window when their names ended in .png or .pt.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_regular(path: Path) -> BinaryIO:
    """Open a stored file for reading, in bytes; symbolic links are followed to what they name.

    Raises:
        OSError: There is no such file, it may not be read, its name has a null byte or is too long, or it is
            no regular file. `strerror` says which in a few words.
    """
    # Checked on the opened file, not by name, so that nobody can swap it in between; O_NONBLOCK keeps the
    # opening of a pipe from waiting for a writer, and means nothing for a regular file.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        descriptor = os.open(path, flags)
    except ValueError as error:  # a null byte
        raise OSError(errno.EINVAL, "the name is not a file name", str(path)) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
