"""Quiet collector: keeps Python's garbage collector from halting the window.

PyTorch, pyqtgraph and torchvision leave a third of a million objects behind when they are imported. They
live as long as the program, but a full collection looks at each of them: 0.2 s in which no thread can run
Python, the window's included, and training triggers one now and then.
"""

from __future__ import annotations

import gc


def let_be() -> None:
    """Take everything that exists now for permanent; later collections look at newer objects alone."""
    gc.freeze()
