"""Pen digits: real strokes of many writers, as JSON lines, split by writer and never by digit.

The same for letters and signs, whose labels are places in other classes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.classes import DIGITS, Classes
from engine.data.digit_lines import FaultyLine, read_digit_lines
from engine.data.digits import Digits
from engine.data.stroke_augmentation import StrokeWarps
from engine.errors import DataError
from engine.files.regular_files import open_regular
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import PEN_WIDTH, normalise_inks, normalise_polylines, to_polylines

NAME = "pen digits"
ATTRIBUTION = "pen digits: UNIPEN collection, train_r01_v07 (International Unipen Foundation, CC BY 4.0)"

_LABELS = frozenset("0123456789")
_USUAL_WARPS = StrokeWarps()
# The first fifth of the writers, in an order shuffled by this seed, is held out.
_HELD_OUT_SEED = 0
_HELD_OUT_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class PenDigits:
    """Drawings with their labels and writers.

    Attributes:
        inks: One for each digit.
        labels: Places in the classes: 0 to 9 for digits.
        writers: Who wrote it.
        classes: What the labels mean.
        name: What to call the pictures made of them.
    """

    inks: tuple[Ink, ...]
    labels: tuple[int, ...]
    writers: tuple[str, ...]
    classes: Classes = DIGITS
    name: str = NAME

    def __len__(self) -> int:
        return len(self.inks)

    def split_by_writer(
        self, share: float = _HELD_OUT_SHARE, seed: int = _HELD_OUT_SEED
    ) -> tuple[PenDigits, PenDigits]:
        """The digits of most writers, and those of a `share` of writers of whom nothing is in the first."""
        writers = sorted(set(self.writers))
        order = np.random.default_rng(seed).permutation(len(writers))
        held_out = {writers[index] for index in order[: round(share * len(writers))]}
        return (
            self.where([writer not in held_out for writer in self.writers]),
            self.where([writer in held_out for writer in self.writers]),
        )

    def split_in_order(self, one_in: int = 5) -> tuple[PenDigits, PenDigits]:
        """Most drawings of each digit, and its third and every fifth after it, held out.

        Unlike a split by chance, this one stays as it is while drawings are added at the end: what was held
        out once is never learned from later.
        """
        seen = dict.fromkeys(self.labels, 0)
        is_held_out = []
        for label in self.labels:
            is_held_out.append(seen[label] % one_in == one_in // 2)
            seen[label] += 1
        return self.where([not each for each in is_held_out]), self.where(is_held_out)

    def where(self, chosen: list[bool]) -> PenDigits:
        """Those at whose places `chosen` says so."""
        indices = [index for index, is_chosen in enumerate(chosen) if is_chosen]
        return replace(
            self,
            inks=tuple(self.inks[index] for index in indices),
            labels=tuple(self.labels[index] for index in indices),
            writers=tuple(self.writers[index] for index in indices),
        )

    def normalised(self, pen_width: float = PEN_WIDTH) -> Digits:
        """All of them through the normaliser, with a pen of `pen_width` of the 28 pixels."""
        return self._digits(normalise_inks(self.inks, pen_width))

    def varied(
        self,
        variants: int,
        seed: int,
        warp: StrokeWarps = _USUAL_WARPS,
        on_progress: Callable[[float], None] | None = None,
    ) -> Digits:
        """All of them as they are, and each once more for every variant, its strokes warped anew.

        Args:
            variants: 0 or more.
            seed: Of the warps.
            warp: What bends the strokes.
            on_progress: Told the share painted, 0 to 1, after each variant; what it raises ends the painting.
        """
        random = np.random.default_rng(seed)
        drawings = [to_polylines(ink) for ink in self.inks]
        images = [self.normalised().images]
        for variant in range(variants):
            warped = [warp(drawing, random) for drawing in drawings]
            vectors = normalise_polylines(warped, warp.pen_widths(len(warped), random))
            images.append(self._digits(vectors).images)
            if on_progress is not None:
                on_progress((variant + 2) / (variants + 1))
        labels = torch.tensor(self.labels * (variants + 1), dtype=torch.int64)
        return Digits(torch.cat(images), labels, self.name, self.classes)

    def _digits(self, vectors: NDArray[np.float32]) -> Digits:
        return Digits(
            torch.from_numpy((vectors * 255 + 0.5).astype(np.uint8)),
            torch.tensor(self.labels, dtype=torch.int64),
            self.name,
            self.classes,
        )


def load_pen_digits(path: Path) -> PenDigits:
    """Read JSON lines of ``{"label": 3, "writer": "...", "strokes": [[[x, y], ...], ...]}``.

    Raises:
        DataError: The file is missing, or a line is something else.
    """
    inks, labels, writers = [], [], []
    try:
        with open_regular(path) as file:
            for line in read_digit_lines(file):
                if isinstance(line, FaultyLine) or line.label not in _LABELS or line.writer is None:
                    raise DataError(_not_a_digit(line.number, path))
                inks.append(line.ink)
                labels.append(int(line.label))
                writers.append(line.writer)
    except OSError as error:
        raise DataError(f"The pen digits in {path} cannot be read: {error.strerror or error}.") from error
    if not inks:
        raise DataError(f"There are no pen digits in {path}.")
    return PenDigits(tuple(inks), tuple(labels), tuple(writers))


def _not_a_digit(number: int, path: Path) -> str:
    return (
        f"Line {number} of {path.name} is not a pen digit: it needs a label from 0 to 9, a writer and "
        "strokes."
    )
