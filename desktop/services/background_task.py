"""Background task: one thing that takes a while, done away from the window; the latest one is wanted."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from engine.errors import ScratchpadError

_log = logging.getLogger(__name__)

IsCancelled = Callable[[], bool]


class BackgroundTask(QObject):
    """Runs one task after another.

    Signals:
        completed: What the task that was begun last has answered.
        refused: One sentence why it could not.
        busy_changed: Whether a task that is still wanted is under way; told before what came of it.
    """

    completed = Signal(object)
    refused = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, unexpected: str, parent: QObject | None = None) -> None:
        """Do nothing yet.

        Args:
            unexpected: One sentence for what nobody foresaw, with what to do about it.
            parent: Owner.
        """
        super().__init__(parent)
        self._unexpected = unexpected
        self._threads: list[_Thread] = []
        self._wanted: _Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way whose answer is still wanted."""
        return self._wanted is not None

    def begin(self, work: Callable[[IsCancelled], object]) -> None:
        """Do this; what is under way is not wanted any more.

        Args:
            work: Done in a thread; asks what it is given now and then whether to give up. Errors of the
                program are refusals, all others are logged.
        """
        if self._wanted is not None:
            self._wanted.requestInterruption()
        was_busy = self.is_busy
        thread = self._wanted = _Thread(work, self._unexpected, self)
        self._threads.append(thread)
        thread.finished.connect(self._on_finished)
        if not was_busy:
            self.busy_changed.emit(True)
        thread.start()

    def cancel(self) -> None:
        """What is under way is not wanted any more; nobody waits for its end."""
        if self._wanted is not None:
            self._wanted.requestInterruption()
            self._wanted = None
            self.busy_changed.emit(False)

    def close(self) -> None:
        """The window closes: give up what is under way, and wait for it."""
        self._wanted = None
        threads, self._threads = self._threads, []
        for thread in threads:
            thread.requestInterruption()
        for thread in threads:
            thread.wait()

    def _on_finished(self) -> None:
        thread = self.sender()
        if not isinstance(thread, _Thread) or thread not in self._threads:
            return
        self._threads.remove(thread)
        thread.deleteLater()
        if thread is not self._wanted:
            return
        self._wanted = None
        self.busy_changed.emit(False)
        if thread.refusal:
            self.refused.emit(thread.refusal)
        else:
            self.completed.emit(thread.answer)


class _Thread(QThread):
    """One task.

    Attributes:
        answer: What it came to.
        refusal: Why it did not, or empty.
    """

    def __init__(self, work: Callable[[IsCancelled], object], unexpected: str, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._unexpected = unexpected
        self.answer: object = None
        self.refusal = ""

    def run(self) -> None:
        """Do it; nothing escapes."""
        try:
            self.answer = self._work(self.isInterruptionRequested)
        except ScratchpadError as error:
            self.refusal = str(error)
        except Exception:
            _log.exception("a task failed")
            self.refusal = self._unexpected
