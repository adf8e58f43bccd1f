"""Settings page: what to try, and what will happen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.search.search_form import SearchForm
from desktop.widgets.fonts import tabular
from desktop.widgets.page import Page
from desktop.widgets.plain_text import PlainLabel


class SettingsPage(Page):
    """The form of a search.

    Attributes:
        form: It.
    """

    def __init__(self, cores: int, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self.form = SearchForm(cores)
        self._plan = PlainLabel()
        self._plan.setWordWrap(True)
        self._plan.setFont(tabular(self._plan.font()))
        self._plan.setAccessibleName("What will happen")
        self.column.addWidget(self.form)
        self.column.addWidget(self._plan)
        self.column.addStretch()

    @property
    def plan_words(self) -> str:
        """What will happen, in a sentence."""
        return self._plan.text()

    def show_plan_words(self, words: str) -> None:
        """Say what will happen."""
        self._plan.setText(words)
