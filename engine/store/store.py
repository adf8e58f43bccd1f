"""The store: opened whatever state its file is in, or refused in one sentence."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from engine.errors import StoreError
from engine.files.private_files import make_private_folder
from engine.store.connection import (
    STORE_FAULTS,
    connect_to_read,
    connect_to_write,
    is_damage,
    is_refusal,
    lacks_shared_memory,
    leave_log,
    roll_back,
    to_store_error,
)
from engine.store.drawings import Drawings
from engine.store.examination import examine
from engine.store.recovery import (
    clear_recovered,
    finish_recovery,
    is_open_elsewhere,
    put_aside,
    recovered_beside,
    salvage,
)
from engine.store.runs import Runs
from engine.store.schema import migrate
from engine.store.searches import Searches
from engine.store.sign_sets import SignSets
from engine.store.writer import TICK_S, Writer
from engine.store.writes import Refusal, Writes

FILE_NAME = "scratchpad.db"
WEIGHTS_FOLDER = "runs"


class Store:
    """Runs and drawings, for any number of threads at once.

    Whatever writes comes back at once with a future, which is done when the disk has it, or has the reason
    why it was refused, a `StoreError`; a window adds a callback, called in the writer's thread, rather than
    waiting. Whatever reads opens the file for a moment and sees all that was committed. `close` writes what
    was asked for.

    Attributes:
        runs: Every training.
        searches: Every search, whose trials are runs.
        drawings: Every labelled drawing.
        sign_sets: Signs of somebody's own, with their drawings.
        notice: One or two sentences on what was found on opening, or empty.
        is_read_only: Whether nothing can be kept; `notice` says why.
    """

    def __init__(self, path: Path, writer: Writes, notice: str = "", is_read_only: bool = False) -> None:
        self._writer = writer
        self.notice = notice
        self.is_read_only = is_read_only
        session, weights = uuid.uuid4().hex, path.parent / WEIGHTS_FOLDER
        self.runs = Runs(path, weights, writer, session)
        self.searches = Searches(path, weights, writer, session)
        self.drawings = Drawings(path, writer)
        self.sign_sets = SignSets(path, writer)

    @classmethod
    def open(
        cls,
        folder: Path,
        tick_s: float | None = TICK_S,
        on_progress: Callable[[float], None] | None = None,
    ) -> Store:
        """Open the store in a folder, or make it. Checking a large file takes a while.

        A damaged file is put aside and recovered from; one of a newer version, or one that may not be written
        to, can be read; `notice` says so.

        Args:
            folder: Made if it is missing.
            tick_s: Seconds between two looks at the trainings that go on; None to look when `tick` is called.
            on_progress: Called with the share that is done of a recovery, 0 to 1.

        Raises:
            StoreError: It is another program's, or in use by one, or the disk does not take it.
        """
        path = folder / FILE_NAME
        try:
            make_private_folder(folder)
            finish_recovery(path)
            is_there = path.exists() and path.stat().st_size > 0
        except OSError as error:
            raise StoreError(
                f"{folder} cannot be used to keep runs and drawings in ({error.strerror}): choose "
                "another folder."
            ) from error
        try:
            try:
                return cls._opened(path, is_there, tick_s)
            except STORE_FAULTS as error:
                if not (is_there and is_damage(error)):
                    raise
            if is_open_elsewhere(path):
                raise StoreError(
                    f"{path} is damaged, and another program has it open: close that program and start again."
                )
            notice = _recover(path, on_progress)
            return cls(path, Writer(_ready(path), path, tick_s), notice)
        except STORE_FAULTS as error:
            if is_there and isinstance(error, sqlite3.Error) and is_refusal(error) and _can_be_read(path):
                sentence = (
                    f"{path} may not be written to: runs and drawings are shown, but none are added. "
                    "Allow it, or choose another folder."
                )
                return cls(path, Refusal(sentence), sentence, is_read_only=True)
            raise to_store_error(error, path) from error

    def tick(self) -> Future[None]:
        """Keep now what the trainings that go on have come to; done when the disk has it."""
        return self._writer.tick()

    @classmethod
    def _opened(cls, path: Path, is_there: bool, tick_s: float | None) -> Store:
        if is_there:
            roll_back(path)
            newer = _examined(path)
            if newer:
                return cls(path, Refusal(newer), newer, is_read_only=True)
        return cls(path, Writer(_ready(path), path, tick_s))

    @property
    def waiting(self) -> int:
        """How many writes are in memory alone, since the disk takes none."""
        return self._writer.waiting

    def tell_trouble(self, tell: Callable[[str], None]) -> None:
        """Call `tell`, in another thread, with one sentence when writes must wait, and when that is over."""
        self._writer.on_trouble = tell

    def close(self) -> None:
        """Write what was asked for and close the file. Call it once nothing is recorded any more."""
        self._writer.close()


def _examined(path: Path) -> str:
    """As `examine`, on any drive."""
    try:
        return examine(path)
    except sqlite3.OperationalError as error:
        if not lacks_shared_memory(error):
            raise
        with contextlib.suppress(sqlite3.Error):
            leave_log(path)
            return examine(path)
        raise


def _ready(path: Path) -> sqlite3.Connection:
    connection = connect_to_write(path)
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _recover(path: Path, on_progress: Callable[[float], None] | None) -> str:
    """Put what can be read of a damaged store in its place, and the damaged file aside; says so."""
    try:
        recovered = recovered_beside(path)
        clear_recovered(path)
        with contextlib.closing(_ready(recovered)) as connection:
            done = salvage(path, connection, on_progress)
        aside = put_aside(path)
        recovered.rename(path)
    except OSError as error:
        raise StoreError(
            f"{path} is damaged and cannot be put aside ({error.strerror}): allow writing, or choose another "
            "folder."
        ) from error
    drawings, runs = (
        f"{count:,} {word}{'s' * (count != 1)}"
        for count, word in (
            (done.copied["drawings"], "drawing"),
            (done.copied["runs"], "run"),
        )
    )
    lost = done.left_out
    left_out = f", {lost:,} damaged row{'s were' if lost != 1 else ' was'} left out" if lost else ""
    return (
        f"{path.name} was damaged: {drawings} and {runs} could be recovered{left_out}, and the damaged file "
        f"was put aside as {aside.name}."
    )


def _can_be_read(path: Path) -> bool:
    try:
        connect_to_read(path).close()
    except sqlite3.Error:
        return False
    return True
