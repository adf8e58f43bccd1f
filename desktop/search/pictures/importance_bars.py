"""Importance bars: how much each setting accounts for, a bar for each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.search.search_text import setting_words
from desktop.widgets.bars.share_bars import ShareBar, ShareBars


class ImportanceBars(ShareBars):
    """The most important one comes first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Importance of the settings", parent=parent)
        self._shares: dict[str, float] = {}

    @property
    def shares(self) -> dict[str, float]:
        """What is shown, by names of settings."""
        return dict(self._shares)

    def show_shares(self, shares: Mapping[str, float]) -> None:
        """Show shares that add up to 1, by names of settings, the largest first."""
        self._shares = dict(shares)
        self.show_bars(
            [ShareBar(setting_words(name), share, f"{100 * share:.0f} %") for name, share in shares.items()]
        )
