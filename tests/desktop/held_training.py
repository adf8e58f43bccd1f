"""Held training: goes on only as far as it is let, so that no test depends on how fast the machine trains."""

import threading

from PySide6.QtCore import QThread

from engine.training import fit

_NAP_S = 0.02


class HeldTraining:
    """Holds each training in a thread of Qt's after every epoch until it is let go on, or is to stop."""

    def __init__(self, monkeypatch):
        self._epochs = threading.Semaphore(0)
        self._fit = fit.fit
        monkeypatch.setattr(fit, "fit", self._held)

    def go_on(self, epochs=1):
        """Train so many epochs more."""
        self._epochs.release(epochs)

    def _held(self, *arguments, **more):
        for result in self._fit(*arguments, **more):
            yield result
            if isinstance(result, fit.EpochCompleted):
                thread = QThread.currentThread()
                while not (thread.isInterruptionRequested() or self._epochs.acquire(timeout=_NAP_S)):
                    pass
