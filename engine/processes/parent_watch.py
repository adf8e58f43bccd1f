"""Parent watch: a process ends when the one that started it has, so nobody trains for a killed program."""

from __future__ import annotations

import os
import shutil
import threading
from multiprocessing.connection import wait
from multiprocessing.process import parent_process
from pathlib import Path


def end_with_parent(folder: Path | None = None) -> None:
    """From now on, whatever this process is doing.

    Args:
        folder: To be removed then, since nobody else is left who would.
    """
    threading.Thread(target=_watch, args=(folder,), name="parent watch", daemon=True).start()


def _watch(folder: Path | None) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
