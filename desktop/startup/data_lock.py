"""Data lock: whether another Scratchpad uses the same data folder, on any screen, in any session.

A second start mostly meets the first one's socket and leaves; it cannot where the two run on two computers
that share a home, or in sandboxes with different runtime folders. The system itself drops such a lock when
its process ends, however that comes about.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from pathlib import Path

from engine.files.private_files import private_opener

LOCK_NAME = "scratchpad.lock"
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)
_LONGEST_NAME = 64


class DataLock:
    """Held from `take` to `release`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._descriptor: int | None = None

    def take(self) -> str:
        """Take the lock if it is free.

        Returns:
            One sentence if another program holds it, else an empty text: also where the folder takes no file
            or its file system knows no locks.
        """
        try:
            descriptor = private_opener(str(self._path), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
        except (OSError, ValueError):
            return ""
        try:
            _lock(descriptor)
        except OSError as error:
            other = _computer(descriptor)
            os.close(descriptor)
            return _sentence(other) if error.errno in _TAKEN else ""
        self._descriptor = descriptor
        # For whoever comes second, on another computer perhaps.
        os.truncate(descriptor, 0)
        os.write(descriptor, b" " + platform.node().encode(errors="replace")[:_LONGEST_NAME] + b"\n")
        return ""

    def release(self) -> None:
        """Let the next one have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _computer(descriptor: int) -> str:
    """The name of the computer that holds the lock, or empty."""
    try:
        os.lseek(descriptor, 1, os.SEEK_SET)  # the first byte is what Windows locks
        name = os.read(descriptor, _LONGEST_NAME).decode(errors="replace").strip()
    except OSError:
        return ""
    return name if name.isprintable() else ""


def _sentence(computer: str) -> str:
    where = f"on {computer}" if computer and computer != platform.node() else "in another session"
    return (
        f"Scratchpad is also open {where}, with the same drawings and networks: nothing is lost, but what is "
        "saved there appears here only after a restart. To be sure of what you see, close one of the two."
    )
