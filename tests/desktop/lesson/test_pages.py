"""The table of the lesson's pages: a new page is a row in it."""

from PySide6.QtWidgets import QTabBar

import resources
from desktop.lesson.pages import PAGES
from desktop.widgets.page import Page


class StandIn(Page):
    """A page as somebody might add it: it counts the settings that were edited while it was there."""

    def __init__(self, fields):
        super().__init__("step")
        self.edits = 0
        fields.edited.connect(self._on_edited)

    def _on_edited(self):
        self.edits += 1


def test_a_new_page_is_one_row_of_the_table(make_window, monkeypatch):
    monkeypatch.setitem(PAGES, "Stand-in", lambda lesson: StandIn(lesson.fields))
    window = make_window()
    window._actions.lesson.setChecked(True)
    view = window._side_views.lesson.view
    tabs = view.findChild(QTabBar, "lessonTabs")
    assert [tabs.tabText(index) for index in range(tabs.count())] == [*PAGES]
    assert view.page("Stand-in") is None  # not before it is chosen
    tabs.setCurrentIndex(tabs.count() - 1)
    page = view.page("Stand-in")
    assert isinstance(page, StandIn)
    assert page.isVisible()
    window.training.fields.choose_level(2)
    assert page.edits == 1
    window._actions.lesson.setChecked(False)
    assert not page.isVisible()


def test_the_help_names_every_page():
    text = resources.text("texts", "help", "lesson.md")
    assert [name for name in PAGES if f"**{name}**" not in text] == []
