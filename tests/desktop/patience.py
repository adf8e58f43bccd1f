"""Patience: waits that end as soon as what is waited for has come, however busy the machine is."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

PATIENCE_MS = 300_000
"""Only what never comes takes so long."""

_MOST_ROUNDS = 200
_QUIET_ROUNDS = 3


class PatientBot(QtBot):
    """pytest-qt's, which of itself gives up after five seconds."""

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, **more):
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        return super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget, *, timeout=PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget, *, timeout=PATIENCE_MS):
        return super().waitActive(widget, timeout=timeout)


def settle(window: QWidget) -> None:
    """Go on until layouts, which take several rounds of the event loop, move nothing any more."""
    before, quiet = None, 0
    for _ in range(_MOST_ROUNDS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
        now = [(id(child), child.geometry(), child.isVisible()) for child in window.findChildren(QWidget)]
        quiet = quiet + 1 if now == before else 0
        if quiet == _QUIET_ROUNDS:
            return
        before = now
    raise AssertionError("the layout never comes to rest")
