"""A sheet of numbers that were read wrongly: what was written, what was read, and the strokes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from tests.benchmarks.made_numbers import MadeNumber

_CELL_WIDTH, _CELL_HEIGHT, _COLUMNS, _MOST = 300, 110, 5, 200
_INK, _TEXT = (30, 30, 30), (170, 30, 30)


def save_sheet(errors: Sequence[tuple[MadeNumber, str]], path: Path) -> None:
    """Paint numbers, each with what it says and what was read, into one PNG file.

    Args:
        errors: Numbers, and what was read; of many, the first 200.
        path: Where to.
    """
    errors = errors[:_MOST]
    rows = max(1, -(-len(errors) // _COLUMNS))
    sheet = Image.new("RGB", (_COLUMNS * _CELL_WIDTH, rows * _CELL_HEIGHT), "white")
    painter = ImageDraw.Draw(sheet)
    for place, (made, said) in enumerate(errors):
        left, top = place % _COLUMNS * _CELL_WIDTH, place // _COLUMNS * _CELL_HEIGHT
        points = np.concatenate(made.polylines)
        low, extent = points.min(axis=0), np.ptp(points, axis=0)
        scale = min((_CELL_WIDTH - 20) / max(extent[0], 1e-9), (_CELL_HEIGHT - 35) / max(extent[1], 1e-9))
        painter.text((left + 10, top + 4), f"{made.text}  read as  {said!r}", fill=_TEXT)
        for line in made.polylines:
            placed = (line - low) * scale + (left + 10, top + 25)
            painter.line([tuple(point) for point in placed.tolist()], fill=_INK, width=3)
    sheet.save(path)
