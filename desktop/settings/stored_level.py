"""Stored level: a level of the lesson as settings files of all versions have it."""

from __future__ import annotations

from collections.abc import Callable

from engine.levels.descriptions import FAST_LEVEL
from engine.number_text import parse_whole

LEVELS_KEY = "training/levels"
"""How many levels there were when the level was stored; missing where there were six."""

_FORMER_FAST_LEVEL = 6


def stored_level(text: Callable[[str, str], str]) -> int:
    """The level in a settings file.

    Args:
        text: From a key and a default to what is stored.

    Raises:
        NumberError: Something else than a whole number is stored.
    """
    # Until version 0.2 a level was called a rung.
    level = parse_whole(text("training/level", text("training/rung", str(FAST_LEVEL))))
    # The last of six levels was the fast one, which is the seventh now; the sixth is there to be read.
    return FAST_LEVEL if level == _FORMER_FAST_LEVEL and not text(LEVELS_KEY, "") else level
