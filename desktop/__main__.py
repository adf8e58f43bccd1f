"""The program's command, ``scratchpad`` or ``python -m desktop``: begins with what takes longest."""

from __future__ import annotations

import ctypes
import importlib.util
import sys
import threading
from pathlib import Path

_SUFFIXES = {"linux": ".so", "darwin": ".dylib"}


def main() -> int:
    """Run the program; returns the exit code."""
    # Linking PyTorch's largest library takes a quarter of a second in which Python is not needed. Another
    # core does it while this one imports Qt and builds the window.
    threading.Thread(target=link_pytorch, name="link PyTorch", daemon=True).start()
    from desktop.app import main as run

    return run()


def link_pytorch() -> None:
    """Load PyTorch's libraries as `import torch` will, where that can be done without it."""
    suffix = _SUFFIXES.get(sys.platform)
    spec = importlib.util.find_spec("torch")
    if suffix is None or spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent / "lib"
    try:
        ctypes.CDLL(str(folder / f"libtorch_global_deps{suffix}"), mode=ctypes.RTLD_GLOBAL)
        ctypes.CDLL(str(folder / f"libtorch_cpu{suffix}"))
    except OSError:
        pass  # importing says what is wrong, in words, where someone is there to read them


if __name__ == "__main__":
    raise SystemExit(main())
