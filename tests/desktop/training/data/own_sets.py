"""Sets as users have them, in every form, and the looks at a window that reads them."""

import threading

from engine.errors import DataError


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
