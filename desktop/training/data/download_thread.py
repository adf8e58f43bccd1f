"""Download thread: fetches MNIST while the window goes on."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from engine.errors import DataError, ScratchpadError

_POLL_S = 0.05


class DownloadThread(QThread):
    """One download.

    The transfer itself runs in a daemon thread that is only watched here: a server that has fallen silent
    may hold a read for as long as its time-out, and closing the window must not wait for that. A transfer
    that is left behind can do no harm, since only whole and checked files get their names.

    Signals:
        progressed: Bytes done and bytes in all.
        succeeded: The files are there and were checked.
        failed: One sentence; empty if it was cancelled.
    """

    progressed = Signal(int, int)
    succeeded = Signal()
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._done = 0
        self._total = 0
        self._error: ScratchpadError | None = None
        # Not the thread's own interruption flag: that one is forgotten once the thread has ended.
        self._is_left = threading.Event()

    def run(self) -> None:
        """Start the transfer, report its progress, and end when it ends or an interruption is requested."""
        transfer = threading.Thread(target=self._transfer, name="MNIST transfer", daemon=True)
        transfer.start()
        told = -1
        while transfer.is_alive() and not self.isInterruptionRequested():
            transfer.join(_POLL_S)
            if self._done != told:
                told = self._done
                self.progressed.emit(self._done, self._total)
        if self.isInterruptionRequested():
            self._is_left.set()
            self.failed.emit("")
        elif self._error is not None:
            self.failed.emit(str(self._error))
        else:
            self.succeeded.emit()

    def _transfer(self) -> None:
        from engine.data.mnist.download import download_mnist

        def on_progress(done: int, total: int) -> None:
            self._done, self._total = done, total

        try:
            download_mnist(self._folder, on_progress, self._is_left.is_set)
        except ScratchpadError as error:
            self._error = error
        except Exception as error:
            self._error = DataError("MNIST could not be downloaded, for a reason the program did not expect.")
            self._error.__cause__ = error
