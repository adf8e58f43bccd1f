"""Profile: the user's data and settings folders as they are found at a start, put in order.

Former versions left files that others could read; a program that was killed leaves halves of files.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from desktop.services.folders import data_folder, settings_file
from engine.files.private_files import make_private, make_private_folder, make_private_tree
from engine.files.profile_folder import HANDWRITING
from engine.files.safe_writing import clear_leftovers

_LEFTOVER_AGE_S = 600.0
_WRITTEN_FOLDERS = ("networks", "runs", HANDWRITING)


def close_profile_to_others() -> None:
    """Make both folders, and keep others out of them, before anything is written there.

    Where they cannot be made, `desktop.services.folders.storage_notice` says so.
    """
    for folder in (data_folder(), settings_file().parent):
        with contextlib.suppress(OSError):
            make_private_folder(folder)


def tidy_profile() -> None:
    """Make what is in the folders private too, and remove halves of files. Any thread may call it."""
    data, settings = data_folder(), settings_file()
    make_private_tree(data)
    with contextlib.suppress(OSError):
        for path in settings.parent.glob(f"{settings.stem}*"):
            make_private(path)
    for folder in (data, *(data / name for name in _WRITTEN_FOLDERS), settings.parent):
        clear_leftovers(folder, _LEFTOVER_AGE_S)
    clear_settings_leftovers(settings)


def clear_settings_leftovers(settings: Path) -> None:
    """Remove what QSettings, which former versions used, left beside its file when it was killed in saving.

    A lock that a program still holds stays, and so does a temporary file that may still be written to.
    """
    lock = settings.with_name(f"{settings.name}.lock")
    with contextlib.suppress(OSError):
        if stat.S_ISREG(lock.lstat().st_mode):
            # Qt knows whether its holder is alive; giving it back removes the file.
            held = QLockFile(str(lock))
            if held.tryLock(0):
                held.unlock()
    # Six letters by chance. Without a capital among them it might be a copy that somebody made.
    temporary = re.compile(rf"{re.escape(settings.name)}\.(?=.*[A-Z])[A-Za-z]{{6}}")
    newest = time.time() - _LEFTOVER_AGE_S
    with contextlib.suppress(OSError), os.scandir(settings.parent) as entries:
        for entry in entries:
            if temporary.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode) and status.st_mtime <= newest:
                        os.unlink(entry)
