"""Store service: opens the store of runs and drawings in a thread, and answers in the window's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.store.store import Store

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_UNDO_DAYS = 30
_SECONDS_OF_DAY = 86_400
_LEAST_PROGRESS = 0.02


class StoreService(QObject):
    """Opens the store once and says what came of it.

    Nothing that is written is waited for: `when_kept` calls back once the disk has it, or tells why not.

    Signals:
        opened: There is a store from now on.
        recovery_progressed: The file is damaged: share of it that was recovered so far, 0 to 1.
        notice_given: One sentence on what was found on opening, or on why something was not kept.
    """

    opened = Signal()
    recovery_progressed = Signal(float)
    notice_given = Signal(str)
    _answered = Signal(object)
    _trouble_told = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._opener: _Opener | None = None
        self._found: Future[Store | None] | None = None
        self._store: Store | None = None
        self._trouble = ""
        # Futures are done in the writer's thread; a signal brings what follows into the window's.
        self._answered.connect(lambda follow: follow())
        self._trouble_told.connect(self.notice_given)

    @property
    def store(self) -> Store | None:
        """The store; None before it is open, and where it could not be opened."""
        return self._store

    @property
    def trouble(self) -> str:
        """One sentence on why nothing can be kept, or empty."""
        return self._trouble

    @property
    def waiting(self) -> int:
        """How much that was drawn is in memory alone, since the disk takes nothing."""
        return 0 if self._store is None else self._store.waiting

    def wait_for_store(self) -> Store | None:
        """The store, waited for if it is being opened; None where there is none. For other threads."""
        return self._found.result() if self._found is not None else None

    def open(self) -> None:
        """Open the store, or make it; checking a large one takes a while."""
        if self._store is None and self._opener is None:
            self._found = Future()
            self._opener = _Opener(self._folder, self._found, self)
            self._opener.progressed.connect(self.recovery_progressed)
            self._opener.finished.connect(self._on_opener_finished)
            self._opener.start()

    def when_kept(
        self,
        future: Future[Answer],
        then: Callable[[Answer], None] | None = None,
        otherwise: Callable[[str], None] | None = None,
    ) -> None:
        """Go on in the window's thread when a write is done.

        Args:
            future: From `engine.store`.
            then: Called with the answer once the disk has it.
            otherwise: Called with one sentence if it was refused; `notice_given` tells it if this is None.
        """

        def follow() -> None:
            error = future.exception()
            if error is None:
                if then is not None:
                    then(future.result())
                return
            if isinstance(error, ScratchpadError):
                sentence = str(error)
            else:
                _log.error("a write to the store failed", exc_info=error)
                sentence = "This could not be saved. Try again, or restart the program."
            (otherwise or self.notice_given.emit)(sentence)

        future.add_done_callback(lambda _: self._answered.emit(follow))

    def write(
        self,
        ask: Callable[[], Future[Answer]],
        then: Callable[[Answer], None],
        otherwise: Callable[[str], None],
    ) -> None:
        """Ask the store for a write, and go on as `when_kept` does; what is refused at once is told, too."""
        try:
            asked = ask()
        except ScratchpadError as error:
            otherwise(str(error))
        else:
            self.when_kept(asked, then, otherwise)

    def close(self) -> None:
        """The window closes: write what was asked for. Call it once nothing is recorded any more."""
        if self._opener is not None:
            self._opener.wait()
            self._take()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _take(self) -> None:
        """What the opener has come to; its `finished` comes later, or too late."""
        if self._opener is not None:
            self._store, self._trouble = self._opener.store, self._opener.trouble
            self._opener.deleteLater()
            self._opener = None

    def _on_opener_finished(self) -> None:
        self._take()
        store = self._store
        if store is None:
            if self._trouble:
                self.notice_given.emit(f"Runs and drawings are not saved. {self._trouble}")
            return
        store.tell_trouble(self._trouble_told.emit)
        if store.notice:
            self.notice_given.emit(store.notice)
        self.opened.emit()


class _Opener(QThread):
    """Opens a store, and removes for good what was deleted long ago.

    Signals:
        progressed: Share of a recovery that is done, 0 to 1.
    """

    progressed = Signal(float)

    def __init__(self, folder: Path, found: Future[Store | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._found = found
        self.store: Store | None = None
        self.trouble = ""
        self._told = 0.0

    def run(self) -> None:
        """Open. What goes wrong is left in `trouble`."""
        try:
            self._open()
        finally:
            self._found.set_result(self.store)

    def _tell_progress(self, share: float) -> None:
        # A signal for each page of a large file would be too many.
        if share >= self._told + _LEAST_PROGRESS or share >= 1:
            self._told = share
            self.progressed.emit(share)

    def _open(self) -> None:
        try:
            from engine.store.drawings import VISITOR
            from engine.store.store import Store

            store = Store.open(self._folder, on_progress=self._tell_progress)
        except ScratchpadError as error:
            self.trouble = str(error)
            return
        except Exception:
            _log.exception("the store could not be opened")
            self.trouble = "The file that they are kept in could not be opened; the log says why."
            return
        if not store.is_read_only:
            for part in (store.runs, store.drawings, store.sign_sets):
                part.purge(_UNDO_DAYS * _SECONDS_OF_DAY)
            # Versions before this one kept a visitor's drawings in the file, and a crash left them there.
            store.drawings.forget_writer(VISITOR)
        self.store = store
