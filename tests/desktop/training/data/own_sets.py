"""Sets as users have them, in every form, and the looks at a window that reads them."""

import json
import threading

import numpy as np

from engine.errors import DataError
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

COUNT = 120


def write_set(folder, form):
    """Write a set called ``mine`` in one form; its path."""
    images, labels = pictures(COUNT)
    if form == "idx":
        write_idx(folder / "mine", images, labels.astype(np.uint8))
        return folder / "mine"
    if form == "csv":
        path = folder / "mine.csv"
        path.write_text(csv_text(images, labels))
    elif form == "npz":
        path = folder / "mine.npz"
        np.savez(path, x_train=images, y_train=labels, x_test=images[:20], y_test=labels[:20])
    else:
        path = folder / "mine.jsonl"
        lines = [
            {"label": number % 10, "writer": "me", "strokes": [[[10, 10], [10 + number % 50, 90], [60, 40]]]}
            for number in range(COUNT)
        ]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


class HeldReading:
    """No set is read before the test lets it; counts how many were."""

    def __init__(self, monkeypatch):
        from engine.data.sets import reading

        self._read = reading.read_set
        self._may_go_on = threading.Event()
        self.is_over = threading.Event()
        self.has_begun = threading.Event()
        self.paths = []
        monkeypatch.setattr(reading, "read_set", self._held)

    def go_on(self):
        """Read, now and from now on."""
        self._may_go_on.set()

    def _held(self, path, *watched):
        self.paths.append(path)
        self.has_begun.set()
        self._may_go_on.wait()
        try:
            return self._read(path, *watched)
        finally:
            self.is_over.set()


class HalfReading:
    """A table is read to its half, and waits there until the test lets it go on.

    Attributes:
        is_over: Set once the reading has ended.
        error: What it ended with, or None.
    """

    def __init__(self, monkeypatch):
        from engine.data.sets import csv_set, reading

        self._read = reading.read_set
        self._may_go_on = threading.Event()
        self.is_over = threading.Event()
        self.error = None
        monkeypatch.setattr(csv_set, "_CHUNK", 1 << 14)  # a small table in many pieces
        monkeypatch.setattr(reading, "read_set", self._half)

    def go_on(self):
        """Read the rest."""
        self._may_go_on.set()

    def _half(self, path, on_progress, is_cancelled):
        def tell(share):
            on_progress(share)
            if share >= 0.5:
                self._may_go_on.wait()

        try:
            return self._read(path, tell, is_cancelled)
        except DataError as error:
            self.error = error
            raise
        finally:
            self.is_over.set()
