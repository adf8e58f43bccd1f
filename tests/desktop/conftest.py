"""What the window's tests share: a fresh profile, a window, and guards against leftovers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from desktop.pad.document import PadDocument
from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
from desktop.widgets.zoom.lengths import USUAL
from desktop.window.main_window import MainWindow
from tests.desktop.held_training import HeldTraining
from tests.desktop.patience import PatientBot
from tests.desktop.started_threads import threads_still_running
from tests.engine.digit_sets import small_set


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """In the place of pytest-qt's."""
    return PatientBot(request)


@pytest.fixture
def document(qapp: QApplication) -> Iterator[PadDocument]:
    """What a pad shows, without the pad."""
    document = PadDocument()
    yield document
    # With all that is its child, as a window that closes does.
    document.deleteLater()


@pytest.fixture
def held_training(monkeypatch: pytest.MonkeyPatch) -> HeldTraining:
    """Trainings go on only as far as the test lets them."""
    return HeldTraining(monkeypatch)


@pytest.fixture(autouse=True)
def nothing_is_left_behind(qapp: QApplication) -> Iterator[None]:
    """A thread that still runs or a window that still stands after a test fails it, by name."""
    before = QApplication.topLevelWidgets()
    yield
    QApplication.sendPostedEvents(None, 52)  # deferred deletions
    QApplication.processEvents()
    running = threads_still_running()
    assert not running, f"left running: {running}"
    for widget in QApplication.topLevelWidgets():
        assert not widget.isVisible(), f"{widget} was left open"
        # Menus, lists and tool tips are windows too; those that are not shown harm nobody.
        is_fleeting = widget.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
        is_new = widget not in before
        assert not is_new or widget.parentWidget() or is_fleeting, f"{widget} was left behind"
        if is_new and not widget.parentWidget():
            # The menus of plots, which belong to nobody: hundreds of them, each styled in every later test.
            widget.deleteLater()


@pytest.fixture(autouse=True)
def pictures_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, what is opened is there when the call returns."""
    monkeypatch.setattr("desktop.pad.picture_opener.AT_ONCE_S", 60.0)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light appearance, for a start."""
    theme = Theme(qapp, "light")
    yield theme
    qapp.styleHints().colorSchemeChanged.disconnect(theme._on_scheme_changed)
    theme.zoom_to(USUAL)
    theme.choose("system")
    # It belongs to the application, and would hear every event of what was hidden when it came.
    theme._restyling.deleteLater()
    theme.deleteLater()


@pytest.fixture
def make_window(
    qtbot, theme: Theme, tmp_path: Path, no_mnist, little_to_rehearse
) -> Iterator[Callable[[], MainWindow]]:
    """Make the main window as a user has it at first: engine loaded, plot in place, no MNIST."""
    windows = []

    def make() -> MainWindow:
        window = MainWindow(Settings(tmp_path / "scratchpad.ini"), theme)
        windows.append(window)
        window.resize(QSize(1280, 800))
        window.show()
        qtbot.waitExposed(window)
        with qtbot.waitSignal(window.became_ready):
            window.load_engine()
        qtbot.waitUntil(window.training.train_button.isEnabled)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def no_mnist(monkeypatch):
    """The program knows of none on this computer; a test that wants it asks for `mnist_folder`."""
    monkeypatch.delenv("SCRATCHPAD_DATA", raising=False)


@pytest.fixture
def little_handwriting(monkeypatch, no_mnist):
    """What a training learns from is written in a moment, and there is no MNIST to be tried on."""
    monkeypatch.setattr("engine.data.sources.HANDWRITING_COUNT", 1200)
    monkeypatch.setattr("engine.data.sources.HANDWRITING_HELD_OUT", 200)


@pytest.fixture
def any_network_will_do(monkeypatch):
    """A network trained for a moment takes the place of the shipped one: for tests of what comes after."""
    monkeypatch.setattr("engine.training.replacement._CLEARLY", 1.0)
    monkeypatch.setattr("engine.training.replacement._DEVIATIONS", -100.0)


@pytest.fixture
def little_to_rehearse(monkeypatch):
    """Built-in handwriting that is written once for all tests."""
    monkeypatch.setattr("engine.adaptation.rehearsal.write_rehearsal", lambda *_: small_set(3_000))
