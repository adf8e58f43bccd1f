"""Exchange thread: drawings in and out of files, away from the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.drawings.drawing_words import counted
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.store.drawings import Drawings

_log = logging.getLogger(__name__)

_TOLD_EACH_S = 0.05
_UNEXPECTED = "The drawings could not be {}, for a reason the program did not expect: try another {}."


@dataclass(frozen=True, slots=True)
class Import:
    """Take in files of JSON lines, one after another."""

    paths: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Export:
    """Write drawings.

    Attributes:
        target: A file for JSON lines, or a folder for MNIST's files.
        as_mnist: Which of the two.
        label: Only those of this digit.
        only_misread: Only those that the network named wrongly.
    """

    target: Path
    as_mnist: bool
    label: int | None = None
    only_misread: bool = False


class ExchangeThread(QThread):
    """Does one thing and ends. An interruption stops an import between two hundred lines.

    Signals:
        progressed: Share that is done, 0 to 1.
        told: One sentence or more on what came of it; told once, whatever happens.
    """

    progressed = Signal(float)
    told = Signal(str)

    def __init__(self, drawings: Drawings, job: Import | Export, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._job = job

    def run(self) -> None:
        """Do it. Nothing escapes: what goes wrong is told."""
        job = self._job
        try:
            self.told.emit(self._import(job.paths) if isinstance(job, Import) else self._export(job))
        except ScratchpadError as error:
            self.told.emit(str(error))
        except Exception:
            _log.exception("an exchange of drawings failed")
            is_import = isinstance(job, Import)
            self.told.emit(_UNEXPECTED.format(*(("read", "file") if is_import else ("written", "folder"))))

    def _import(self, paths: Sequence[Path]) -> str:
        from engine.store.exchange import import_lines

        said = []
        for place, path in enumerate(paths):
            try:
                done = import_lines(
                    self._drawings, path, self._steps(place, len(paths)), self.isInterruptionRequested
                )
            except ScratchpadError as error:
                said.append(str(error))
            else:
                said.append(done.sentence())
            if self.isInterruptionRequested():
                break
        return " ".join(said)

    def _steps(self, place: int, count: int) -> Callable[[float], None]:
        told_s = 0.0

        def tell(share: float) -> None:
            nonlocal told_s
            now = time.monotonic()
            if now - told_s >= _TOLD_EACH_S:
                told_s = now
                self.progressed.emit((place + share) / count)

        return tell

    def _export(self, job: Export) -> str:
        from engine.store.exchange import export_lines, export_mnist

        drawings = self._drawings.entries(job.label, job.only_misread)
        if not drawings:
            return "There are no drawings to export: draw some, or show others."
        if not job.as_mnist:
            export_lines(drawings, job.target)
            return f"Exported {counted(len(drawings))} to {job.target.name}."
        import torch

        torch.set_num_threads(1)  # the pad is to stay quick
        training, test = export_mnist(drawings, job.target)
        return (
            f"Exported {counted(len(drawings))} as MNIST's files to {job.target}: {training:,} to learn from "
            f"and {test:,} to test on."
        )
