"""Handwriting ahead: a process of its own writes digits before anybody asks for them, and keeps them."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from engine.processes.interrupts import interrupts_held_back
from engine.processes.low_priority import take_lowest_priority
from engine.processes.parent_watch import end_with_parent

# Between two looks at whether it is to go on.
_LOOK_S = 0.1
# For a process that others keep from running even to its end; it is killed then.
_PATIENCE_S = 2.0


def write_ahead(
    count: int,
    seed: int,
    folder: Path,
    is_cancelled: Callable[[], bool],
    give_way: Callable[[], object] = take_lowest_priority,
) -> bool:
    """Have digits kept by a process of the lowest priority, and wait for its end; any thread may call it.

    The process needs no PyTorch and gives up when somebody else has kept the same digits. It is spawned, as
    those of a search are: a frozen program calls `multiprocessing.freeze_support` before all else.

    Args:
        count: How many, 1 or more.
        seed: 0 or more.
        folder: Where they are kept, made if it is missing.
        is_cancelled: Asked ten times a second whether to end it.
        give_way: What the process does first, a function of some module; tests have no time to give way.

    Returns:
        Whether they are kept now, whoever has done it.

    Raises:
        OSError: No process can be started.
    """
    from engine.data.handwriting.kept_digits import is_kept

    if is_kept(count, seed, folder):
        return True
    process = multiprocessing.get_context("spawn").Process(
        target=_write, args=(count, seed, folder, give_way), name="handwriting", daemon=True
    )
    with interrupts_held_back():
        process.start()
    try:
        while process.is_alive() and not is_cancelled():
            process.join(_LOOK_S)
    finally:
        process.terminate()
        process.join(_PATIENCE_S)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
    return is_kept(count, seed, folder)


def _write(count: int, seed: int, folder: Path, give_way: Callable[[], object]) -> None:
    # Half of a file goes as it does for any other failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    end_with_parent()
    give_way()
    # Imports have to give way, too.
    from engine.data.handwriting.kept_digits import keep_handwriting

    keep_handwriting(count, seed, folder)
