"""Help controller: the pages of the help view, and which of them is about what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.help.help_page import KeysPage, TextPage
from desktop.help.key_groups import key_groups
from desktop.widgets.actions import Actions
from desktop.widgets.panels.tabbed_pages import TabbedPages
from desktop.widgets.theme import Colours

_CHAPTERS = ("Draw", "Train", "Teach", "Lesson", "Boundaries", "Files")
_KEYS = "Keys"


class HelpController(QObject):
    """Made when help is first asked for.

    Attributes:
        view: Where the pages are shown.
    """

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chapters = {
            actions.lesson: "Lesson",
            actions.results: "Train",
            actions.search: "Train",
            actions.boundaries: "Boundaries",
            actions.drawings: "Teach",
            actions.why: "Draw",
            actions.steps: "Draw",
        }
        pages = {name: partial(TextPage, name.lower()) for name in _CHAPTERS}
        self.view = TabbedPages({**pages, _KEYS: lambda: KeysPage(key_groups(actions))}, "Help")
        self.view.choose("Draw")

    def choose_for(self, shown: QAction | None) -> None:
        """Open the chapter about what is shown, if there is one; else the page that was read last."""
        chapter = None if shown is None else self._chapters.get(shown)
        if chapter is not None:
            self.view.choose(chapter)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.view.set_colours(colours)

    def close(self) -> None:
        """The window closes: nothing runs here."""
