"""Contestants: who takes part, by a short name; one file each, imported only where it runs."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.speed.task import LIBRARY_DEFAULT, Task

BATCH_SIZES = (64, 256)
AUTOMATIC = -1
"""Instead of a number of threads: as many as the program chooses."""


@dataclass(frozen=True)
class Contestant:
    """One way to train.

    Attributes:
        title: In tables.
        place: Module beside this one and function in it: takes a `Task`, returns seconds of each epoch.
        threads: Numbers of threads to try.
        batch_sizes: To try.
    """

    title: str
    place: str
    threads: tuple[int, ...] = (1, 2)
    batch_sizes: tuple[int, ...] = BATCH_SIZES

    def function(self) -> Callable[[Task], list[float]]:
        """What is to be timed."""
        module, _, name = self.place.partition(":")
        found: Callable[[Task], list[float]] = getattr(
            importlib.import_module(f"tests.benchmarks.speed.{module}"), name
        )
        return found


FLOOR, FAST_FLOOR, OURS, LEVEL_5 = "floor", "fast_floor", "ours", "autograd"
SEQUENTIAL, TUTORIAL, JAX, NUMPY = "sequential", "tutorial", "jax", "numpy"
_DEFAULT = (LIBRARY_DEFAULT,)

CONTESTANTS: dict[str, Contestant] = {
    FLOOR: Contestant("bare matrix products", "floor:seconds_per_epoch"),
    FAST_FLOOR: Contestant("the same by the faster library", "floor:seconds_per_epoch_faster_library"),
    OURS: Contestant("**ours**", "ours:seconds_per_epoch", (1, 2, AUTOMATIC)),
    LEVEL_5: Contestant("ours, level 5: automatic differentiation", "ours:seconds_per_epoch_automatic"),
    JAX: Contestant("JAX, jit and scan", "jax_scan:seconds_per_epoch", _DEFAULT),
    "compiled": Contestant("Sequential, torch.compile", "sequential:seconds_per_epoch_compiled"),
    SEQUENTIAL: Contestant("Sequential, torch.optim.SGD", "sequential:seconds_per_epoch"),
    NUMPY: Contestant("NumPy by hand", "numpy_by_hand:seconds_per_epoch", _DEFAULT),
    "scikit": Contestant("scikit-learn MLPClassifier", "scikit:seconds_per_epoch", _DEFAULT, (64,)),
    TUTORIAL: Contestant("the usual tutorial", "tutorial:seconds_per_epoch", _DEFAULT),
}


def threads_in_words(threads: int) -> str:
    """For a table."""
    return {AUTOMATIC: "automatic", LIBRARY_DEFAULT: "default"}.get(threads, str(threads))
