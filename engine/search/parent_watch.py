"""Parent watch: a process ends when the one that started it has, so nobody trains for a killed program."""

from __future__ import annotations

import os
import threading
from multiprocessing.connection import wait
from multiprocessing.process import parent_process


def end_with_parent() -> None:
    """From now on, whatever this process is doing."""
    threading.Thread(target=_watch, name="parent watch", daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
