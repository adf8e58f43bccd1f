"""The lesson's four pictures and a network's, painted as the window paints them, without any letters.

    python -m tests.desktop.boundaries.golden

writes them anew to the folder `golden` beside this file: look at each before it is committed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.boundaries.pictures.forest_pictures import ForestPictures
from desktop.boundaries.plane.plane_view import PlaneView
from engine.boundaries.experiment import PatternSettings
from engine.boundaries.learner import Learner
from engine.boundaries.model_settings import FOREST, NETWORK, TREE, ModelSettings
from engine.boundaries.network_learner import SPIRALS_SETTINGS
from engine.plane.grid import Bounds
from engine.plane.points import Points
from engine.trees.settings import ForestSettings, TreeSettings

FOLDER = Path(__file__).parent / "golden"

_SIDE = 300
_COLOURS = PatternSettings("colours", 300, 4)
_SPIRALS = PatternSettings("spirals", 400, 2, 0.1)
_EPOCHS = 60


def data() -> QImage:
    """The points alone."""
    return _plane(_COLOURS)


def tree() -> QImage:
    """The rectangles of a tree."""
    learner = _learner(_COLOURS, ModelSettings(TREE, tree=TreeSettings(depth=5)))
    while not learner.is_over:
        learner.advance()
    return _plane(_COLOURS, learner)


def four_trees() -> QImage:
    """Trees of resampled points, side by side."""
    training, test = _sets(_COLOURS)
    learner = _four().make_learner(training, test)
    pictures = ForestPictures()
    pictures.resize(2 * _SIDE, 2 * _SIDE + 100)
    pictures.set_points(training, Bounds())
    for _ in range(4):
        state = learner.advance()
    pictures.set_state(state)  # type: ignore[arg-type]
    while pictures.painted < 4:
        QApplication.processEvents()
    learner.close()
    places = [pictures.rectangle(number) for number in range(4)]
    return _image(pictures, places[0].united(places[3]))


def average() -> QImage:
    """What those trees answer together."""
    learner = _learner(_COLOURS, _four())
    while not learner.is_over:
        learner.advance()
    return _plane(_COLOURS, learner)


def network() -> QImage:
    """Two spirals, told apart."""
    learner = _learner(_SPIRALS, ModelSettings(NETWORK, training=replace(SPIRALS_SETTINGS, hidden=(16, 16))))
    for _ in range(_EPOCHS):
        learner.advance()
    return _plane(_SPIRALS, learner)


PICTURES: dict[str, Callable[[], QImage]] = {
    "data": data,
    "tree": tree,
    "four-trees": four_trees,
    "average": average,
    "network": network,
}
"""What paints each picture, by the name of its file."""


def _four() -> ModelSettings:
    return ModelSettings(FOREST, forest=ForestSettings(4, TreeSettings(depth=5)))


def _sets(pattern: PatternSettings) -> tuple[Points, Points]:
    return pattern.make().split(0.3, 1)


def _learner(pattern: PatternSettings, settings: ModelSettings) -> Learner:
    return settings.make_learner(*_sets(pattern))


def _plane(pattern: PatternSettings, learner: Learner | None = None) -> QImage:
    view = PlaneView("Plane")
    view.resize(_SIDE + 60, _SIDE + 60)
    view.set_points(*_sets(pattern))
    if learner is not None:
        view.set_regions(learner.on_grid(Bounds().grid(120)))
        learner.close()
    view.show()
    QApplication.processEvents()
    inside = view.getPlotItem().getViewBox().sceneBoundingRect().toAlignedRect()
    middle = QRect(0, 0, _SIDE - 20, _SIDE - 20)
    middle.moveCenter(inside.center())
    return _image(view, middle)


def _image(widget: PlaneView | ForestPictures, part: QRect) -> QImage:
    image = widget.grab(part).toImage().convertToFormat(QImage.Format.Format_RGB888)
    # pyqtgraph's own `close` takes its scene apart.
    widget.hide()
    widget.deleteLater()
    return image


def main() -> None:
    """Write all of them."""
    application = QApplication(sys.argv[:1])
    FOLDER.mkdir(exist_ok=True)
    for name, paint in PICTURES.items():
        paint().save(str(FOLDER / f"{name}.png"))
    del application


if __name__ == "__main__":
    main()
