"""Qt applies the style sheet again to all that is in a widget whose parent changes: it is to change early."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Stylings(QObject):
    """Counts how often widgets were told that they are styled."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.StyleChange
        return False


@pytest.fixture
def stylings(qapp: QApplication):
    stylings = Stylings()
    qapp.installEventFilter(stylings)
    yield stylings
    qapp.removeEventFilter(stylings)


def test_the_window_is_styled_once_while_it_is_made(make_window, stylings):
    window = make_window()
    # A few times each while its row and its panel are put together; with each level above, it was seven.
    assert stylings.count < 4 * len(window.findChildren(QWidget))


@pytest.mark.parametrize("name", ["lesson", "results", "search"])
def test_so_is_the_first_page_of_a_side_view(make_window, stylings, name):
    window = make_window()
    stylings.count = 0
    getattr(window._actions, name).setChecked(True)
    view = getattr(window._side_views, name).view
    assert stylings.count < 4 * len(view.findChildren(QWidget))
