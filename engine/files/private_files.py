"""Private files: what is the owner's alone from the moment it is made; what was not is mended.

Files get 0600 and folders 0700 where the system has such modes; elsewhere the profile's own rights protect
them. The process's umask is never touched: it belongs to all threads, and while one of them had lifted it,
the files of all others would be open to everybody.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_OTHERS = 0o077


def make_private_folder(folder: Path) -> None:
    """Make a folder, and its parents where they are missing, or take one that is there, for the owner alone.

    Parents that were there before are left as they are.

    Raises:
        OSError: It cannot be made, or something else is there.
    """
    try:
        folder.mkdir(PRIVATE_FOLDER)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_private_folder(folder.parent)
        folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
        # Whoever keeps the folder elsewhere, by a link, means the folder and not the link.
        make_private(folder.resolve())
    except ValueError as error:  # a null byte
        raise OSError(errno.EINVAL, "the name is not a file name", str(folder)) from error


def make_private(path: Path) -> None:
    """Take from everybody else what they may do with a file or folder of this user's.

    Links are not followed, and what is not ours, or cannot be changed, is left as it is.
    """
    with contextlib.suppress(OSError):
        _restrict(path, path.lstat())


def make_private_tree(folder: Path) -> None:
    """Make a folder private with all that is in it. Takes some 10 ms for a thousand files."""
    make_private(folder)
    folders = [folder]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    _restrict(Path(entry), entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry))


def create_private(path: Path) -> None:
    """Make an empty file for a library that would make it readable by all; one that is there is kept.

    Raises:
        OSError: The folder or disk does not take it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    except FileExistsError:
        # Not opened: on closing it, the system would drop the locks that SQLite holds in this process.
        make_private(path)


def private_opener(path: str, flags: int) -> int:
    """For `open` to write with: a new file is private, an older one becomes so, and nothing else is opened.

    Raises:
        OSError: The folder or disk does not take it, or a pipe or device is there.
    """
    # O_NONBLOCK keeps a named pipe from waiting for a reader; it means nothing for a file.
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), PRIVATE_FILE)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", path)
    make_private(Path(path))
    return descriptor


def _restrict(path: Path, status: os.stat_result) -> None:
    if os.name != "posix" or stat.S_ISLNK(status.st_mode) or status.st_uid != os.getuid():
        return
    if status.st_mode & _OTHERS:
        path.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)
