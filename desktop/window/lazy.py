"""Lazy: a part of the window that is made when it is first wanted, and can be asked whether it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """Most people open few of the pages at a start, and each of them takes time to import."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None

    @property
    def made(self) -> T | None:
        """What was made; None as long as nobody wanted it."""
        return self._made

    def get(self) -> T:
        """What is wanted, the same each time; made when this is called for the first time."""
        if self._made is None:
            self._made = self._make()
        return self._made
