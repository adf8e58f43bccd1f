"""Run recorder: keeps a training while it goes on."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from array import array
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.errors import ModelFileError
from engine.models.model import Model, Provenance
from engine.models.model_file import SUFFIX, save_model
from engine.nn.network import Weights
from engine.store.run import FINISHED, TRAINING
from engine.store.run_rows import add_epochs, add_losses, join_losses
from engine.store.texts import now, storable
from engine.store.writes import Writes
from engine.training.epoch_figures import EpochFigures
from engine.training.fit import Result, StepsCompleted
from engine.training.run_events import RunDescription as RunDescription

# Weights of 10 MB take 20 ms to write; of 500 MB, seconds, which training must not be held up by for ever.
_MOST_TIME_SAVING = 0.2
_GOES_ON = "The training goes on; what it comes to is in memory until then."


@dataclass(slots=True)
class _Progress:
    """What has come and is not on the disk yet; a write that fails leaves it for the next one."""

    losses: array[float] = field(default_factory=lambda: array("f"))
    first_step: int = 0
    epochs: list[EpochFigures] = field(default_factory=list)
    weights: Weights | None = None
    steps: int = 0


class RunRecorder:
    """Takes the results of one training, in any thread, and never makes it wait before its end.

    Twice a second the store's writer keeps what has come: a crash loses less than the last second. Weights
    that take long to write are written more rarely, so that writing them takes at most a fifth of the time.

    Attributes:
        path: The file of the newest weights, once there are some.
    """

    def __init__(self, writer: Writes, folder: Path, session: str, description: RunDescription) -> None:
        self._writer = writer
        self._session = session
        self._about = description
        self.path = folder / f"{uuid.uuid4().hex}{SUFFIX}"
        self._created = now()
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._progress = _Progress()
        self._run: int | None = None
        self._figures_trouble = ""
        self._weights_trouble = ""
        self._weights_due = 0.0
        # Held for a whole tick, so that none comes after the end and says that the run goes on.
        self._ticking = threading.Lock()
        self._is_over = False
        self._submit()
        writer.start_ticking(self._tick)

    @property
    def trouble(self) -> str:
        """One sentence on why the newest figures or weights could not be kept, or empty."""
        return self._figures_trouble or self._weights_trouble

    @property
    def run(self) -> int | None:
        """The number of the run, once it is on the disk."""
        return self._run

    def add(self, result: Result) -> None:
        """Take in what `engine.training.fit.fit` has yielded. Takes microseconds."""
        with self._lock:
            progress = self._progress
            progress.weights = result.weights
            if isinstance(result, StepsCompleted):
                if not progress.losses:
                    progress.first_step = result.first_step
                progress.losses.extend(result.losses)
                progress.steps = result.first_step + len(result.losses)
            else:
                progress.epochs.append(result.figures)

    def finish(self, state: str = FINISHED, model: Model | None = None, message: str = "") -> Path | None:
        """The training is over: keep the rest, and wait until it is on the disk.

        Args:
            state: How it ended, one of the states in `engine.store.run`.
            model: What came out; without one, the newest weights that were taken in are kept.
            message: One sentence on what went wrong, or empty.

        Returns:
            The file with the weights; None if there were none to keep.

        Raises:
            StoreError: The figures could not be kept; where there was no place, they wait in memory for one.
            ModelFileError: The weights could not be kept.
        """
        self._writer.stop_ticking(self._tick)
        trouble: ModelFileError | None = None
        with self._ticking:
            self._is_over = True
            with self._lock:
                weights = self._progress.weights
            try:
                if model is not None or weights is not None:
                    save_model(model or self._model(weights or {}), self.path, is_private=True)
            except ModelFileError as error:
                trouble = error
        try:
            self._writer.wait(self._submit(waits=True))
            if self._progress.losses or self._progress.epochs:  # an earlier write failed, which this followed
                self._writer.wait(self._submit(waits=True))
        finally:  # where there is no place, both are written once there is one
            last = self._submit(state, model, message, waits=True)
        self._writer.wait(last)
        if trouble is not None:
            raise trouble
        return self.path if self.path.is_file() else None

    def _tick(self) -> None:
        """In the writer's thread, or in that of whoever asks for a tick."""
        with self._ticking:
            if not self._is_over:
                self._submit()
                self._save_weights()

    def _save_weights(self) -> None:
        with self._lock:
            weights = self._progress.weights
        if weights is None or time.monotonic() < self._weights_due:
            return
        began = time.monotonic()
        try:
            save_model(self._model(weights), self.path, is_private=True)
        except ModelFileError as error:
            if not self._weights_trouble:
                self._writer.report(f"{error} {_GOES_ON}")
            self._weights_trouble = str(error)
        else:
            self._weights_trouble = ""
            with self._lock:
                if self._progress.weights is weights:
                    self._progress.weights = None
        ended = time.monotonic()
        self._weights_due = ended + (ended - began) * (1 / _MOST_TIME_SAVING - 1)

    def _model(self, weights: Weights) -> Model:
        about = self._about
        provenance = Provenance(about.data, seed=about.settings.seed, attribution=about.attribution)
        return Model(
            about.name,
            about.architecture,
            weights,
            about.standardisation,
            provenance,
            classes=about.classes,
        )

    def _submit(
        self, state: str = TRAINING, model: Model | None = None, message: str = "", waits: bool = False
    ) -> Future[int]:
        # Taken out here and put back if the write fails: what is added meanwhile comes after it.
        with self._lock:
            progress, self._progress = self._progress, _Progress(steps=self._progress.steps)
            self._progress.weights = progress.weights
        figures = model.provenance if model is not None else None
        seconds = time.monotonic() - self._began

        def do(connection: sqlite3.Connection) -> int:
            run = self._find_or_insert(connection)
            add_losses(connection, run, progress.first_step, progress.losses)
            add_epochs(connection, run, progress.epochs)
            connection.execute(
                "UPDATE runs SET updated = ?, steps = ?, seconds = ?, state = ?, message = ? WHERE id = ?",
                (time.time(), progress.steps, seconds, state, storable(message), run),
            )
            if state != TRAINING:
                join_losses(connection, run)
            if figures is not None:
                connection.execute(
                    # A name that somebody gave it meanwhile stays.
                    "UPDATE runs SET name = CASE name WHEN ? THEN ? ELSE name END, test_accuracy = ?, "
                    "validation_accuracy = coalesce(?, validation_accuracy) WHERE id = ?",
                    (
                        storable(self._about.name),
                        storable(model.name if model is not None else self._about.name),
                        figures.test_accuracy,
                        figures.validation_accuracy,
                        run,
                    ),
                )
            return run

        future = self._writer.submit(do, waits)
        future.add_done_callback(lambda done: self._on_written(done, progress))
        return future

    def _on_written(self, done: Future[int], progress: _Progress) -> None:
        error = done.exception()
        if error is None:
            self._run, self._figures_trouble = done.result(), ""
            return
        if not self._figures_trouble and not self._is_over:
            self._writer.report(f"{error} {_GOES_ON}")
        self._figures_trouble = str(error)
        with self._lock:
            newer = self._progress
            if progress.losses:
                progress.losses.extend(newer.losses)
                newer.losses, newer.first_step = progress.losses, progress.first_step
            newer.epochs[:0] = progress.epochs

    def _find_or_insert(self, connection: sqlite3.Connection) -> int:
        if self._run is not None:
            return self._run
        # The transaction may have begun with the first write of this very run.
        row = connection.execute("SELECT id FROM runs WHERE weights = ?", (self.path.name,)).fetchone()
        if row is not None:
            return int(row[0])
        about = self._about
        cursor = connection.execute(
            "INSERT INTO runs (name, created, session, updated, state, data, settings, sizes, seed, device, "
            "total_steps, weights) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                storable(about.name),
                self._created,
                self._session,
                time.time(),
                TRAINING,
                storable(about.data),
                json.dumps(asdict(about.settings)),
                json.dumps(about.architecture.sizes),
                about.settings.seed,
                storable(about.device),
                about.total_steps,
                self.path.name,
            ),
        )
        return int(cursor.lastrowid or 0)
