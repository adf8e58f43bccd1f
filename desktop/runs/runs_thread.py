"""Runs thread: reads the store and weights, away from the window."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.networks.model_library import ModelLibrary
from desktop.runs.curve_reader import CurveReader
from desktop.services.command_thread import CommandThread
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.store.run import Run
    from engine.store.runs import Runs
    from engine.store.searches import Searches

# What is being written when somebody looks may be dated a little before it can be read.
_OVERLAP_S = 5.0


@dataclass(frozen=True, slots=True)
class ListAll:
    """Read all runs."""


@dataclass(frozen=True, slots=True)
class ListChanged:
    """Read those that changed since the last reading."""


@dataclass(frozen=True, slots=True)
class ReadCurves:
    """Read the curves of some runs."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class LoadNetwork:
    """Read the weights of a run, and keep them among the networks unless they are there."""

    run: Run


Command = ListAll | ListChanged | ReadCurves | LoadNetwork


class RunsThread(CommandThread[Command]):
    """Of curves, only those asked for last are read.

    Signals:
        searches_read: The states of all searches, by their numbers; before the runs of which some are trials.
        runs_listed: All of them, a list of `engine.store.run.Run`.
        runs_changed: Those that changed, such a list.
        curves_read: A list of `desktop.runs.curve_reader.ComparedRun`.
        network_loaded: An `engine.models.model.Model`, the file it was found or kept in, and a sentence or
            nothing.
        network_failed: One sentence on why a network cannot read.
        reading_failed: One sentence on why runs cannot be listed or shown.
    """

    searches_read = Signal(object)
    runs_listed = Signal(list)
    runs_changed = Signal(list)
    curves_read = Signal(list)
    network_loaded = Signal(object, object, str)
    network_failed = Signal(str)
    reading_failed = Signal(str)

    def __init__(
        self, runs: Runs, searches: Searches, library: ModelLibrary, parent: QObject | None = None
    ) -> None:
        super().__init__(
            "This run or the list of them could not be read: open the page again to retry.", parent
        )
        self._runs, self._searches = runs, searches
        self._library = library
        self._curves = CurveReader(runs)
        self._wanted: ReadCurves | None = None
        self._read_at = 0.0

    def ask(self, command: Command) -> None:
        """Do this next; of curves, only those asked for last are read."""
        if isinstance(command, ReadCurves):
            self._wanted = command
        super().ask(command)

    def tell_failure(self, command: Command, error: ScratchpadError) -> None:
        """Tell."""
        failed = self.network_failed if isinstance(command, LoadNetwork) else self.reading_failed
        failed.emit(str(error))

    def do(self, command: Command) -> None:
        """Read."""
        if self.isInterruptionRequested():
            return
        if isinstance(command, ListAll | ListChanged):
            self.searches_read.emit({each.id: each.state for each in self._searches.entries()})
        if isinstance(command, ListAll):
            self._read_at = time.time()
            self.runs_listed.emit(self._runs.entries())
        elif isinstance(command, ListChanged):
            since, self._read_at = self._read_at, time.time()
            self.runs_changed.emit(self._runs.changed(since - _OVERLAP_S))
        elif isinstance(command, LoadNetwork):
            self._load(command.run)
        elif command is self._wanted:
            self.curves_read.emit(self._curves.read(list(command.runs)))

    def _load(self, run: Run) -> None:
        from engine.errors import ModelFileError
        from engine.models.model_file import load_model

        if run.path is None:
            raise ModelFileError(f"“{run.name}” has no weights to use. Choose another run.")
        try:
            model = replace(load_model(run.path), name=run.name)
        except ModelFileError as error:
            raise ModelFileError(f"The weights of “{run.name}” cannot be used. {error}") from error
        kept, trouble = run.path, ""
        try:
            kept = self._library.find_kept(model) or self._library.keep(model)
        except ModelFileError as error:
            trouble = str(error)  # it reads all the same, from where it is
        self.network_loaded.emit(model, kept, trouble)
