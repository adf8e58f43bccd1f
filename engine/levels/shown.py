"""What of a part is worth reading: whole classes, functions and methods, or single lines of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Source = Callable[..., Any]
"""A class, a function or a method, whose source is shown whole."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of some source that call the library.

    Attributes:
        source: Where they stand.
        words: What each of them contains.
    """

    source: Source
    words: str


Shown = Source | Excerpt
"""What a part shows."""
