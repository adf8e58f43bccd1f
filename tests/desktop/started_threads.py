"""Started threads: those of Qt that Python has started, so that one which a test leaves running is told."""

from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QThread

_started: WeakSet[QThread] = WeakSet()
_start = QThread.start


def _noted_start(thread: QThread, *priority: QThread.Priority) -> None:
    _started.add(thread)
    _start(thread, *priority)


# For all subclasses, too: looking for them among all objects of the process took 35 ms after each test.
QThread.start = _noted_start


def threads_still_running() -> list[QThread]:
    """All threads that were started since this module was imported and have not ended."""
    running = [thread for thread in _started if shiboken6.isValid(thread) and thread.isRunning()]
    _started.clear()
    _started.update(running)
    return running
