"""Photographer: a window of the usual size, and pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

import resources
from desktop.learning.practice_controller import PracticeController
from desktop.pad.document import PadDocument
from desktop.settings.settings import Settings
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow
from engine.preprocessing.ink import Ink


def save_picture(picture: QImage, name: str) -> None:
    """Put it where the README looks for it."""
    path = Path(resources.__file__).parent / "pictures" / f"{name}.png"
    picture.save(str(path))
    print(path, flush=True)


class Photographer:
    """A window of the usual size in a profile that is thrown away."""

    def __init__(self, application: QApplication, appearance: str) -> None:
        settings = Settings()
        settings.shows_first_steps = False
        self.window = MainWindow(settings, Theme(application, appearance))
        self.window.resize(1280, 800)
        self.window.show()
        self.window.load_engine()
        self.wait(self.window.training.train_button.isEnabled)
        self.window.training_controller.plots.made_plot()
        self.window.training.fields.choose_data("mnist")

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until it is so; threads go on meanwhile, as they hardly do beside `QTest.qWait`."""
        loop, timer = QEventLoop(), QTimer(interval=20)
        timer.timeout.connect(lambda: loop.quit() if condition() else None)
        timer.start()
        loop.exec()

    def rest(self, milliseconds: int) -> None:
        """Let the window come to rest before it is looked at."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def train(self, level: int, epochs: int, share: float = 1.0) -> None:
        """Train, and wait for that share of it."""
        fields, trainer = self.window.training.fields, self.window.training_controller.trainer
        fields.choose_level(level)
        fields.epochs.setValue(epochs)
        self.window.training.train_button.click()
        shares = [0.0]
        trainer.progressed.connect(lambda done, *_: shares.append(done))
        self.wait(lambda: shares[-1] >= share if share < 1 else shares[-1] > 0 and not trainer.is_running)
        self.rest(300)

    def page(self, name: str) -> Any:
        """A page of the lesson."""
        self.window._actions.lesson.setChecked(True)
        lesson = self.window._side_views.lesson.view
        lesson.choose(name)
        self.rest(400)
        return lesson.page(name)

    def draw_rounds(
        self, practice: PracticeController, document: PadDocument, ink: Callable[[int, int], Ink], rounds: int
    ) -> None:
        """Draw what practice asks for, and leave the last drawing on the pad.

        Args:
            practice: A round was begun.
            document: What it looks at.
            ink: From a digit and a seed to a drawing.
            rounds: How many.
        """
        for seed in range(rounds):
            digit = practice._asked.round.digit
            document.put_ink(ink(digit, seed))
            if seed < rounds - 1:
                practice.keep()

    def take(self, name: str, window: QWidget | None = None) -> None:
        """Save what the window shows, or another one."""
        self.rest(300)
        save_picture((window or self.window).grab().toImage(), name)

    def close(self) -> None:
        """End what runs."""
        self.window.close()
        self.rest(300)
