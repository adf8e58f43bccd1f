"""How long a lesson takes in the window: ``python -m tests.benchmarks.learning_time``.

Fifty drawings of one writer of the shared pen digits (``--drawings``) are kept in a store and taught to the
shipped network, as Learn from my drawings does: from the click to the network that reads. The first lesson of
a program reads MNIST and imports what that needs; practice has that done while digits are drawn.
SCRATCHPAD_DATA names a folder with MNIST/raw and pen-digits/strokes.jsonl.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from desktop.learning.learning_controller import LearningController
from desktop.learning.learning_text import details, headline
from desktop.learning.rehearsal_cache import RehearsalCache
from desktop.networks.model_library import ModelLibrary
from desktop.networks.networks import Networks
from desktop.services.collection import Collection
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.data.data_cache import DataCache
from desktop.training.training_lock import TrainingLock
from engine.cli.options import DATA_VARIABLE
from engine.data.pen_digits import load_pen_digits

WRITER = "ibm/r03-09"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each lesson, and the median of those after the first."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--drawings", type=int, default=50)
    parser.add_argument("--lessons", type=int, default=6)
    chosen = parser.parse_args(arguments)
    data = os.environ.get(DATA_VARIABLE)
    if not data:
        sys.exit(f"Set {DATA_VARIABLE} to a folder that has MNIST/raw and pen-digits/strokes.jsonl.")
    QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        seconds = _lessons(Path(folder), Path(data), chosen.drawings, chosen.lessons)
    print(f"first {seconds[0]:.2f} s, median of the others {statistics.median(seconds[1:]):.2f} s")
    return 0


def _lessons(folder: Path, data: Path, drawings: int, lessons: int) -> list[float]:
    settings = Settings(folder / "settings.ini")
    settings.mnist_folder = data
    networks = Networks(ModelLibrary(folder / "networks"), settings)
    store_service = StoreService(folder)
    store_service.open()
    _wait(store_service.opened)
    everybody = load_pen_digits(data / "pen-digits" / "strokes.jsonl")
    chosen = everybody.where([writer == WRITER for writer in everybody.writers])
    store = store_service.store
    assert store is not None
    for ink, label in list(zip(chosen.inks, chosen.labels, strict=True))[:drawings]:
        store.drawings.add(ink, str(label)).result()
    cache = RehearsalCache(DataCache())
    controller = LearningController(
        networks, Collection(store_service), settings, TrainingLock(), cache, store_service.wait_for_store
    )
    seconds = []
    for _ in range(lessons):
        networks.use_shipped()
        began = time.perf_counter()
        controller.learn()
        finished = _wait(controller.lesson_ended)
        seconds.append(time.perf_counter() - began)
        print(f"{seconds[-1]:.2f} s  {headline(finished.learned)}. {details(finished.learned)}", flush=True)
    controller.close()
    store_service.close()
    return seconds


def _wait(signal):
    loop = QEventLoop()
    told = []
    signal.connect(lambda *arguments: (told.extend(arguments), loop.quit()))
    loop.exec()
    return told[-1] if told else None


if __name__ == "__main__":
    sys.exit(main())
