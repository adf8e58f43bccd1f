"""Unfinished offer: a training that was interrupted never takes over by itself; the next start offers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.networks.networks import Networks
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.widgets.panels.notice_bar import Offer
from engine.errors import ScratchpadError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.store.run import Run


class UnfinishedOffer(QObject):
    """Looks once the store is open; each run is offered once.

    Signals:
        offered: One sentence, and a list of `Offer`.
    """

    offered = Signal(str, list)

    def __init__(
        self,
        store_service: StoreService,
        networks: Networks,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store_service, self._networks, self._settings = store_service, networks, settings
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.look)
        store_service.opened.connect(self.look)

    @property
    def is_waiting(self) -> bool:
        """Whether the newest run may have been interrupted, which is not certain yet."""
        return self._later.isActive()

    def look(self) -> None:
        """See whether the newest run was interrupted, and offer its network."""
        from engine.store.run import INTERRUPTED, SILENCE_S, TRAINING

        store = self._store_service.store
        if store is None:
            return
        try:
            run = store.runs.newest()
        except ScratchpadError:  # the page of runs says so
            return
        if run is None or run.id <= self._settings.told_run:
            return
        if run.state == TRAINING and not self._later.interval():
            # Of a program that was ended a moment ago, or of one that goes on: its silence tells.
            self._later.start(round(1000 * SILENCE_S))
        elif run.state == INTERRUPTED and run.path is not None:
            self._settings.told_run = run.id
            self._offer(run, run.path)

    def _offer(self, run: Run, path: Path) -> None:
        share = run.validation_accuracy
        right = f", {100 * share:.1f} % right on the validation set," if share is not None else ""
        self.offered.emit(
            f"The training of “{run.name}” was interrupted after {run.steps:,} of {run.total_steps:,} steps. "
            f"“{self._networks.title}” is in use; the unfinished network{right} is saved under All runs.",
            [Offer("Use the unfinished network", lambda: self._use(run, path))],
        )

    def _use(self, run: Run, path: Path) -> None:
        from engine.models.model_file import load_model

        try:
            model = replace(load_model(path), name=run.name)
        except ScratchpadError as error:
            self._networks.network_refused.emit(str(error))
        else:
            self._networks.adopt_run(model)
