"""Drawings controller: the user's own drawings as data, alone or among others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.settings.settings import Settings
from desktop.training.panel import TrainingPanel
from engine.data.classes import DIGITS
from engine.data.drawing_names import ALL_DRAWINGS, DRAWINGS, DRAWINGS_NAMES, FEWEST_DRAWINGS, too_few
from engine.errors import StoreError

if TYPE_CHECKING:
    from desktop.training.run_recording import FindStore
    from engine.store.own_drawings import OwnDrawings


class DrawingsController(QObject):
    """Knows how many there are, offers them, and reads them for whoever trains."""

    def __init__(
        self, panel: TrainingPanel, settings: Settings, find_store: FindStore, parent: QObject | None = None
    ) -> None:
        """Take what answers the store once it is open, such as `StoreService.wait_for_store`."""
        super().__init__(parent)
        self._choice, self._settings, self._find_store = panel.fields.data, settings, find_store
        # Of digits, and of all names, once the store is open.
        self._counts: tuple[int, int] | None = None
        share = self._choice.share
        share.percent_changed.connect(self._on_percent_changed)
        # As it was the last time: a row that came a moment later would move all below it.
        share.set_offered(settings.drawings.are_enough)
        self.show_settings()

    def show_settings(self) -> None:
        """The settings may have been changed from elsewhere."""
        self._choice.share.choose(self._settings.drawings.percent)
        if self._counts is not None:
            self._remember(self._counts[1])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many there are of each name."""
        is_first, settings = self._counts is None, self._settings
        digits = sum(count for name, count in counts.items() if name in DIGITS.names)
        total = sum(counts.values())
        self._counts = digits, total
        self._choice.set_drawings(digits, total)
        if is_first and settings.data == ALL_DRAWINGS:  # whose entry was not there yet
            self._choice.choose(ALL_DRAWINGS)
        self._remember(total)

    def fault(self, data: str) -> str:
        """One sentence on why data cannot be trained on; empty if they can, or are no drawings."""
        if data not in DRAWINGS_NAMES or self._counts is None:
            return ""
        count = self._counts[data != DRAWINGS]
        return too_few(count) if count < FEWEST_DRAWINGS else ""

    def read(self) -> OwnDrawings:
        """What there is now. Any thread may ask, but for the window's, which would wait for the disk.

        Raises:
            StoreError: There is no store, or it cannot be read.
        """
        from engine.store.own_drawings import read_own_drawings

        store = self._find_store()
        if store is None:
            raise StoreError("Your drawings cannot be read: choose other data, or start the program again.")
        return read_own_drawings(store.drawings)

    def _on_percent_changed(self, percent: int) -> None:
        self._settings.drawings.percent = percent

    def _remember(self, count: int) -> None:
        drawings, is_enough = self._settings.drawings, count >= FEWEST_DRAWINGS
        if drawings.are_enough != is_enough:
            drawings.are_enough = is_enough
