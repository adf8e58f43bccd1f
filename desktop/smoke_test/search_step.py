"""Search step: a search in processes of their own, each of which is this program once more."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar

from desktop.smoke_test.checks import expect, require
from desktop.smoke_test.user import User
from desktop.window.main_window import MainWindow

_FIELDS = {"hidden": "10; 20", "learning_rate": "0.05 0.2", "epochs": "1", "optimiser": "sgd"}


def search(window: MainWindow, user: User) -> str:
    """Search a little, and look at all pages.

    Returns:
        What was done.

    Raises:
        AssertionError: Something is not as it should be.
        TookTooLongError: It does not end.
    """
    from desktop.search.search_foot import SearchFoot
    from desktop.search.search_form import SearchForm

    user.action("Search").trigger()
    form = expect(window.findChild(SearchForm), "the search has no form")
    foot = expect(window.findChild(SearchFoot), "the search has no button")
    for name, text in _FIELDS.items():
        form.fields[name].setText(text)
    # Two processes, unless there is but one core.
    form.jobs.setCurrentIndex(min(1, form.jobs.count() - 1))
    foot.start_button.click()
    user.wait_until(foot.start_button.isEnabled, "the search ended")
    require(foot.trial.startswith("Trial"), "the search found no network")
    tabs = next(tabs for tabs in window.findChildren(QTabBar, "lessonTabs") if tabs.isVisible())
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
    user.action("Search").trigger()
    return f"a search {form.jobs.currentText().lower()} found a network"
