"""Experiment files: points and experiments are read, written and kept away from the window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.background_task import BackgroundTask
from engine.boundaries.experiment import Experiment
from engine.errors import DataError, ScratchpadError

if TYPE_CHECKING:
    from engine.plane.csv_text import ReadPoints

_NOT_READ = "This file could not be opened. Try another one, or save it again where it comes from."
_NOT_WRITTEN = "The experiment could not be saved: try another place."
_KEPT = "boundaries.json"
# After the last change, so that a stroke is written once.
_KEEP_AFTER_MS = 1000


class ExperimentFiles(QObject):
    """Knows how to read and write; what to write is asked for.

    Signals:
        opened: An `Experiment`, or `ReadPoints`.
        said: One sentence about a file.
    """

    opened = Signal(object)
    said = Signal(str)

    def __init__(
        self, folder: Path, experiment: Callable[[], Experiment], parent: QObject | None = None
    ) -> None:
        """Read nothing yet.

        Args:
            folder: Where the experiment is kept for the next start.
            experiment: Answers what there is to write; may raise `SettingsError`.
            parent: Of this object.
        """
        super().__init__(parent)
        self._kept = folder / _KEPT
        self._experiment = experiment
        self._reading = BackgroundTask(_NOT_READ, self)
        self._reading.completed.connect(self.opened)
        self._reading.refused.connect(self.said)
        self._writing = BackgroundTask(_NOT_WRITTEN, self)
        self._writing.completed.connect(self._on_written)
        self._writing.refused.connect(self.said)
        self._keeping = BackgroundTask(_NOT_WRITTEN, self)
        self._keeping.refused.connect(self._on_not_kept)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_KEEP_AFTER_MS)
        self._soon.timeout.connect(self._keep)
        self._is_outdated = False

    def open(self, path: Path) -> None:
        """Read a file, and tell what is in it."""
        self.said.emit("")
        self._reading.begin(lambda _is_cancelled: _read(path))

    def paste(self, text: str) -> None:
        """Read points from text."""
        self.said.emit("")
        self._reading.begin(lambda _is_cancelled: _parse(text))

    def save(self, path: Path) -> None:
        """Write the experiment, or the points alone where the name ends in .csv.

        Raises:
            SettingsError: A model's settings make no sense.
        """
        experiment = self._experiment()
        self._writing.begin(lambda _is_cancelled: _write(path, experiment))

    def text(self) -> str:
        """The experiment as text, which `paste` reads.

        Raises:
            SettingsError: A model's settings make no sense.
        """
        from engine.boundaries.experiment_file import experiment_text

        return experiment_text(self._experiment())

    # Between two starts of the program.

    def kept(self) -> Experiment | None:
        """What was there when the program ended last; None the first time, or if it cannot be read."""
        from engine.boundaries.experiment_file import read_experiment

        if not self._kept.exists():
            return None
        try:
            return read_experiment(self._kept)
        except DataError as error:
            # Whatever is in it stays: nothing is to be written over it.
            with contextlib.suppress(OSError):
                self._kept.replace(self._kept.with_name(f"{_KEPT}.broken"))
            self.said.emit(f"The points of last time could not be read, and were put aside. {error}")
            return None

    def note_change(self) -> None:
        """There is something else to be kept."""
        self._is_outdated = True
        self._soon.start()

    def close(self) -> None:
        """The window closes: end what is read, and keep what there is."""
        self._soon.stop()
        for task in (self._reading, self._writing, self._keeping):
            task.close()
        if self._is_outdated:
            self._is_outdated = False
            with contextlib.suppress(ScratchpadError):
                _keep(self._kept, self._experiment())

    def _on_written(self, sentence: str) -> None:
        self.said.emit(sentence)

    def _on_not_kept(self, sentence: str) -> None:
        self._is_outdated = True  # once more when the window closes
        self.said.emit(sentence)

    def _keep(self) -> None:
        try:
            experiment = self._experiment()
        except ScratchpadError:
            return  # a field is being written; the next change comes
        self._is_outdated = False
        self._keeping.begin(lambda _is_cancelled: _keep(self._kept, experiment))


def _read(path: Path) -> ReadPoints | Experiment:
    """Points as CSV, or an experiment, whatever the name: what begins with a brace is no point.

    Raises:
        DataError: It is neither.
    """
    from engine.boundaries.experiment_file import read_experiment
    from engine.files.regular_files import open_regular
    from engine.plane.csv_file import read_points

    try:
        with open_regular(path) as file:
            start = file.read(64)
    except OSError as error:
        raise DataError(f"“{path.name}” could not be opened: {error.strerror or error}.") from error
    is_experiment = start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return read_experiment(path) if is_experiment else read_points(path)


def _parse(text: str) -> ReadPoints | Experiment:
    from engine.boundaries.experiment_file import parse_experiment
    from engine.plane.csv_text import parse_points

    if text.lstrip().startswith("{"):
        return parse_experiment(text, "What was pasted")
    return parse_points(text.splitlines(), "What was pasted")


def _write(path: Path, experiment: Experiment) -> str:
    from engine.boundaries.experiment_file import write_experiment
    from engine.plane.csv_file import write_points

    if path.suffix.lower() == ".csv":
        write_points(path, experiment.all_points(), experiment.names)
    else:
        write_experiment(path, experiment)
    return f"Saved as “{path.name}”."


def _keep(path: Path, experiment: Experiment) -> None:
    from engine.boundaries.experiment_file import write_experiment
    from engine.files.private_files import make_private_folder

    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise DataError(f"The points could not be kept: {error.strerror or error}.") from error
    write_experiment(path, experiment, is_private=True)
