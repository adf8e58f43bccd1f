"""Actions: what the walk can do; each is a generator that lets the program answer between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QMenu, QTabBar, QWidget

from desktop.smoke_test.mouse import SEVEN, TWO
from desktop.training.plot.loss_plot import LossPlot
from desktop.window.main_window import MainWindow
from engine.data.sources import HANDWRITING
from engine.nn.registry import OPTIMISERS
from engine.settings import LEVELS, TrainingSettings
from tests.benchmarks.soak import reach

Action = Callable[[MainWindow, Random], Iterator[str | None]]

_HIDDEN = ((), (16,), (100,), (64, 32))
_RATES = (0.05, 0.002, 0.5, 10.0)
_LEFT = Qt.MouseButton.LeftButton
_KEYS = (
    *("Escape", "Tab", "Backtab", "Return", "Space", "Delete", "Left", "Right", "Up", "Down"),
    *("Home", "End", "F1", "F2", "F10", "F11", "S", "U", "W"),
)
_CONTROL_KEYS = ["Z", "Y", "U", "D", "E", "I", "L", "M", "R", "T", "V", "C", "A", "Period"]
_LIST_KEYS = ["Space", "Delete", "Return", "Up", "Down", "S", "1", "2"]
_SHAPES = (
    TWO,
    SEVEN,
    ((0.5, 0.15), (0.5, 0.85)),
    ((0.5, 0.2), (0.3, 0.5), (0.5, 0.8), (0.7, 0.5), (0.5, 0.2)),
)


def draw(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """A digit or two, or a scrawl."""
    canvas = reach.pad(window)
    for left in chance.choice(((0.0,), (0.0,), (-0.2, 0.25))):
        if canvas is None or not canvas.isVisible():
            return
        shape = chance.choice(_SHAPES)
        yield from _stroke(canvas, [(x * 0.8 + left + chance.gauss(0.1, 0.02), y) for x, y in shape])


def _stroke(canvas: QWidget, places: Sequence[tuple[float, float]]) -> Iterator[str | None]:
    def point(place: tuple[float, float]) -> QPoint:
        return QPoint(round(place[0] * canvas.width()), round(place[1] * canvas.height()))

    QTest.mousePress(canvas, _LEFT, pos=point(places[0]))
    yield
    for (x, y), (to_x, to_y) in pairwise(places):
        for part in range(1, 5):
            QTest.mouseMove(canvas, point((x + (to_x - x) * part / 4, y + (to_y - y) * part / 4)))
        yield
    QTest.mouseRelease(canvas, _LEFT, pos=point(places[-1]))


def press_keys(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Some keys, wherever the focus is."""
    for _ in range(chance.randint(1, 4)):
        focused = QApplication.focusWidget()
        target = focused if focused is not None and focused.window() is reach.front(window) else None
        if reach.is_setting_of_size(window, target):
            QTest.keyClick(target, Qt.Key.Key_Tab)
        elif chance.random() < 0.3:
            name = chance.choice(_CONTROL_KEYS)
            control = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(target or reach.front(window), Qt.Key[f"Key_{name}"], control)
        else:
            name = chance.choice([*_KEYS, *"0123456789"])
            QTest.keyClick(target or reach.front(window), Qt.Key[f"Key_{name}"])
        yield


def click_button(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Any button that can be seen."""
    found = reach.buttons(window)
    if not found:
        return
    button = chance.choice(found)
    name = button.text() or button.accessibleName() or button.toolTip()
    QTest.mouseClick(button, _LEFT)
    yield name


def click_anywhere(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Any place of anything that can be seen."""
    found = [each for each in reach.shown(window, QWidget) if reach.is_safe_to_click(each)]
    if found:
        widget = chance.choice(found)
        place = QPoint(chance.randrange(max(1, widget.width())), chance.randrange(max(1, widget.height())))
        QTest.mouseMove(widget, place)
        yield
        QTest.mouseClick(widget, _LEFT, pos=place)
    yield


def trigger(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Any entry of a menu or toolbar, but for the one that ends the program; in the booth, the way out."""
    if reach.is_in_booth(window):
        QTest.keyClick(reach.front(window), Qt.Key.Key_F11)
        return
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    entries: list[QAction] = [
        *window.actions(),
        *(entry for menu in window.findChildren(QMenu) for entry in menu.actions()),
    ]
    found = [
        entry
        for entry in entries
        if entry.isEnabled() and not entry.isSeparator() and entry.menu() is None and entry.text() != "Quit"
    ]
    entry = chance.choice(found)
    name = entry.text()
    entry.trigger()
    yield name


def choose_tab(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """A page of the lesson or the results."""
    found = reach.shown(window, QTabBar)
    if found:
        tabs = chance.choice(found)
        place = chance.randrange(tabs.count())
        name = tabs.tabText(place)
        tabs.setCurrentIndex(place)
        yield name


def choose_entry(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Something from a list that opens."""
    found = [each for each in reach.shown(window, QComboBox) if each.count()]
    if found:
        box = chance.choice(found)
        box.setCurrentIndex(chance.randrange(box.count()))
        box.activated.emit(box.currentIndex())
    yield


def use_list(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Rows of the runs or drawings: choose, tick, delete, bring back."""
    found = [
        each for each in reach.shown(window, QAbstractItemView) if each.model() and each.model().rowCount()
    ]
    if not found:
        return
    view = chance.choice(found)
    view.setFocus()
    for _ in range(chance.randint(1, 4)):
        model = view.model()
        if model is None or not model.rowCount():
            return
        view.setCurrentIndex(model.index(chance.randrange(model.rowCount()), 0))
        if chance.random() < 0.3:
            key = chance.choice((Qt.Key.Key_Z, Qt.Key.Key_A))
            QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClick(view, Qt.Key[f"Key_{chance.choice(_LIST_KEYS)}"])
        yield


def train(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """A short training, some of them diverging."""
    if reach.is_in_booth(window):
        return
    if window.training_controller.is_running:
        window.training_controller.stop()
    else:
        settings = TrainingSettings(
            hidden=chance.choice(_HIDDEN),
            epochs=chance.randint(1, 6),
            batch_size=chance.choice((16, 64)),
            learning_rate=chance.choice(_RATES),
            optimiser=chance.choice(sorted(OPTIMISERS)),
            level=chance.choice(LEVELS),
        )
        window.training.fields.set_settings(settings, HANDWRITING, "cpu")
        window.training.request_training()
    yield


def clear_plot(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """What the plot's buttons do, whether it is seen or not."""
    plot = window.findChild(LossPlot)
    if plot is not None:
        chance.choice(
            (
                plot.clear_runs,
                lambda: plot.set_overlay(not plot.is_overlaid),
                lambda: plot.set_log_scale(chance.random() < 0.5),
                plot.export_requested.emit,
            )
        )()
    yield


def change_appearance(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Light or dark."""
    entries = [each for each in window.findChildren(QAction) if each.data() in ("light", "dark", "system")]
    chance.choice(entries).trigger()
    yield


def resize(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Another size."""
    if not reach.is_in_booth(window):
        window.resize(chance.randint(900, 1900), chance.randint(560, 1050))
    yield


def close_dialogs(window: MainWindow, chance: Random) -> Iterator[str | None]:
    """Whatever stands beside the window."""
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and widget.isWindow() and widget.parentWidget() is window:
            widget.close()
    yield


ACTIONS: dict[Action, int] = {
    draw: 20,
    press_keys: 14,
    click_button: 16,
    click_anywhere: 10,
    trigger: 10,
    choose_tab: 8,
    choose_entry: 4,
    use_list: 6,
    train: 6,
    clear_plot: 2,
    change_appearance: 1,
    resize: 2,
    close_dialogs: 2,
}
"""How often each is chosen beside the others."""
