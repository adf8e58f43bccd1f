"""Error sheet: photographs that were misread, with the ink that was found, side by side on one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.preprocessing.photographs.ink_finding import FoundInk

_WIDTH, _HEIGHT, _WORDS, _COLUMNS = 240, 180, 16, 4


class ErrorSheet:
    """Tiles of a photograph and its ink, boxes around the digits, and a line of words below."""

    def __init__(self) -> None:
        self._tiles: list[Image.Image] = []

    def add(self, grey: NDArray[np.float32], found: FoundInk | None, words: str) -> None:
        """Put one more on the sheet.

        Args:
            grey: (height, width) the photograph, 0 black to 1 white.
            found: What was found on it, or None.
            words: What was read for what.
        """
        tile = Image.new("RGB", (2 * _WIDTH, _HEIGHT + _WORDS), "white")
        tile.paste(_small(grey), (0, 0))
        if found is not None:
            ink = _small(1 - found.ink)
            draw = ImageDraw.Draw(ink)
            for left, top, right, bottom in found.boxes:
                draw.rectangle(
                    (left * _WIDTH, top * _HEIGHT, right * _WIDTH, bottom * _HEIGHT), outline="red"
                )
            tile.paste(ink, (_WIDTH, 0))
        ImageDraw.Draw(tile).text((3, _HEIGHT + 2), words, fill="black")
        self._tiles.append(tile)

    def save(self, path: Path) -> None:
        """Write the sheet as a picture file, whose suffix says its kind."""
        rows = max(1, -(-len(self._tiles) // _COLUMNS))
        sheet = Image.new("RGB", (2 * _WIDTH * _COLUMNS, (_HEIGHT + _WORDS) * rows), "white")
        for place, tile in enumerate(self._tiles):
            row, column = divmod(place, _COLUMNS)
            sheet.paste(tile, (2 * _WIDTH * column, (_HEIGHT + _WORDS) * row))
        sheet.save(path)


def _small(light: NDArray[np.float32]) -> Image.Image:
    image = Image.fromarray(np.clip(255 * light, 0, 255).astype(np.uint8))
    return image.resize((_WIDTH, _HEIGHT)).convert("RGB")
