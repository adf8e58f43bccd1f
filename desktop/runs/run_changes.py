"""Run changes: runs are renamed, deleted and brought back, in the store first and then in the table."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.dialogs.question_dialog import QuestionDialog
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from desktop.networks.networks import Networks
    from desktop.runs.runs_page import RunsPage
    from desktop.services.store_service import StoreService
    from engine.store.run import Run


@dataclass(frozen=True, slots=True)
class Deletion:
    """Runs that were deleted together.

    Attributes:
        numbers: Of the runs.
        compared: Those of them that were compared.
    """

    numbers: list[int]
    compared: list[int]


class RunChanges(QObject):
    """Does what the page asks for.

    Signals:
        deleted: Rows are gone from the table.
        restored: A `Deletion` was undone; its runs are in the store again.
    """

    deleted = Signal()
    restored = Signal(object)

    def __init__(
        self, page: RunsPage, store_service: StoreService, networks: Networks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._networks = networks
        self._page = page
        self._store_service = store_service
        self._deletions: list[Deletion] = []
        self._names: dict[int, str] = {}
        page.model.rename_requested.connect(self._on_rename_requested)
        page.deletion_requested.connect(self._on_deletion_requested)
        page.undo_requested.connect(self._on_undo_requested)

    def applied_to(self, runs: Iterable[Run]) -> list[Run]:
        """Runs as they are by now: what was read a moment ago may not know of a deletion or another name."""
        gone = {number for deletion in self._deletions for number in deletion.numbers}
        return [self._renamed(run) for run in runs if run.id not in gone]

    def _renamed(self, run: Run) -> Run:
        name = self._names.get(run.id, run.name)
        if name == run.name:
            self._names.pop(run.id, None)
            return run
        return replace(run, name=name)

    def _on_rename_requested(self, number: int, name: str) -> None:
        run, store = self._page.model.run(number), self._store_service.store
        if run is None or store is None:
            return
        former = run.name

        def refuse(sentence: str) -> None:
            self._names.pop(number, None)
            self._page.model.rename(number, former)
            self._page.show_notice(sentence)

        def then(_done: None) -> None:
            # One that was never read with or whose weights are damaged is in no menu.
            with contextlib.suppress(ScratchpadError):
                kept = self._names[number] = store.runs.get(number).name
                self._rename_network(run, kept)

        self._names[number] = " ".join(name.split())
        self._page.model.rename(number, self._names[number])
        self._store_service.when_kept(store.runs.rename(number, name), then, refuse)

    def _rename_network(self, run: Run, name: str) -> None:
        """The network of a run goes by one name everywhere."""
        from engine.models.model_file import load_model

        if run.path is not None:
            self._networks.rename(replace(load_model(run.path), name=run.name), name)

    def _on_deletion_requested(self, rows: list[int]) -> None:
        """Whoever deletes a search deletes more than is seen, and so is asked once."""
        model = self._page.model
        searches = [row for row in rows if row < 0]
        if searches:
            QuestionDialog(
                self._page,
                "Delete a search" if len(searches) == 1 else "Delete searches",
                _question(len(searches), len(model.numbers(searches)), len(model.numbers(rows))),
                "Delete",
                lambda: self._delete(model.numbers(rows)),
            ).open()
        else:
            self._delete(rows)

    def _delete(self, numbers: list[int]) -> None:
        store, model = self._store_service.store, self._page.model
        names = [run.name for run in map(model.run, numbers) if run is not None]
        if store is None or not names:
            return
        words = f"“{names[0]}”" if len(names) == 1 else f"{len(names):,} runs"
        deletion = Deletion(numbers, [number for number in model.compared if number in numbers])

        def then(_done: None) -> None:
            self._deletions.append(deletion)
            model.remove(numbers)
            self.deleted.emit()
            self._page.show_notice(f"{words} deleted.", can_undo=True)

        self._store_service.when_kept(store.runs.delete(numbers), then, self._page.show_notice)

    def _on_undo_requested(self) -> None:
        store = self._store_service.store
        if store is None or not self._deletions:
            return
        deletion = self._deletions.pop()

        def then(_done: None) -> None:
            if self._deletions:
                self._page.show_notice("Brought back. There is more to undo.", can_undo=True)
            else:
                self._page.show_notice("Brought back.", stays=False)
            self.restored.emit(deletion)

        def refuse(sentence: str) -> None:
            self._deletions.append(deletion)
            self._page.show_notice(sentence, can_undo=True)

        self._store_service.when_kept(store.runs.restore(deletion.numbers), then, refuse)


def _question(searches: int, trials: int, all_runs: int) -> str:
    """Whether so many searches are to be deleted with their trials, and other runs beside them."""
    what = "this search with its" if searches == 1 else f"{searches} searches with their"
    others = all_runs - trials
    more = f", and {others:,} other run{'s' * (others != 1)}" if others else ""
    return f"Delete {what} {trials:,} training{'s' * (trials != 1)}{more}? Undo brings them back."
