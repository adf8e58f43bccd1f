"""Quiet collector: keeps Python's garbage collector from halting the window.

PyTorch, pyqtgraph and torchvision leave a third of a million objects behind when they are imported. They
live as long as the program, but a full collection looks at each of them: 0.2 s in which no thread can run
Python, the window's included, and training triggers one now and then.
"""

from __future__ import annotations

import gc

# Less than any of those libraries brings; a page of the window or a training brings some hundreds.
_MANY_OBJECTS = 20_000


def freeze_imports(collects: bool = True) -> None:
    """Take a library that was just imported for permanent; later collections look at newer objects alone.

    Where nothing was imported since the last call, this does nothing.

    Args:
        collects: Whether to collect first, which takes 0.1 s. What is frozen is never freed, and imports
            leave circles that hold whatever their importer works on: only before there are data sets is
            there nothing to collect.
    """
    if len(gc.get_objects()) < _MANY_OBJECTS:
        return
    if collects:
        gc.collect()
    gc.freeze()
