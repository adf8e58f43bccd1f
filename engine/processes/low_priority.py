"""Low priority: a process that works only while nobody else needs the processor."""

from __future__ import annotations

import contextlib
import os
import sys

_LOWEST = 19
# Windows' name for the same.
_IDLE_PRIORITY_CLASS = 0x40


def take_lowest_priority() -> None:
    """From now on, for this process; where the system refuses, it stays as it is."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetPriorityClass.argtypes = (wintypes.HANDLE, wintypes.DWORD)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE_PRIORITY_CLASS)
    else:
        with contextlib.suppress(OSError):
            os.nice(_LOWEST)
