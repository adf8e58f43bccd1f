"""Takes pictures of the window for the README: ``python -m tests.benchmarks.readme_pictures [NAME ...]``.

Needs the environment variable SCRATCHPAD_DATA: a folder with MNIST/raw. The pictures go to
resources/pictures; look at each before it is committed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import resources
from desktop.services.folders import use_profile
from desktop.services.settings import Settings
from desktop.smoke_test.mouse import SEVEN, draw
from desktop.training.plot.loss_plot import LossPlot
from desktop.widgets.theme import Theme
from desktop.window.main_window import MainWindow

# A two as a hand draws it, as shares of the pad.
_X = (33, 36, 43, 51, 59, 65, 67, 65, 60, 53, 46, 39, 35, 43, 52, 61, 70)
_Y = (33, 25, 20, 18, 20, 26, 34, 42, 50, 58, 66, 74, 79, 78, 77, 77, 76)
TWO = tuple((x / 100, y / 100) for x, y in zip(_X, _Y, strict=True))


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
        """Until it is so; threads go on meanwhile, which they do not beside `QTest.qWait`."""
        loop, timer = QEventLoop(), QTimer(interval=20)
        timer.timeout.connect(lambda: loop.quit() if condition() else None)
        timer.start()
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
        QTest.qWait(300)

    def page(self, name: str):
        """A page of the lesson."""
        self.window._actions.lesson.setChecked(True)
        lesson = self.window._side_views.lesson.view
        lesson.choose(name)
        QTest.qWait(400)
        return lesson.page(name)

    def take(self, name: str) -> None:
        """Save what the window shows."""
        QTest.qWait(300)
        path = Path(resources.__file__).parent / "pictures" / f"{name}.png"
        self.window.grab().save(str(path))
        print(path, flush=True)

    def close(self) -> None:
        """End what runs."""
        self.window.close()
        QTest.qWait(300)


def dark(application: QApplication) -> None:
    """A training, from the pad."""
    photographer = Photographer(application, "dark")
    draw(photographer.window.canvas, TWO)
    photographer.train(7, 5, 0.68)
    photographer.take("dark")
    photographer.close()


def light(application: QApplication) -> None:
    """Why a two is a two."""
    photographer = Photographer(application, "light")
    draw(photographer.window.canvas, TWO)
    QTest.qWait(500)
    photographer.window._actions.why.setChecked(True)
    QTest.qWait(1500)
    photographer.take("light")
    photographer.close()


def levels(application: QApplication) -> None:
    """Levels with the same seed, their curves overlaid; then the pages of the lesson."""
    photographer = Photographer(application, "light")
    draw(photographer.window.canvas, TWO)
    photographer.window.findChild(LossPlot).set_overlay(True)
    for level in (1, 2, 4, 5, 6, 7):  # level 3 takes minutes
        photographer.train(level, 1)
    photographer.take("levels")
    step = photographer.page("Step")
    for number in range(1, 5):
        step._step.click()
        photographer.wait(lambda number=number: len(step.losses) == number)
    photographer.take("step")
    photographer.page("Network")
    photographer.take("network")
    product = photographer.page("Matrix product")
    for _ in range(3):
        product.controls.step_button.click()
    photographer.take("matrix-product")
    photographer.close()


def speed(application: QApplication) -> None:
    """What each way takes; nothing else may run meanwhile."""
    photographer = Photographer(application, "light")
    page = photographer.page("Speed")
    measured = []
    page.measured.connect(measured.append)
    photographer.wait(page.measure_button.isEnabled)
    page.measure_button.click()
    photographer.wait(lambda: bool(measured))
    photographer.take("speed")
    photographer.close()


def code(application: QApplication) -> None:
    """Level 6 and its code."""
    photographer = Photographer(application, "dark")
    draw(photographer.window.canvas, SEVEN)
    photographer.page("Levels")
    photographer.window.training.fields.choose_level(6)
    QTest.qWait(500)
    photographer.take("code")
    photographer.close()


PICTURES: dict[str, Callable[[QApplication], None]] = {
    "dark": dark,
    "light": light,
    "levels": levels,
    "speed": speed,
    "code": code,
}


def main() -> None:
    """Take all of them, or those that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    for name in sys.argv[1:] or PICTURES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            use_profile(Path(folder))
            PICTURES[name](application)


if __name__ == "__main__":
    main()
