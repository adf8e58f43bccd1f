"""Settings page: what to try."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.search.search_form import SearchForm
from desktop.widgets.panels.page import Page


class SettingsPage(Page):
    """The form of a search, below what it takes.

    Attributes:
        form: It.
    """

    def __init__(self, cores: int, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self.form = SearchForm(cores)
        self.column.addWidget(self.form)
        self.column.addStretch()
