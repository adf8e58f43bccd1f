"""Adding is easy in the window, too: a page, activation, optimiser or data source is one row of a table."""

from PySide6.QtWidgets import QTabBar

import resources
from desktop.lesson.pages import PAGES
from desktop.widgets.panels.page import Page
from engine.data.sources import DATA_SOURCES, DataSource
from engine.nn.registry import ACTIVATIONS, OPTIMISERS, ActivationEntry, OptimiserEntry

SUBJECTS = "tests.engine.test_registry"
"""Where the classes of the stand-ins are."""


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


def test_a_new_activation_optimiser_and_data_source_are_offered_and_shown(make_window, monkeypatch):
    activation = ActivationEntry("softplus", f"{SUBJECTS}:Softplus", "Softplus", "Softplus")
    optimiser = OptimiserEntry("RMSprop", 0.003, f"{SUBJECTS}:RMSprop", "RMSprop", lambda *_: {})
    monkeypatch.setitem(ACTIVATIONS, "softplus", activation)
    monkeypatch.setitem(OPTIMISERS, "rmsprop", optimiser)
    monkeypatch.setitem(DATA_SOURCES, "dots", DataSource("dots on paper", "a small set", lambda *_: None))
    window = make_window()
    fields = window.training.fields
    fields.level.setCurrentIndex(fields.level.findData(7))
    for choice, text in (
        (fields.activation, "Softplus"),
        (fields.optimiser, "RMSprop"),
        (fields.data, "Dots on paper"),
    ):
        assert choice.findText(text) >= 0
        choice.setCurrentIndex(choice.findText(text))
    settings = fields.settings()
    assert (settings.activation, settings.optimiser, fields.data_name) == ("softplus", "rmsprop", "dots")
    assert settings.learning_rate == 0.003
    window._actions.lesson.setChecked(True)
    cards = window._side_views.lesson.view.page("Levels").cards
    assert "class RMSprop" in cards["Optimiser"].code.toPlainText()
    assert "class Softplus" in cards["Gradients"].code.toPlainText()
    window.close()
    assert make_window().training.fields.data_name == "dots"
