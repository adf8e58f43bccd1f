"""Runs: every training that was kept, finished or not."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import sys
import time
from array import array
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import StoreError
from engine.store.connection import reading
from engine.store.run import TRAINING, Curves, Run, run_from
from engine.store.sound_rows import is_sound
from engine.store.texts import LONGEST, storable
from engine.store.writes import Writes
from engine.training.epoch_figures import EpochFigures

if TYPE_CHECKING:
    from engine.store.run_recorder import RunRecorder
    from engine.training.run_events import RunDescription

ORDERS = {
    "created": "created",
    "name": "name COLLATE NOCASE",
    "state": "state",
    "data": "data",
    "seed": "seed",
    "steps": "steps",
    "seconds": "seconds",
    "validation_loss": "validation_loss",
    "validation_accuracy": "validation_accuracy",
    "test_accuracy": "test_accuracy",
}
"""What runs can be sorted by, and how that is said in SQL."""


class Runs:
    """The runs of a store. What reads answers at once; what writes answers with a future."""

    def __init__(self, path: Path, folder: Path, writer: Writes, session: str) -> None:
        self._path = path
        self._folder = folder
        self._writer = writer
        self._session = session

    def start(self, description: RunDescription) -> RunRecorder:
        """A training begins; what it comes to is kept from now on."""
        from engine.store.run_recorder import RunRecorder

        return RunRecorder(self._writer, self._folder, self._session, description)

    def entries(
        self, order: str = "created", is_descending: bool = True, are_deleted: bool = False
    ) -> list[Run]:
        """All runs, those without a value last.

        Args:
            order: One of `ORDERS`.
            is_descending: Largest, or newest, first.
            are_deleted: Those that were deleted and can be restored, instead of the others.

        Raises:
            StoreError: The store cannot be read.
        """
        direction = "DESC" if is_descending else "ASC"
        sql = (
            f"SELECT * FROM runs WHERE deleted IS {'NOT ' * are_deleted}NULL "
            f"ORDER BY {ORDERS[order]} {direction} NULLS LAST, id {direction}"
        )
        with reading(self._path) as connection:
            return self._readable(connection.execute(sql))

    def changed(self, since: float) -> list[Run]:
        """The runs that go on, and those of which something was recorded since then; newest first.

        Args:
            since: Seconds since 1970.

        Raises:
            StoreError: The store cannot be read.
        """
        sql = (
            "SELECT * FROM runs WHERE deleted IS NULL AND (state = ? OR updated >= ?) "
            "ORDER BY created DESC, id DESC"
        )
        with reading(self._path) as connection:
            return self._readable(connection.execute(sql, (TRAINING, since)))

    def newest(self) -> Run | None:
        """The run that began last; None if there is none.

        Raises:
            StoreError: The store cannot be read.
        """
        sql = "SELECT * FROM runs WHERE deleted IS NULL ORDER BY id DESC LIMIT 1"
        with reading(self._path) as connection:
            row = connection.execute(sql).fetchone()
        return None if row is None else run_from(row, self._folder, self._session)

    def get(self, run: int) -> Run:
        """One run, deleted or not.

        Raises:
            StoreError: There is none of that number, or the store cannot be read.
        """
        with reading(self._path) as connection:
            row = connection.execute("SELECT * FROM runs WHERE id = ?", (run,)).fetchone()
        if row is None:
            raise StoreError(_GONE)
        if not is_sound("runs", row):
            raise StoreError(
                "This run is damaged: start the program again, and the others will be recovered."
            )
        return run_from(row, self._folder, self._session)

    def curves(self, run: int, first_step: int = 0) -> Curves:
        """The curves of one run.

        Args:
            run: Its number.
            first_step: Whose loss comes first; a run that goes on need not be read from its beginning again.

        Raises:
            StoreError: The store cannot be read.
        """
        losses = array("f")
        with reading(self._path) as connection:
            chunks = connection.execute(
                "SELECT first_step, losses FROM losses JOIN runs ON runs.id = losses.run "
                "WHERE run = ? AND first_step < total_steps AND first_step + length(losses) / 4 > ? "
                "ORDER BY first_step",
                (run, first_step),
            )
            for start, chunk in chunks:
                if not (isinstance(start, int) and isinstance(chunk, bytes)):
                    continue
                # A gap is left where a damaged store was recovered.
                gap = start - first_step - len(losses)
                if gap > _WIDEST_GAP:
                    break
                losses.extend(array("f", [math.nan]) * gap)
                known = max(0, first_step - start)
                losses.frombytes(chunk[known * 4 : len(chunk) // 4 * 4])
            rows = connection.execute(
                "SELECT epoch, step, training_loss, training_accuracy, validation_loss, validation_accuracy "
                "FROM epochs WHERE run = ? ORDER BY epoch",
                (run,),
            ).fetchall()
        if sys.byteorder == "big":
            losses.byteswap()
        epochs = (
            EpochFigures(epoch, step, *(math.nan if figure is None else figure for figure in figures))
            for epoch, step, *figures in rows
            if isinstance(epoch, int)
            and isinstance(step, int)
            and all(figure is None or isinstance(figure, float | int) for figure in figures)
        )
        return Curves(losses, tuple(epochs))

    def rename(self, run: int, name: str) -> Future[None]:
        """Give a run another name; a blank one is refused, and one of more than `LONGEST` characters."""
        text = storable(name)
        is_long = len(" ".join(name.split())) > LONGEST

        def do(connection: sqlite3.Connection) -> None:
            if not text:
                raise StoreError("A run needs a name: write one.")
            if is_long:
                raise StoreError(f"A run's name has at most {LONGEST} characters: write a shorter one.")
            _expect_one(connection.execute("UPDATE runs SET name = ? WHERE id = ?", (text, run)))

        return self._writer.submit(do)

    def delete(self, runs: Sequence[int]) -> Future[None]:
        """Take runs away; `restore` brings them back until `purge` was called."""
        return self._mark(runs, time.time())

    def restore(self, runs: Sequence[int]) -> Future[None]:
        """Bring deleted runs back."""
        return self._mark(runs, None)

    def purge(self, least_age_s: float = 0.0) -> Future[int]:
        """Remove for good what was deleted so many seconds ago, weights too; the answer counts the runs."""
        before = time.time() - least_age_s

        def do(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute("SELECT weights FROM runs WHERE deleted <= ?", (before,)).fetchall()
            connection.execute("DELETE FROM runs WHERE deleted <= ?", (before,))
            return [row[0] for row in rows]

        counted: Future[int] = Future()

        def remove_files(done: Future[list[str]]) -> None:
            error = done.exception()
            if error is not None:
                counted.set_exception(error)
                return
            # Only now: had the files gone first, a crash would have left runs without weights.
            for name in done.result():
                with contextlib.suppress(OSError, ValueError, TypeError):
                    (self._folder / Path(name).name).unlink()
            counted.set_result(len(done.result()))

        self._writer.submit(do).add_done_callback(remove_files)
        return counted

    def _readable(self, rows: Iterable[sqlite3.Row]) -> list[Run]:
        """What is damaged is passed over: one bad row must not hide the others."""
        return [run_from(row, self._folder, self._session) for row in rows if is_sound("runs", row)]

    def _mark(self, runs: Sequence[int], deleted: float | None) -> Future[None]:
        pairs = [(deleted, run) for run in runs]

        def do(connection: sqlite3.Connection) -> None:
            connection.executemany("UPDATE runs SET deleted = ? WHERE id = ?", pairs)

        return self._writer.submit(do)


# Steps; a gap before a step far beyond would fill the memory.
_WIDEST_GAP = 1 << 24
_GONE = "This run is no longer there: it was removed for good."


def _expect_one(cursor: sqlite3.Cursor) -> None:
    if cursor.rowcount != 1:
        raise StoreError(_GONE)
