"""Picture opener: reads what takes long in a thread, so that the pen goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from desktop.picture_input import Source
from engine.errors import ScratchpadError
from engine.ink import Ink


class PictureOpener(QObject):
    """Runs one reading after another; the latest wins.

    Signals:
        opened: What was read, and the words for the undo step.
        refused: One sentence why it was not.
        busy_changed: Whether something is being read in a thread; told before what came of it.
    """

    busy_changed = Signal(bool)
    opened = Signal(object, str)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[_Reading] = []
        self._wanted: _Reading | None = None

    def open(self, source: Source, text: str) -> None:
        """Read at once, or in a thread where that takes long.

        Args:
            source: Where from.
            text: Words for the undo step.
        """
        self._want(_Reading(source, text, self) if source.is_slow else None)
        if self._wanted is not None:
            return
        try:
            content = source.read()
        except ScratchpadError as error:
            self.refused.emit(str(error))
        else:
            self.opened.emit(content, text)

    def close(self) -> None:
        """Wait for what is being read, and forget it."""
        self._wanted = None
        threads, self._threads = self._threads, []
        for thread in threads:
            thread.wait()

    def _want(self, reading: _Reading | None) -> None:
        """Nothing that was asked for before is wanted any more, though it may come later."""
        was_busy, self._wanted = self._wanted is not None, reading
        if reading is not None:
            reading.finished.connect(self._on_finished)
            self._threads.append(reading)
        if was_busy != (reading is not None):
            self.busy_changed.emit(reading is not None)
        if reading is not None:
            reading.start()

    def _on_finished(self) -> None:
        thread = self.sender()
        if thread not in self._threads:
            return
        self._threads.remove(thread)
        thread.deleteLater()
        if thread is not self._wanted:
            return
        self._want(None)
        if thread.refusal:
            self.refused.emit(thread.refusal)
        else:
            self.opened.emit(thread.content, thread.text)


class _Reading(QThread):
    """One reading.

    Attributes:
        text: Words for the undo step.
        content: What was read.
        refusal: Why it was not, or empty.
    """

    def __init__(self, source: Source, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self.text = text
        self.content: Ink | QImage | None = None
        self.refusal = ""

    def run(self) -> None:
        """Read."""
        try:
            self.content = self._source.read()
        except ScratchpadError as error:
            self.refusal = str(error)
        except MemoryError:
            self.refusal = "The picture is too large for this computer's memory; cut out the digit first."
