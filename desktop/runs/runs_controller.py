"""Runs controller: ties the page of runs to the store, the networks and the training panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.runs.run_changes import Deletion, RunChanges
from desktop.runs.run_columns import USUAL
from desktop.runs.run_uses import RunUses
from desktop.runs.runs_page import RunsPage
from desktop.runs.runs_thread import Command, ListAll, ListChanged, LoadNetwork, ReadCurves, RunsThread

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.networks.networks import Networks
    from desktop.runs.curve_reader import ComparedRun
    from desktop.services.store_service import StoreService
    from desktop.settings.settings import Settings
    from desktop.training.fields import TrainingFields
    from desktop.training.trainer import Trainer
    from engine.models.model import Model
    from engine.store.run import Run

_REFRESH_MS = 1000
_NO_RUNS = "No runs yet. Press Train, and every training is saved here."


class RunsController(QObject):
    """Made when the page is first chosen. Looks for what changed once a second while the page is seen.

    Attributes:
        page: What is shown.
    """

    def __init__(
        self,
        *,
        store_service: StoreService,
        networks: Networks,
        trainer: Trainer,
        fields: TrainingFields,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        """Show no runs yet.

        Args:
            store_service: Has the runs.
            networks: Takes the network of a run.
            trainer: While it trains, no other network is put to use.
            fields: Take the settings of a run.
            settings: Remembers the order of the table.
            parent: Of this object.
        """
        super().__init__(parent)
        self._store_service, self._networks, self._trainer = store_service, networks, trainer
        self._settings = settings
        self._thread: RunsThread | None = None
        self._returning: Deletion | None = None
        self._shown: list[Run] = []
        self._failure = ""
        self.page = page = RunsPage()
        key, is_descending = settings.runs_order
        page.table.set_order(key or USUAL, is_descending)
        page.table.order_changed.connect(self._on_order_changed)
        page.table.current_changed.connect(self._on_current_changed)
        page.model.compared_changed.connect(self._show_curves)
        page.reading_requested.connect(self._on_reading_requested)
        page.shown_changed.connect(self._on_shown_changed)
        self._uses = RunUses(page, fields, settings, self)
        self._changes = RunChanges(page, store_service, networks, self)
        self._changes.deleted.connect(self._on_rows_changed)
        self._changes.restored.connect(self._on_restored)
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(lambda: self._ask(ListChanged()))
        self._store_service.opened.connect(self._on_opened)

    def close(self) -> None:
        """The window closes: end what reads and wait for it."""
        self._refresh.stop()
        if self._thread is not None:
            self._thread.end()
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None

    # When to read.

    def _on_shown_changed(self, is_shown: bool) -> None:
        if is_shown:
            self._ask(ListAll())
            self._refresh.start()
        else:
            self._refresh.stop()

    def _on_opened(self) -> None:
        if self.page.isVisible():
            self._ask(ListAll())

    def _ask(self, command: Command) -> None:
        store = self._store_service.store
        if store is None:
            if self._store_service.trouble:
                self.page.show_empty(f"Runs are not saved. {self._store_service.trouble}")
            return
        if self._thread is None:
            thread = self._thread = RunsThread(store.runs, store.searches, self._networks.library, self)
            # Bound slots of this object: they run in the GUI thread, whichever thread emits.
            thread.searches_read.connect(self.page.model.set_search_states)
            thread.runs_listed.connect(self._on_runs_listed)
            thread.runs_changed.connect(self._on_runs_changed)
            thread.curves_read.connect(self._on_curves_read)
            thread.network_loaded.connect(self._on_network_loaded)
            thread.network_failed.connect(self.page.show_notice)
            thread.reading_failed.connect(self._on_reading_failed)
            thread.start()
        self._thread.ask(command)

    # What was read.

    def _on_reading_failed(self, sentence: str) -> None:
        """It is tried again every second, and said once."""
        if sentence != self._failure:
            self._failure = sentence
            self.page.show_notice(sentence)

    def _on_runs_listed(self, runs: list[Run]) -> None:
        self.page.model.set_runs(self._changes.applied_to(runs))
        self._on_rows_changed()
        returned, self._returning = self._returning, None
        if returned is not None:
            for number in returned.compared:
                self.page.model.toggle_compared(number)
            self.page.table.choose(returned.numbers[0])

    def _on_restored(self, deletion: Deletion) -> None:
        self._returning = deletion
        self._ask(ListAll())

    def _on_runs_changed(self, runs: list[Run]) -> None:
        self._failure = ""
        self.page.model.update_runs(self._changes.applied_to(runs))
        self._on_rows_changed()

    def _on_rows_changed(self) -> None:
        table, model = self.page.table, self.page.model
        self.page.show_empty("" if model.runs else _NO_RUNS)
        if table.current is None and model.runs:
            table.choose(model.run_at(0).id)
        if self._to_show() != self._shown:
            self._show_curves()

    def _to_show(self) -> list[Run]:
        """The runs that are compared; the current one, or the best of a search, where there are none."""
        current = self.page.table.current
        numbers = list(self.page.model.compared) or ([] if current is None else [current])
        runs = [self.page.model.run(number) for number in numbers]
        return [run for run in runs if run is not None]

    def _show_curves(self) -> None:
        self._shown = self._to_show()
        if self._shown:
            self._ask(ReadCurves(tuple(self._shown)))
        else:
            self.page.plot.show_runs([], {})

    def _on_curves_read(self, compared: list[ComparedRun]) -> None:
        if [each.run.id for each in compared] == [run.id for run in self._shown]:
            styles = self.page.model.compared or {each.run.id: 0 for each in compared}
            self.page.plot.show_runs(compared, styles)

    def _on_current_changed(self, _number: int | None) -> None:
        if not self.page.model.compared:
            self._show_curves()

    def _on_order_changed(self, key: str, is_descending: bool) -> None:
        self._settings.runs_order = (key, is_descending)

    # What is done with them.

    def _on_reading_requested(self, number: int) -> None:
        run = self.page.model.run(number)
        if run is None:
            return
        if self._trainer.is_running:
            self.page.show_notice(
                f"A training is running, and its network is in use. Stop it to use “{run.name}”."
            )
        else:
            self._ask(LoadNetwork(run))

    def _on_network_loaded(self, model: Model, path: Path, trouble: str) -> None:
        from engine.training.replacement import judge

        self._networks.use(model, path)
        judgement = judge(model.provenance.validation_accuracy)
        words = f"“{model.name}” is in use now"
        if not judgement.may_replace:  # it was asked for, so it is used, and said
            words = f"{words}, though it {judgement.reason}"
        self.page.show_notice(f"{words}. {trouble}".strip(), stays=bool(trouble) or not judgement.may_replace)
