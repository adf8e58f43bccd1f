"""Drawings in and out: JSON lines of the form of the shared pen digits, and MNIST's files."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.digit_lines import DigitLine, FaultyLine, digit_line, read_digit_lines
from engine.errors import DataError, StoreError
from engine.regular_files import open_regular
from engine.safe_writing import replacing
from engine.store.drawings import Drawing, Drawings

# Other writes, such as those of a training, take their turn in between.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        added: Drawings that are kept now.
        known: Drawings that are the same, label and writer too, as one that is kept.
        faults: How many lines were left out, by what is wrong with them.
        trouble: One sentence on why the rest was not read or kept, or empty.
    """

    added: int
    known: int
    faults: dict[str, int]
    trouble: str = ""

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
    """Take in a file of JSON lines; a line that is no drawing is left out and counted. Takes a while.

    Args:
        drawings: Of the store.
        path: Of the file.
        on_progress: Called with the share of the file that is read, 0 to 1, now and then.
        is_stopped: Asked now and then; once it says so, the rest of the file is left out.

    Raises:
        DataError: The file cannot be opened.
    """
    faults: Counter[str] = Counter()
    added = known = 0
    trouble = ""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            lines = read_digit_lines(file)
            while read := tuple(itertools.islice(lines, _AT_ONCE)):
                faults.update(line.fault for line in read if isinstance(line, FaultyLine))
                good = [line for line in read if isinstance(line, DigitLine)]
                newly = drawings.add_lines(good).result()
                added += newly
                known += len(good) - newly
                if on_progress is not None:
                    on_progress(min(1.0, file.tell() / size) if size else 1.0)
                if is_stopped is not None and is_stopped():
                    trouble = f"The rest of {path.name} was left out: it was stopped."
                    break
    except OSError as error:
        if not (added or known or faults):
            raise DataError(f"{path.name} cannot be read: {error.strerror or error}.") from error
        trouble = f"The rest of {path.name} cannot be read: {error.strerror or error}."
    except StoreError as error:
        trouble = str(error)
    if not (added or known or faults or trouble):
        trouble = f"{path.name} is empty."
    return Imported(added, known, dict(faults), trouble)


def export_lines(drawings: Sequence[Drawing], path: Path) -> None:
    """Write drawings as JSON lines, which `import_lines` and `engine.pen_digits` read.

    Raises:
        DataError: The folder or disk does not take the file; an older one of that name is untouched.
    """
    try:
        with replacing(path) as file:
            for drawing in drawings:
                line = digit_line(drawing.label, drawing.writer, drawing.ink)
                file.write(f"{line}\n".encode())
    except OSError as error:
        raise DataError(
            f"The drawings could not be written to {path.parent}: {error.strerror or error}. Free some space "
            "or choose another folder."
        ) from error


def export_mnist(drawings: Sequence[Drawing], folder: Path) -> tuple[int, int]:
    """Write drawings as the four files of MNIST: see `engine.idx_files.export_as_mnist`.

    Raises:
        DataError: There are fewer than two, or the files cannot be written.
    """
    from engine.idx_files import export_as_mnist
    from engine.pen_digits import PenDigits

    digits = PenDigits(
        tuple(drawing.ink for drawing in drawings),
        tuple(drawing.label for drawing in drawings),
        tuple(drawing.writer for drawing in drawings),
    )
    return export_as_mnist(digits.normalised(), folder)
