"""The pages of the lesson."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.smoke_test.mouse import SEVEN, draw
from desktop.training.plot.loss_plot import LossPlot
from tests.benchmarks.readme_pictures.on_the_pad import TWO
from tests.benchmarks.readme_pictures.photographer import Photographer


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
    photographer.rest(500)
    photographer.take("code")
    photographer.close()
