"""Drawings in and out: JSON lines, as the shared pen digits are, and for other programs pixels."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from engine.data.classes import DIGITS
from engine.data.drawing_lines import FaultyLine, drawing_line, read_drawing_lines
from engine.data.drawing_names import SET_NAME
from engine.errors import DataError, StoreError
from engine.files.regular_files import open_regular
from engine.files.safe_writing import replacing
from engine.store.drawing_rows import DrawingRow, row_of_line
from engine.store.drawings import Drawing, Drawings
from engine.store.own_drawings import classes_of, pen_digits_of
from engine.store.texts import now

if TYPE_CHECKING:
    from engine.data.digits import Digits

# Other writes, such as those of a training, take their turn in between.
_AT_ONCE = 1000
_SEPARATORS = frozenset(',;\t"')


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        numbers: Of the drawings that are kept now and were not before; deleting them undoes the import.
        known: Drawings that are the same, label and writer too, as one that is kept.
        faults: How many lines were left out, by what is wrong with them.
        trouble: One sentence on why the rest was not read or kept, or empty.
    """

    numbers: tuple[int, ...]
    known: int
    faults: dict[str, int]
    trouble: str = ""

    @property
    def added(self) -> int:
        """How many drawings are kept now and were not before."""
        return len(self.numbers)

    def sentence(self) -> str:
        """All of it in words."""
        said = f"Imported {self.added:,} drawing{'s' * (self.added != 1)}"
        if self.known:
            said += f"; {self.known:,} more {'is' if self.known == 1 else 'are'} kept already"
        if self.faults:
            count = sum(self.faults.values())
            reasons = ", ".join(f"{number:,} {fault}" for fault, number in self.faults.items())
            said += f"; {count:,} line{'s were' if count != 1 else ' was'} left out: {reasons}"
        return f"{said}. {self.trouble}".strip()


def import_lines(
    drawings: Drawings,
    path: Path,
    on_progress: Callable[[float], None] | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> Imported:
    """Take in a file of JSON lines; a line that is no labelled drawing is left out and counted.

    Takes a while.

    Args:
        drawings: Of the store.
        path: Of the file.
        on_progress: Called with the share of the file that is read, 0 to 1, now and then.
        is_stopped: Asked now and then; once it says so, the rest of the file is left out.

    Raises:
        DataError: The file cannot be opened.
    """
    faults: Counter[str] = Counter()
    store_service = _StoreService(drawings)
    trouble = ""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            created = now()
            # Row by row: to keep thousands of strokes at once costs more than to read them.
            lines = (
                line if isinstance(line, FaultyLine) else row_of_line(line, created)
                for line in read_drawing_lines(file)
            )
            while read := tuple(itertools.islice(lines, _AT_ONCE)):
                faults.update(line.fault for line in read if isinstance(line, FaultyLine))
                store_service.keep([line for line in read if isinstance(line, DrawingRow)])
                if on_progress is not None:
                    on_progress(min(1.0, file.tell() / size) if size else 1.0)
                if is_stopped is not None and is_stopped():
                    trouble = f"The rest of {path.name} was left out: it was stopped."
                    break
    except OSError as error:
        if not (store_service.has_begun or faults):
            raise DataError(f"{path.name} cannot be read: {error.strerror or error}.") from error
        trouble = f"The rest of {path.name} cannot be read: {error.strerror or error}."
    except StoreError as error:
        trouble = str(error)
    trouble = store_service.finish() or trouble
    if not (store_service.has_begun or faults or trouble):
        trouble = f"{path.name} is empty."
    return Imported(tuple(store_service.numbers), store_service.known, dict(faults), trouble)


class _StoreService:
    """Hands rows to the store; the next ones are read while the disk takes the last."""

    def __init__(self, drawings: Drawings) -> None:
        self.numbers: list[int] = []
        self.known = 0
        self.has_begun = False
        self._drawings = drawings
        self._asked: deque[tuple[Future[list[int]], int]] = deque()

    def keep(self, rows: Sequence[DrawingRow]) -> None:
        """Raises a `StoreError` if those before were refused."""
        self.has_begun = self.has_begun or bool(rows)
        self._asked.append((self._drawings.add_rows(rows), len(rows)))
        while len(self._asked) > 1:
            self._take()

    def finish(self) -> str:
        """Wait for the rest; one sentence if it was refused, or empty."""
        trouble = ""
        while self._asked:
            try:
                self._take()
            except StoreError as error:
                trouble = str(error)
        return trouble

    def _take(self) -> None:
        future, count = self._asked.popleft()
        numbers = future.result()
        self.numbers += numbers
        self.known += count - len(numbers)


def export_lines(drawings: Sequence[Drawing], path: Path) -> None:
    """Write drawings as JSON lines, which `import_lines` and `engine.data.pen_digits` read.

    Raises:
        DataError: The folder or disk does not take the file; an older one of that name is untouched.
    """
    with _written(path) as file:
        for drawing in drawings:
            line = drawing_line(drawing.label, drawing.writer, drawing.ink.strokes)
            file.write(f"{line}\n".encode())


def export_csv(drawings: Sequence[Drawing], path: Path) -> None:
    """Write drawings as a table of pixels, as other programs read digits: ``label,pixel0,...,pixel783``.

    Pixels are those that a network sees, 0 background to 255 ink, row by row from the top.

    Raises:
        DataError: A label has a character that separates columns, or the disk does not take the file;
            an older one of that name is untouched.
    """
    from engine.preprocessing.normaliser import SIDE

    for drawing in drawings:
        if not _SEPARATORS.isdisjoint(drawing.label):
            raise DataError(
                f"“{drawing.label}” has a character that separates columns in a table: export JSON lines, "
                "arrays or pictures instead."
            )
    header = ",".join(["label", *(f"pixel{number}" for number in range(SIDE * SIDE))])
    with _written(path) as file:
        file.write(f"{header}\n".encode())
        for first in range(0, len(drawings), _AT_ONCE):
            digits = _digits(drawings[first : first + _AT_ONCE])
            for label, image in zip(digits.labels.tolist(), digits.images.tolist(), strict=True):
                file.write(f"{digits.classes[label]},{','.join(map(str, image))}\n".encode())


@contextlib.contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    try:
        with replacing(path) as file:
            yield file
    except OSError as error:
        raise DataError(
            f"The drawings could not be written to {path.parent}: {error.strerror or error}. Free some space "
            "or choose another folder."
        ) from error


def export_mnist(drawings: Sequence[Drawing], folder: Path) -> tuple[int, int]:
    """Write drawings as the four files of MNIST: see `engine.data.exports.idx_files.export_as_mnist`.

    Raises:
        DataError: There are fewer than two, or the files cannot be written.
    """
    from engine.data.exports.idx_files import export_as_mnist

    return export_as_mnist(_digits(drawings), folder)


def export_npz(drawings: Sequence[Drawing], path: Path) -> tuple[int, int]:
    """Write drawings as arrays of NumPy: see `engine.data.exports.npz_files.export_as_npz`.

    Raises:
        DataError: There are fewer than two, or the file cannot be written.
    """
    from engine.data.exports.npz_files import export_as_npz

    return export_as_npz(_digits(drawings), path)


def export_pictures(drawings: Sequence[Drawing], folder: Path) -> Path:
    """Write drawings as PNG pictures: see `engine.data.exports.picture_files.export_as_pictures`.

    Raises:
        DataError: There are none, or the pictures cannot be written.
    """
    from engine.data.exports.picture_files import export_as_pictures

    return export_as_pictures(_digits(drawings), folder)


def _digits(drawings: Sequence[Drawing]) -> Digits:
    labels = {each.label for each in drawings}
    # One name alone is no set of classes, and yet somebody may want its pictures.
    classes = classes_of(labels if len(labels) != 1 else {*labels, *DIGITS})
    return pen_digits_of(drawings, SET_NAME, classes).normalised()
