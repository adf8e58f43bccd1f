"""Drawing names: what the user's own drawings are called as data, alone and among the pictures of a set."""

from __future__ import annotations

import re

DRAWINGS, ALL_DRAWINGS = "drawings", "all-drawings"
"""The names that settings, jobs and commands use, beside those of `engine.data.sources.DATA_SOURCES`.

The first are the digits among them, the second all, told apart by whatever names they have.
"""
DRAWINGS_NAMES = (DRAWINGS, ALL_DRAWINGS)
SET_NAME, ALL_SET_NAME = "my drawings", "my drawings of all classes"
"""Names of the training sets that they make alone."""
FEWEST_DRAWINGS = 20
"""With fewer there is nothing to measure on."""
MOST_PERCENT = 50
"""That drawings make up of what is learned from, where they are mixed with another set."""

_MIXED = re.compile(rf"(.+) and {SET_NAME} \(([0-9]{{1,2}}) %\)", re.DOTALL)


def name_among_others(percent: int) -> str:
    """Name of drawings that are so many per cent of what is learned from; it is joined to the other set's."""
    return f"{SET_NAME} ({percent} %)"


def parts_of_name(set_name: str) -> tuple[str, int]:
    """The name of the other set, and the per cent of drawings among it: 0 in a set without drawings."""
    found = _MIXED.fullmatch(set_name)
    return (found[1], int(found[2])) if found else (set_name, 0)


def too_few(count: int, classes: str = "") -> str:
    """One sentence on so many drawings, fewer than `FEWEST_DRAWINGS`.

    Args:
        count: How many there are.
        classes: Names of the classes that are asked for; empty where any are.
    """
    of = f" of {classes}" if classes else ""
    there = {0: "There are no drawings", 1: "There is one drawing"}.get(count, f"There are {count} drawings")
    return f"{there}{of} to learn from, and {FEWEST_DRAWINGS} are the least: draw some more, and label them."
