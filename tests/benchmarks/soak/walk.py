"""Walk: one action after another, chosen by a seed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.window.main_window import MainWindow
from tests.benchmarks.soak import reach
from tests.benchmarks.soak.actions import ACTIONS

_REMEMBERED = 8


class Walk:
    """Walks while somebody calls `step`; between two steps the program has its turn.

    Attributes:
        actions: Begun so far.
        latest: The last of them, and what they were done to where that has a name; the newest at the end.
    """

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.actions = 0
        self.latest: deque[str] = deque(maxlen=_REMEMBERED)
        self._window = window
        self._chance = Random(seed)
        self._under_way: Iterator[str | None] | None = None
        self._is_inside = False

    def step(self) -> None:
        """Go on with the action under way, or begin another one."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        elif not self._is_inside:  # else a menu that waits for its answer handles events
            self._is_inside = True
            try:
                self._go_on()
            finally:
                self._is_inside = False

    def _go_on(self) -> None:
        if self._under_way is None:
            (action,) = self._chance.choices(list(ACTIONS), list(ACTIONS.values()))
            self.actions += 1
            self.latest.append(action.__name__)
            self._under_way = action(self._window, self._chance)
        try:
            name = next(self._under_way)
            if name:
                self.latest[-1] += f" “{name}”"
        except StopIteration:
            self._under_way = None
        except BaseException:
            self._under_way = None
            raise

    def end(self) -> None:
        """Leave the window as one that can be closed."""
        if reach.is_in_booth(self._window):
            reach.front(self._window).left.emit()
