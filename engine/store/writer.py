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
from typing import Any, Protocol, TypeVar

from engine.errors import ScratchpadError, StoreError
from engine.store.connection import told

Answer = TypeVar("Answer")

TICK_S = 0.5
"""Seconds between two looks at what goes on, such as a training; twice that may be lost in a crash."""


class Writes(Protocol):
    """Takes work on the store's file: a `Writer`, or the `Refusal` in its place."""

    def submit(self, do: Callable[[sqlite3.Connection], Answer]) -> Future[Answer]:
        """Have `do` called in a transaction; its answer comes once it is on the disk."""

    def start_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick` again and again."""

    def stop_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick` no more."""

    def tick(self) -> Future[None]:
        """Look now instead; the answer comes once the disk has what was found."""

    def close(self) -> None:
        """Write what was asked for, then end."""


@dataclass(slots=True)
class _Work:
    do: Callable[[sqlite3.Connection], Any]
    future: Future[Any]


class Refusal:
    """Stands in for the writer of a store that may not be written to."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def submit(self, do: Callable[[sqlite3.Connection], Answer]) -> Future[Answer]:
        """Refuse, with the reason."""
        refused: Future[Answer] = Future()
        refused.set_exception(StoreError(self._sentence))
        return refused

    def start_ticking(self, tick: Callable[[], None]) -> None:
        """Nothing is ever written, so there is nothing to look at."""

    def stop_ticking(self, tick: Callable[[], None]) -> None:
        """Nothing was ever looked at."""

    def tick(self) -> Future[None]:
        """Refuse, with the reason."""
        return self.submit(lambda connection: None)

    def close(self) -> None:
        """Nothing is open."""


class Writer:
    """Any thread may ask; nobody waits unless they ask a future for its result."""

    def __init__(self, connection: sqlite3.Connection, path: Path, tick_s: float | None = TICK_S) -> None:
        """Start the thread.

        Args:
            connection: To the file; closed at the end.
            path: Of the file, for sentences.
            tick_s: Seconds between two ticks; None for those alone that are asked for by `tick`.
        """
        self._connection = connection
        self._path = path
        self._tick_s = tick_s
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._ticks: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self._is_closed = False
        # A daemon: a program that ends in an error must not hang here. Who ends in good order calls `close`.
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    def submit(self, do: Callable[[sqlite3.Connection], Answer]) -> Future[Answer]:
        """Have `do` called in a transaction, in the order of asking.

        It may be called twice, the first time to no effect, if something fails that was asked for beside it.

        Returns:
            Its answer, once the disk has it; else a `StoreError`, or what `do` raised.
        """
        future: Future[Answer] = Future()
        with self._lock:
            if self._is_closed:
                future.set_exception(StoreError("The store is closed: start the program again."))
            else:
                self._queue.put(_Work(do, future))
        return future

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
            if batch:
                self._write(batch)
            if time.monotonic() >= due:
                self._tick_all()
                due = self._next_tick()
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
            is_ticking = bool(self._ticks) and due < math.inf
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
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:  # another program is writing, and would not let the next one in either
            for work in batch:
                work.future.set_exception(self._told(error))
            return
        try:
            answers = [work.do(self._connection) for work in batch]
            self._connection.execute("COMMIT")
        except Exception as error:
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if len(batch) == 1:
                batch[0].future.set_exception(self._told(error))
            else:
                for work in batch:
                    self._write([work])
            return
        for work, answer in zip(batch, answers, strict=True):
            work.future.set_result(answer)

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, ScratchpadError) or not isinstance(error, sqlite3.Error):
            return error
        sentence = told(error, self._path)
        sentence.__cause__ = error
        return sentence
