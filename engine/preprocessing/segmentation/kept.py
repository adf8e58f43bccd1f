"""Kept: what was made for the last reading and is the same in this one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, for as long as each reading asks for them: at most those of two readings."""

    def __init__(self) -> None:
        self._former: dict[Hashable, Value] = {}
        self._current: dict[Hashable, Value] = {}

    def begin(self) -> None:
        """A new reading begins: what the last one did not ask for is forgotten."""
        self._former, self._current = self._current, {}

    def clear(self) -> None:
        """Forget everything."""
        self._former, self._current = {}, {}

    def find(self, key: Hashable) -> Value | None:
        """The value, if it is there, which this reading needs, then."""
        value = self._current.get(key)
        if value is None:
            value = self._former.get(key)
            if value is not None:
                self._current[key] = value
        return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value."""
        self._current[key] = value

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value, made if it is not there."""
        value = self.find(key)
        if value is None:
            value = make()
            self._current[key] = value
        return value
