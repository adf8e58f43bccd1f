"""Picture opener: reads every picture in a thread with a deadline, so that no file can hold up the window."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.pad.picture_input import Source
from engine.errors import ScratchpadError
from engine.preprocessing.ink import Ink

# Nearly every picture is there after 10 ms: shown at once, nothing flickers and nobody sees a wait.
AT_ONCE_S = 0.05
DEADLINE_MS = 20_000
# A program that is closed waits no longer for a picture that nobody will see.
_FAREWELL_S = 2.0


class PictureOpener(QObject):
    """Runs one reading after another; the latest wins.

    Signals:
        opened: What was read: ink or a picture.
        refused: One sentence why it was not.
        busy_changed: Whether something is being read that was not there at once; told before what came of it.
    """

    busy_changed = Signal(bool)
    opened = Signal(object)
    refused = Signal(str)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readings: list[_Reading] = []
        self._wanted: _Reading | None = None
        self._is_busy = False
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._on_deadline)
        # Called by a thread of Python's; the slot of an object that lives here runs here.
        self._ended.connect(self._on_ended)

    @property
    def is_idle(self) -> bool:
        """Whether no thread reads any more, not even in vain."""
        self._readings = [reading for reading in self._readings if reading.is_alive()]
        return not self._readings

    def open(self, source: Source) -> None:
        """Read, and tell what came of it: before this returns, or later where that takes long."""
        reading = _Reading(source, self)
        self._wanted = reading
        self._readings = [each for each in self._readings if each.is_alive()]
        self._readings.append(reading)
        reading.start()
        if reading.has_ended.wait(AT_ONCE_S):
            self._on_ended(reading)
        else:
            self._deadline.start(DEADLINE_MS)
            self._set_busy(True)

    def close(self) -> None:
        """Forget what is being read; what hangs is left behind and does not keep the program from ending."""
        self._wanted = None
        self._deadline.stop()
        end = time.monotonic() + _FAREWELL_S
        for reading in self._readings:
            reading.join(max(0.0, end - time.monotonic()))

    def emit_ended(self, reading: _Reading) -> None:
        """Called in its thread."""
        # The window may have gone meanwhile.
        with suppress(RuntimeError):
            self._ended.emit(reading)

    def _on_ended(self, reading: _Reading) -> None:
        if reading is not self._wanted:
            return
        self._settle()
        if reading.refusal:
            self.refused.emit(reading.refusal)
        else:
            self.opened.emit(reading.content)

    def _on_deadline(self) -> None:
        self._settle()
        self.refused.emit("This picture takes too long to read: save it as a PNG file and open that.")

    def _settle(self) -> None:
        """Whatever comes now of what was read does not count any more."""
        self._wanted = None
        self._deadline.stop()
        self._set_busy(False)

    def _set_busy(self, is_busy: bool) -> None:
        if self._is_busy != is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)


class _Reading(threading.Thread):
    """One reading. A daemon: a decoder that hangs cannot be ended, and must not keep the program from ending.

    Attributes:
        content: What was read.
        refusal: Why it was not, or empty.
        has_ended: Whether either is there.
    """

    def __init__(self, source: Source, opener: PictureOpener) -> None:
        super().__init__(name="picture", daemon=True)
        self._source, self._opener = source, opener
        self.content: Ink | QImage | None = None
        self.refusal = ""
        self.has_ended = threading.Event()

    def run(self) -> None:
        """Read."""
        try:
            self.content = self._source()
        except ScratchpadError as error:
            self.refusal = str(error)
        except MemoryError:
            self.refusal = "The picture is too large for this computer's memory; cut out the digit first."
        except Exception:
            self.refusal = "The picture could not be read: save it as a PNG file and open that."
            sys.excepthook(*sys.exc_info())
        self.has_ended.set()
        self._opener.emit_ended(self)
