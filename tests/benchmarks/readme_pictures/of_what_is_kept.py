"""Results, runs, drawings and the booth."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.results.results_controller import RUNS
from desktop.runs.comparison_plot import LOG_LOSS
from engine.cli.options import DATA_VARIABLE
from engine.data.handwriting.synthetic_digits import random_ink
from tests.benchmarks.readme_pictures.photographer import Photographer

# Of the pen digits, every so many and so many of them.
_STRIDE, _DRAWINGS = 53, 120
_TRIED = (((100,), 5), ((300,), 5), ((100,), 10), ((32,), 5), ((), 5))


def results(application: QApplication) -> None:
    """The confusion matrix of a network that was just trained."""
    photographer = Photographer(application, "light")
    photographer.train(7, 5)
    photographer.window._actions.results.setChecked(True)
    controller = photographer.window._side_views.results
    photographer.wait(lambda: controller.results is not None)
    controller.view.page("Mistakes").matrix.choose(5, 3)
    photographer.rest(500)
    photographer.take("results")
    photographer.close()


def runs(application: QApplication) -> None:
    """Five trainings beside each other."""
    photographer = Photographer(application, "light")
    window = photographer.window
    for hidden, epochs in _TRIED:
        window.training.fields.hidden.setText(" ".join(map(str, hidden)))
        photographer.train(7, epochs)
    controller = window._side_views.results
    controller.view.choose(RUNS)
    window._actions.results.setChecked(True)
    page = controller.runs.page
    model = page.table.model()
    photographer.wait(lambda: model.rowCount() == len(_TRIED))
    for row in range(model.rowCount()):
        model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    page.plot.choose(LOG_LOSS)
    page.table.setCurrentIndex(model.index(1, 0))
    photographer.wait(lambda: len(page.plot.shown) == len(_TRIED))
    photographer.take("runs")
    photographer.close()


def drawings(application: QApplication) -> None:
    """Labelled drawings, with what a network says of each that knows only MNIST's."""
    photographer = Photographer(application, "light")
    photographer.train(7, 5)
    window = photographer.window
    lines = (Path(os.environ[DATA_VARIABLE]) / "pen-digits" / "strokes.jsonl").read_text().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawings.jsonl"
        path.write_text("\n".join(lines[::_STRIDE][:_DRAWINGS]))
        window._side_views.import_drawings([path])
        controller = window._side_views.drawings
        photographer.wait(lambda: window.collection.total == _DRAWINGS and not controller.is_busy)
    controller.read_all()
    photographer.wait(lambda: not controller.is_busy)
    photographer.rest(500)
    photographer.take("drawings")
    photographer.close()


def booth(application: QApplication) -> None:
    """A visitor teaches it."""
    photographer = Photographer(application, "dark")
    window = photographer.window
    window._actions.booth.trigger()
    booth = window._booth.booth.get()
    booth.window.showNormal()
    booth.window.resize(1280, 720)
    booth.window.practice_requested.emit()
    photographer.draw_rounds(booth.practice, booth.document, random_ink, 5)
    photographer.take("booth", booth.window)
    photographer.close()
