"""Sets as users have them, in every form, and the looks at a window that reads them."""

import threading


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

    def _held(self, path):
        self.paths.append(path)
        self.has_begun.set()
        self._may_go_on.wait()
        try:
            return self._read(path)
        finally:
            self.is_over.set()
