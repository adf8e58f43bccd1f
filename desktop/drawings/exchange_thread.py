"""Exchange thread: drawings in and out of files, away from the window."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from desktop.drawings.drawing_text import counted
from desktop.drawings.export_form import ExportForm
from desktop.reading.kept_answer import answer_of
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from engine.models.model import Model
    from engine.store.drawings import Drawings

_log = logging.getLogger(__name__)

LINE_SUFFIXES = (".jsonl", ".ndjson", ".json")
CSV_SUFFIX, NPZ_SUFFIX = ".csv", ".npz"
_REPORTED_EACH_S = 0.05
_READ_AT_ONCE = 500
_UNEXPECTED = "The drawings could not be {}, for an unexpected reason. Try another {}."


@dataclass(frozen=True, slots=True)
class Import:
    """Take in files of JSON lines, one after another."""

    paths: Sequence[Path]


@dataclass(frozen=True, slots=True)
class ReadAll:
    """Have a network read every drawing of its classes, and keep what it says with each."""

    model: Model


@dataclass(frozen=True, slots=True)
class Export:
    """Write drawings.

    Attributes:
        target: A file for strokes or pixels, by its suffix, or a folder for MNIST's files or pictures.
        form: Which of these it is.
        label: Only those of this name.
        only_misread: Only those that the network named wrongly.
    """

    target: Path
    form: ExportForm
    label: str | None = None
    only_misread: bool = False


Job = Import | Export | ReadAll


class ExchangeThread(QThread):
    """Does one thing and ends. An interruption stops it between some hundred drawings.

    Signals:
        progressed: Share that is done, 0 to 1.
        imported: Numbers of the drawings that are kept now and were not before; emitted before the sentence.
        message_given: One sentence or more on what came of it; emitted once, whatever happens.
    """

    progressed = Signal(float)
    imported = Signal(object)
    message_given = Signal(str)

    def __init__(self, drawings: Drawings, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._job = job

    def run(self) -> None:
        """Do it. Nothing escapes: what goes wrong is said in a sentence."""
        job = self._job
        try:
            self.message_given.emit(self._do(job))
        except ScratchpadError as error:
            self.message_given.emit(str(error))
        except Exception:
            _log.exception("an exchange of drawings failed")
            is_export = isinstance(job, Export)
            self.message_given.emit(
                _UNEXPECTED.format(*(("written", "folder") if is_export else ("read", "file")))
            )

    def _do(self, job: Job) -> str:
        if isinstance(job, Import):
            return self._import(job.paths)
        return self._export(job) if isinstance(job, Export) else self._read_all(job.model)

    def _import(self, paths: Sequence[Path]) -> str:
        from engine.store.exchange import import_lines

        sentences: list[str] = []
        numbers: list[int] = []
        for place, path in enumerate(paths):
            try:
                done = import_lines(
                    self._drawings, path, self._steps(place, len(paths)), self.isInterruptionRequested
                )
            except ScratchpadError as error:
                sentences.append(str(error))
            else:
                sentences.append(done.sentence())
                numbers += done.numbers
            if self.isInterruptionRequested():
                break
        self.imported.emit(numbers)
        return " ".join(sentences)

    def _read_all(self, model: Model) -> str:
        import torch

        from engine.models.classifier import Classifier
        from engine.preprocessing.normaliser import normalise_inks

        torch.set_num_threads(1)  # the pad is to stay quick
        classifier = Classifier(model)
        labels = self._drawings.labels(self._drawings.numbers())
        numbers = [number for number, label in labels.items() if label in model.classes.names]
        others = len(labels) - len(numbers)
        report = self._steps(0, 1)
        read = misread = 0
        for first in range(0, len(numbers), _READ_AT_ONCE):
            if self.isInterruptionRequested():
                break
            found = self._drawings.numbered(numbers[first : first + _READ_AT_ONCE])
            if found:
                inks = [drawing.ink for drawing in found.values()]
                readings = classifier.read_vectors(normalise_inks(inks))
                answers = {
                    number: answer_of(reading, model.name)
                    for number, reading in zip(found, readings, strict=True)
                }
                self._drawings.answer(answers).result()
                read += len(found)
                misread += sum(answers[number].name != drawing.label for number, drawing in found.items())
            report(min(1.0, (first + _READ_AT_ONCE) / len(numbers)))
        rest = f" {counted(len(numbers) - read)} not read." if read < len(numbers) else ""
        if others:
            rest += f" {counted(others)} of other classes {'were' if others != 1 else 'was'} not read."
        return f"{model.name} read {counted(read)}, {misread:,} of them incorrectly.{rest}"

    def _steps(self, place: int, count: int) -> Callable[[float], None]:
        reported_s = 0.0

        def report(share: float) -> None:
            nonlocal reported_s
            now = time.monotonic()
            if now - reported_s >= _REPORTED_EACH_S:
                reported_s = now
                self.progressed.emit((place + share) / count)

        return report

    def _export(self, job: Export) -> str:
        from engine.store.exchange import export_csv, export_lines, export_mnist, export_npz, export_pictures

        target, suffix = job.target, job.target.suffix.lower()
        is_file = job.form is ExportForm.FILE
        if is_file and suffix not in (*LINE_SUFFIXES, CSV_SUFFIX, NPZ_SUFFIX):
            return (
                f"{target.name} was not written: choose a name that ends in .jsonl for strokes, or in .csv "
                "or .npz for pixels."
            )
        drawings = self._drawings.entries(job.label, job.only_misread)
        if not drawings:
            return "There are no drawings to export: draw some, or show others."
        done = f"Exported {counted(len(drawings))}"
        if is_file and suffix in LINE_SUFFIXES:
            export_lines(drawings, target)
            return f"{done} to {target.name}."
        import torch

        torch.set_num_threads(1)  # the pad is to stay quick
        if is_file and suffix == CSV_SUFFIX:
            export_csv(drawings, target)
            return f"{done} to {target.name}: a label and 784 pixels in each row."
        if job.form is ExportForm.PICTURES:
            return f"{done} as pictures to {export_pictures(drawings, target)}: a folder for each class."
        training, test = (export_npz if is_file else export_mnist)(drawings, target)
        where = f"to {target.name}" if is_file else f"as MNIST's files to {target}"
        return f"{done} {where}: {training:,} to train on and {test:,} to test on."
