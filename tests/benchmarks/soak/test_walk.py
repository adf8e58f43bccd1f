"""The walk of the benchmark, a short one by a fixed seed: whatever is done, nothing is raised."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
from desktop.widgets.zoom.lengths import USUAL
from desktop.window.main_window import MainWindow
from tests.benchmarks.soak.sandbox import sandbox
from tests.benchmarks.soak.walk import Walk
from tests.benchmarks.soak.watch import Errors

_ACTIONS = 200


@pytest.fixture
def window(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """As the benchmark has it."""
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)
    folder = tmp_path / "files"
    folder.mkdir()
    application = QApplication.instance()
    theme = Theme(application, "light")
    with sandbox(folder):
        window = MainWindow(Settings(tmp_path / "scratchpad.ini"), theme)
        window.resize(QSize(1280, 800))
        window.show()
        qtbot.waitExposed(window)
        with qtbot.waitSignal(window.became_ready, timeout=60_000):
            window.load_engine()
        qtbot.waitUntil(window.training.train_button.isEnabled, timeout=20_000)
        yield window
        window.close()
        window.deleteLater()
    application.styleHints().colorSchemeChanged.disconnect(theme._on_scheme_changed)
    # Both may be others now, and would be those of every later test.
    theme.zoom_to(USUAL)
    theme.choose("system")
    theme.deleteLater()


# The screenless platform says what it cannot do; that is no fault of the window.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.whole_program
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_no_action_of_a_random_walk_raises(window, seed):
    # What slots raise, and what Qt warns of, fails the test by itself.
    logged = Errors()
    logging.getLogger().addHandler(logged)
    walk = Walk(window, seed)
    while walk.actions < _ACTIONS:
        walk.step()
        QApplication.processEvents()
    walk.end()
    logging.getLogger().removeHandler(logged)
    assert not logged.found
