"""Importance task: works out, away from the window, which settings matter."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.services.background_task import BackgroundTask, IsCancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.search.search_record import SearchRecord

_UNEXPECTED = "The importance of the settings could not be worked out."
NO_OPTUNA = "To see how important each setting is, install the package optuna: pip install optuna."
TOO_FEW = "How important each setting is can be seen after eight trainings."
_WORKING = "Working out how important each setting is…"
_NONE = "So far, no setting is more important than another."
# Share of new trials from which on it is worked out again.
_MORE = 0.15
# As in `engine.search.importance`, which is not imported before there are so many.
_FEWEST_TRIALS = 8


class ImportanceTask(QObject):
    """Asked at each change; works now and then.

    Signals:
        found: Shares by names of settings, or an empty mapping, and a sentence where there are none.
    """

    found = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record: SearchRecord | None = None
        self._count = 0
        self._task = BackgroundTask(_UNEXPECTED, self)
        self._task.completed.connect(self._on_completed)
        self._task.refused.connect(lambda sentence: self.found.emit({}, sentence))

    def close(self) -> None:
        """The window closes."""
        self._task.close()

    def ask(self, record: SearchRecord | None) -> None:
        """A search may have come further."""
        if record is not self._record:
            self._record, self._count = record, 0
            self.found.emit({}, "")
        if record is None or len(record.varied) < 2 or self._task.is_busy:
            return
        if importlib.util.find_spec("optuna") is None:
            self.found.emit({}, NO_OPTUNA)
            return
        count = len(record.scored())
        if count < _FEWEST_TRIALS:
            self.found.emit({}, TOO_FEW)
            return
        is_due = count >= self._count * (1 + _MORE) or (record.ended is not None and count > self._count)
        if not is_due:
            return
        if not self._count:
            self.found.emit({}, _WORKING)
        self._count = count
        space, trials, objective = record.plan.space, list(record.trials.values()), record.plan.objective

        def work(_is_cancelled: IsCancelled) -> Mapping[str, float]:
            from engine.search.importance import importances

            return importances(space, trials, objective)

        self._task.begin(work)

    def _on_completed(self, shares: Mapping[str, float]) -> None:
        self.found.emit(shares, "" if shares else _NONE)
