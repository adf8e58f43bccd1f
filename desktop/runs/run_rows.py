"""Run rows: all runs there are, and the rows that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from desktop.runs.number_rows import arranged
from desktop.runs.search_row import best_of, row_number, search_of, search_row

if TYPE_CHECKING:
    from engine.store.run import Run


class RunRows:
    """The trials of a search make one row; when it is open, they follow it. Other runs make a row each.

    Attributes:
        runs: All runs, by their numbers.
    """

    def __init__(self) -> None:
        self.runs: dict[int, Run] = {}
        self._states: dict[int, str] = {}
        self._open: set[int] = set()

    def set_states(self, states: Mapping[int, str]) -> bool:
        """The states of the searches, by their numbers; whether they are others than before."""
        is_new = self._states != states
        self._states = dict(states)
        return is_new

    def is_open(self, number: int) -> bool:
        """Whether the trials of a search's row follow it."""
        return number in self._open

    def set_open(self, number: int, is_open: bool) -> None:
        """Show the trials of a search's row, or that row alone."""
        if is_open:
            self._open.add(number)
        else:
            self._open.discard(number)

    def trials(self, number: int) -> list[Run]:
        """Those that a search's row stands for."""
        return [run for run in self.runs.values() if run.search == search_of(number)]

    def run(self, number: int) -> Run | None:
        """The run of a number; of a search's row, the best of its trials."""
        if number >= 0:
            return self.runs.get(number)
        trials = self.trials(number)
        return best_of(trials) if trials else None

    def numbers(self, chosen: Iterable[int]) -> list[int]:
        """The numbers of the runs that some rows stand for, each of them once."""
        found: dict[int, None] = {}
        for number in chosen:
            found.update(dict.fromkeys([number] if number >= 0 else [run.id for run in self.trials(number)]))
        return list(found)

    def rows(self, value: Callable[[Run], Any], order: Qt.SortOrder) -> list[Run]:
        """All rows in the order of a value; the trials of a search are in that order below its row."""
        singles: list[Run] = []
        trials: dict[int, list[Run]] = {}
        for run in self.runs.values():
            if run.search is None:
                singles.append(run)
            else:
                trials.setdefault(row_number(run.search), []).append(run)
        searches = [
            search_row(search_of(number), each, self._states.get(search_of(number), ""))
            for number, each in trials.items()
        ]
        found: list[Run] = []
        for row in _sorted([*singles, *searches], value, order):
            found.append(row)
            if row.id in self._open:
                found += _sorted(trials[row.id], value, order)
        return found


def _sorted(rows: list[Run], value: Callable[[Run], Any], order: Qt.SortOrder) -> list[Run]:
    newest_first = sorted(rows, key=lambda run: (run.created, run.id), reverse=True)
    return arranged(newest_first, value, order)
