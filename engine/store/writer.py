"""The one thread that writes to the store: nobody else goes at the pace of a disk."""

from __future__ import annotations

import contextlib
import math
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ScratchpadError, StoreError
from engine.store.connection import STORE_FAULTS, is_without_place, to_store_error
from engine.store.place import Place
from engine.store.writes import Answer

TICK_S = 0.5
"""Seconds between two looks at what goes on, such as a training; twice that may be lost in a crash."""


@dataclass(slots=True)
class _Work:
    do: Callable[[sqlite3.Connection], Any]
    future: Future[Any]
    waits: bool = False


class Writer:
    """Any thread may ask; nobody waits unless they ask a future for its result.

    Where the disk is full or the file was removed, what may wait is kept in memory and written as soon as
    there is a place again; all else is refused.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, tick_s: float | None = TICK_S) -> None:
        """Start the thread.

        Args:
            connection: To the file; closed at the end.
            path: Of the file, for sentences.
            tick_s: Seconds between two ticks; None for those alone that are asked for by `tick`.
        """
        self.on_trouble: Callable[[str], None] | None = None
        self._connection = connection
        self._path = path
        self._place = Place(path)
        self._tick_s = tick_s
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._waiting: list[_Work] = []
        # While they are tried again, they are out of the list and wait all the same.
        self._waiting_count = 0
        self._trouble = ""
        self._must_truncate = False
        self._ticks: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._is_closed = False
        # A daemon: a program that ends in an error must not hang here. Who ends in good order calls `close`.
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many writes are kept in memory, since there is no place for them."""
        return self._waiting_count

    def submit(self, do: Callable[[sqlite3.Connection], Answer], waits: bool = False) -> Future[Answer]:
        """Have `do` called in a transaction, in the order of asking.

        It may be called twice, the first time to no effect, if something fails that was asked for beside it.

        Args:
            do: What to do.
            waits: Whether it is kept in memory while there is no place to write to, rather than refused.

        Returns:
            Its answer, once the disk has it; else a `StoreError`, or what `do` raised.
        """
        future: Future[Answer] = Future()
        with self._lock:
            if self._is_closed:
                future.set_exception(StoreError("The store is closed: start the program again."))
            else:
                self._queue.put(_Work(do, future, waits))
        return future

    def wait(self, future: Future[Answer]) -> Answer:
        """The answer of a write.

        Raises:
            StoreError: It was refused, or it is kept in memory until there is a place to write to.
        """
        future.add_done_callback(lambda _: self._tell_changed())
        with self._changed:
            self._changed.wait_for(lambda: future.done() or self._trouble)
            if not future.done():
                raise StoreError(self._trouble)
        return future.result()

    def truncate_log(self) -> None:
        """Have what was removed so far gone from the log as well, as soon as nobody reads there."""
        with self._lock:
            self._must_truncate = True
        self.submit(lambda connection: None)  # wakes the thread

    def start_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick`, which raises nothing and may be called in any thread, every `tick_s` seconds."""
        with self._lock:
            self._ticks.append(tick)
        self.submit(lambda connection: None)  # wakes the thread, which has nothing to wait for without ticks

    def stop_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick` no more, though a call may be under way."""
        with self._lock, contextlib.suppress(ValueError):
            self._ticks.remove(tick)

    def tick(self) -> Future[None]:
        """Tick now, in the caller's thread; the answer comes once the disk has what the ticks submitted."""
        self._tick_all()
        return self.submit(lambda connection: None)

    def close(self) -> None:
        """Write what was asked for, then end. Nothing is taken afterwards; a second call does nothing."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        due = self._next_tick()
        is_open = True
        while is_open:
            is_open, batch = self._next_batch(due)
            waiting, self._waiting = self._waiting, []
            if waiting or batch:
                self._write([*waiting, *batch])
            self._look_at_trouble()
            if self._must_truncate:
                self._truncate()
            if time.monotonic() >= due:
                self._tick_all()
                due = self._next_tick()
        for work in self._waiting:
            work.future.set_exception(StoreError(self._trouble))
        self._waiting, self._waiting_count = [], 0
        self._connection.close()

    def _next_tick(self) -> float:
        return math.inf if self._tick_s is None else time.monotonic() + self._tick_s

    def _tick_all(self) -> None:
        with self._lock:
            ticks = list(self._ticks)
        for tick in ticks:
            tick()

    def _next_batch(self, due: float) -> tuple[bool, list[_Work]]:
        """All that waits, and whether more may come; comes back empty when it is time to tick."""
        with self._lock:
            must_look = self._waiting or self._must_truncate
            if must_look:
                due = min(due, time.monotonic() + TICK_S)
            is_ticking = bool(must_look or (self._ticks and due < math.inf))
        batch: list[_Work] = []
        try:
            work = self._queue.get(timeout=max(0.0, due - time.monotonic()) if is_ticking else None)
            while work is not None:
                batch.append(work)
                work = self._queue.get_nowait()
        except queue.Empty:
            return True, batch
        return False, batch

    def _write(self, batch: list[_Work]) -> None:
        """All in one transaction, which spares the disk; if one of them fails, each in one of its own."""
        try:
            self._find_place()
            self._connection.execute("BEGIN IMMEDIATE")
        except (OSError, ScratchpadError, *STORE_FAULTS) as error:
            # No place, or another program is writing: the next one would not be let in either.
            for work in batch:
                self._refuse(work, error)
            return
        try:
            answers = [work.do(self._connection) for work in batch]
            self._connection.execute("COMMIT")
        except Exception as error:
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if len(batch) == 1:
                self._refuse(batch[0], error)
            else:
                for work in batch:
                    # Where one found no place the next finds none, and must not overtake it.
                    if work.waits and self._waiting:
                        self._keep_waiting(work)
                    else:
                        self._write([work])
            return
        for work, answer in zip(batch, answers, strict=True):
            work.future.set_result(answer)

    def _refuse(self, work: _Work, error: Exception) -> None:
        told_error = self._told(error)
        if not (work.waits and is_without_place(error)):
            work.future.set_exception(told_error)
            return
        self._keep_waiting(work)
        self._set_trouble(
            f"{told_error} Until then it is in memory, and written as soon as there is a place."
        )

    def _keep_waiting(self, work: _Work) -> None:
        self._waiting.append(work)
        self._waiting_count = max(self._waiting_count, len(self._waiting))

    def _find_place(self) -> None:
        """See that what is written can be found again: a removed file takes all and keeps nothing.

        Raises:
            OSError: There is no place.
            sqlite3.Error: There is none.
        """
        if self._place.is_ours():
            return
        self._connection = self._place.regain(self._connection)
        self.report(
            f"{self._path.name} was removed or replaced while the program ran: runs and drawings are saved "
            f"in {self._path.parent} again."
        )

    def _look_at_trouble(self) -> None:
        self._waiting_count = len(self._waiting)
        if self._trouble and not self._waiting:
            self._set_trouble("")
            self.report(
                f"{self._path.parent} can be written to again: what was in memory is saved there now."
            )

    def _set_trouble(self, sentence: str) -> None:
        with self._changed:
            is_news = bool(sentence) and not self._trouble
            self._trouble = sentence
            self._changed.notify_all()
        if is_news:
            self.report(sentence)

    def _tell_changed(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def report(self, sentence: str) -> None:
        """Tell whoever listens to `on_trouble` what could not be written."""
        if self.on_trouble is not None:
            self.on_trouble(sentence)

    def _truncate(self) -> None:
        """Where somebody reads at this moment, it is tried again with the next tick."""
        with contextlib.suppress(sqlite3.Error):
            is_busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._must_truncate = bool(is_busy)

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, ScratchpadError):
            return error
        if isinstance(error, OSError):
            sentence = StoreError(
                f"{self._path.parent} is no longer there, or cannot be written to ({error.strerror}): bring "
                "it back, or allow writing."
            )
        elif isinstance(error, STORE_FAULTS):
            sentence = to_store_error(error, self._path)
        else:
            return error
        sentence.__cause__ = error
        return sentence
