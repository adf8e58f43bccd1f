"""Library preloading: opens PyTorch's largest library while the window goes on.

Python's import holds the interpreter while the system opens a library: 0.15 s for one of 400 MB, in which no
pen is followed. A call of a C function does not hold it, and what is open already the import finds at once.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_SUFFIX = {"linux": ".so", "darwin": ".dylib"}


def preload_torch() -> bool:
    """Open the library, from a thread of its own; whatever goes wrong is left to the import to tell.

    Returns:
        Whether it is open.
    """
    suffix = _SUFFIX.get(sys.platform)
    found = importlib.util.find_spec("torch") if suffix else None
    if found is None or found.origin is None:
        return False
    folder = Path(found.origin).parent / "lib"
    try:
        # What PyTorch itself opens first, and for all to see.
        ctypes.CDLL(str(folder / f"libtorch_global_deps{suffix}"), ctypes.RTLD_GLOBAL)
        open_library = ctypes.CDLL(None).dlopen
    except (OSError, AttributeError):
        return False
    open_library.argtypes, open_library.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    return open_library(os.fsencode(folder / f"libtorch_cpu{suffix}"), os.RTLD_NOW) is not None
