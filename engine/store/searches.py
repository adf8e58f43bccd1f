"""Searches: trainings that belong together, and what has to be known to go on with them."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import StoreError
from engine.store.connection import reading
from engine.store.run import SILENCE_S, TRAINING, Run, run_from
from engine.store.run_rows import add_epochs, add_losses, join_losses
from engine.store.schema import has_table
from engine.store.search import EndedTrial, Search, search_from
from engine.store.sound_rows import is_sound
from engine.store.texts import now, storable
from engine.store.writes import Writes

if TYPE_CHECKING:
    from engine.models.model import Model

_GONE = "This search is no longer there: start a new one."
_ELSEWHERE = (
    "Another program runs this search, or did so a moment ago: stop it there, or try again in some seconds."
)
# Between two words that a search still runs.
_WORD_S = 0.3 * SILENCE_S


class Searches:
    """The searches of a store. Reading answers at once; writing waits for the disk."""

    def __init__(self, path: Path, folder: Path, writer: Writes, session: str) -> None:
        self._path = path
        self._folder = folder
        self._writer = writer
        self._session = session
        self._ticks: dict[int, Callable[[], None]] = {}

    def start(self, name: str, data: str, plan: str) -> int:
        """A search begins.

        Returns:
            Its number.

        Raises:
            StoreError: The disk does not take it.
        """

        def do(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO searches (name, created, session, updated, state, data, plan) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (storable(name), now(), self._session, time.time(), TRAINING, storable(data), plan),
            )
            return int(cursor.lastrowid or 0)

        search = self._writer.wait(self._writer.submit(do))
        self._begin_saying_so(search)
        return search

    def go_on(self, search: int) -> None:
        """A search that was stopped or interrupted runs again.

        Raises:
            StoreError: It is no longer there, another program runs it, or the disk does not take it.
        """

        def do(connection: sqlite3.Connection) -> None:
            row = connection.execute(
                "SELECT session, state, updated FROM searches WHERE id = ?", (search,)
            ).fetchone()
            if row is None:
                raise StoreError(_GONE)
            session, state, updated = row
            if state == TRAINING and session != self._session and abs(time.time() - updated) <= SILENCE_S:
                raise StoreError(_ELSEWHERE)
            connection.execute(
                "UPDATE searches SET state = ?, session = ?, updated = ? WHERE id = ?",
                (TRAINING, self._session, time.time(), search),
            )

        self._writer.wait(self._writer.submit(do))
        self._begin_saying_so(search)

    def end(self, search: int, state: str) -> None:
        """A search is over, for now or for good.

        Raises:
            StoreError: The disk does not take it; it is written as soon as there is a place.
        """

        def do(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE searches SET state = ?, updated = ? WHERE id = ?", (state, time.time(), search)
            )

        if (tick := self._ticks.pop(search, None)) is not None:
            self._writer.stop_ticking(tick)
        self._writer.wait(self._writer.submit(do, waits=True))

    def entries(self) -> list[Search]:
        """All searches, newest first.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            if not has_table(connection, "searches"):
                return []
            rows = connection.execute("SELECT * FROM searches WHERE deleted IS NULL ORDER BY id DESC")
            return [search_from(row, self._session) for row in rows if is_sound("searches", row)]

    def get(self, search: int) -> Search:
        """One search.

        Raises:
            StoreError: There is none of that number, or the store cannot be read.
        """
        found = [each for each in self.entries() if each.id == search]
        if not found:
            raise StoreError(_GONE)
        return found[0]

    def trials(self, search: int) -> list[Run]:
        """The trials of a search that are over, deleted or not, in the order of points and seeds.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            rows = connection.execute("SELECT * FROM runs WHERE search = ? ORDER BY point, seed", (search,))
            return [run_from(row, self._folder, self._session) for row in rows if is_sound("runs", row)]

    def new_weights(self) -> Path:
        """Where the weights of a trial may be written, before it is added."""
        from engine.models.model_file import SUFFIX

        return self._folder / f"{uuid.uuid4().hex}{SUFFIX}"

    def add_trial(self, trial: EndedTrial, weights: Path) -> int:
        """Keep a trial that is over, whole or not at all; one that is there already stays as it is.

        Args:
            trial: It.
            weights: Its weights' file, which need not be there.

        Returns:
            The number of its run.

        Raises:
            StoreError: The disk does not take it; it is written as soon as there is a place.
        """

        def do(connection: sqlite3.Connection) -> int:
            about = trial.about
            there = connection.execute(
                "SELECT id FROM runs WHERE search = ? AND point = ? AND seed = ?",
                (trial.search, trial.point, about.settings.seed),
            ).fetchone()
            if there is not None:
                return int(there[0])
            connection.execute("UPDATE searches SET updated = ? WHERE id = ?", (time.time(), trial.search))
            cursor = connection.execute(
                "INSERT INTO runs (name, created, session, updated, state, message, data, settings, sizes, "
                "seed, device, steps, total_steps, seconds, weights, search, point) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    storable(about.name),
                    now(),
                    self._session,
                    time.time(),
                    trial.state,
                    storable(trial.message),
                    storable(about.data),
                    json.dumps(asdict(about.settings)),
                    json.dumps(about.architecture.sizes),
                    about.settings.seed,
                    storable(about.device),
                    trial.figures[-1].step if trial.figures else 0,
                    about.total_steps,
                    trial.seconds,
                    weights.name,
                    trial.search,
                    trial.point,
                ),
            )
            run = int(cursor.lastrowid or 0)
            add_losses(connection, run, 0, trial.losses)
            add_epochs(connection, run, trial.figures)
            join_losses(connection, run)
            return run

        return self._writer.wait(self._writer.submit(do, waits=True))

    def name_winner(self, run: int, model: Model) -> None:
        """The best trial has the name and the figures of its network, the test set's included.

        Raises:
            StoreError: The disk does not take it; it is written as soon as there is a place.
        """
        figures = model.provenance

        def do(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE runs SET name = ?, test_accuracy = ? WHERE id = ?",
                (storable(model.name), figures.test_accuracy, run),
            )

        self._writer.wait(self._writer.submit(do, waits=True))

    def weights_path(self, run: int) -> Path | None:
        """Where the weights of a run are, or would be; None if it is gone.

        Raises:
            StoreError: The store cannot be read.
        """
        with reading(self._path) as connection:
            row = connection.execute("SELECT weights FROM runs WHERE id = ?", (run,)).fetchone()
        return None if row is None else self._folder / Path(row[0]).name

    def remove_weights(self, run: int) -> None:
        """The run stays, with its curves and figures."""
        with contextlib.suppress(StoreError, OSError, ValueError):
            path = self.weights_path(run)
            if path is not None:
                path.unlink()

    def _begin_saying_so(self, search: int) -> None:
        """From now on, until its end: after `SILENCE_S` without a word a search is interrupted."""
        said = time.monotonic()

        def do(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE searches SET updated = ? WHERE id = ?", (time.time(), search))

        def tick() -> None:
            nonlocal said
            if time.monotonic() - said >= _WORD_S:
                said = time.monotonic()
                self._writer.submit(do)

        self._ticks[search] = tick
        self._writer.start_ticking(tick)
