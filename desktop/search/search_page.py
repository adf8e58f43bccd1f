"""Search page: what the pages that show a search have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.widgets.panels.page import Page

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord

NOTHING_YET = "Nothing here yet. Press Start: each training shows up here once it is done."
UNDER_WAY_YET = "The first trainings are under way."
"""Said in place of a picture."""


class SearchPage(Page):
    """Shows a search as far as it is.

    Signals:
        trial_chosen: Number of a trial that was clicked.
    """

    trial_chosen = Signal(int)

    def show_search(self, record: SearchRecord | None, chosen: int | None) -> None:
        """Show what is known of a search, and mark the chosen trial; None where there was no search yet."""
        raise NotImplementedError
