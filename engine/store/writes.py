"""What a store's writer takes on, and what stands in for it where nothing may be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from engine.errors import StoreError

Answer = TypeVar("Answer")


class Writes(Protocol):
    """Takes work on the store's file: an `engine.store.writer.Writer`, or the `Refusal` in its place.

    Attributes:
        on_trouble: Called in another thread with one sentence when something has to wait for a place to be
            written to, and when the place is there again.
    """

    on_trouble: Callable[[str], None] | None

    @property
    def waiting(self) -> int:
        """How many writes are kept in memory, since there is no place for them."""

    def submit(self, do: Callable[[sqlite3.Connection], Answer], waits: bool = False) -> Future[Answer]:
        """Have `do` called in a transaction; its answer comes once it is on the disk."""

    def wait(self, future: Future[Answer]) -> Answer:
        """The answer of a write, or why it has to wait."""

    def truncate_log(self) -> None:
        """What was removed is to be gone from the log as well."""

    def report(self, sentence: str) -> None:
        """Tell whoever listens to `on_trouble` what could not be written."""

    def start_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick` again and again."""

    def stop_ticking(self, tick: Callable[[], None]) -> None:
        """Call `tick` no more."""

    def tick(self) -> Future[None]:
        """Look now instead; the answer comes once the disk has what was found."""

    def close(self) -> None:
        """Write what was asked for, then end."""


class Refusal:
    """Stands in for the writer of a store that may not be written to."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self.on_trouble: Callable[[str], None] | None = None
        self.waiting = 0

    def submit(self, do: Callable[[sqlite3.Connection], Answer], waits: bool = False) -> Future[Answer]:
        """Refuse, with the reason."""
        refused: Future[Answer] = Future()
        refused.set_exception(StoreError(self._sentence))
        return refused

    def wait(self, future: Future[Answer]) -> Answer:
        """Refuse, with the reason."""
        return future.result()

    def truncate_log(self) -> None:
        """Nothing was removed."""

    def report(self, sentence: str) -> None:
        """Whoever opened the store has said so."""

    def start_ticking(self, tick: Callable[[], None]) -> None:
        """Nothing is ever written, so there is nothing to look at."""

    def stop_ticking(self, tick: Callable[[], None]) -> None:
        """Nothing was ever looked at."""

    def tick(self) -> Future[None]:
        """Refuse, with the reason."""
        return self.submit(lambda connection: None)

    def close(self) -> None:
        """Nothing is open."""
