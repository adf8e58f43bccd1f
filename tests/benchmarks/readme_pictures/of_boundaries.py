"""Pictures of Boundaries: the lesson's four, a tree, a forest of four trees, a network with its units."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.boundaries.boundaries_controller import BoundariesController
from desktop.boundaries.details.pages import UNITS
from desktop.boundaries.models.model_controller import ModelController
from engine.boundaries.experiment import PatternSettings
from engine.boundaries.model_settings import FOREST, NETWORK
from engine.boundaries.network_learner import NetworkState
from tests.benchmarks.readme_pictures.photographer import Photographer, save_picture
from tests.desktop.boundaries.golden import PICTURES

_EPOCHS, _TREES, _HEIGHT_FOR_FOUR = 60, 4, 1010
_SIDE, _GAP = 300, 12
_FOUR_COLOURS = PatternSettings("colours", 300, 4, 0.15)


def in_a_row(_application: QApplication) -> None:
    """Points, a tree, four trees of resampled points and their average; and a network on two spirals."""
    row = QImage(len(PICTURES) * (_SIDE + _GAP) - _GAP, _SIDE, QImage.Format.Format_RGB888)
    row.fill(Qt.GlobalColor.white)
    painter = QPainter(row)
    for place, paint in enumerate(PICTURES.values()):
        picture = paint().scaled(
            _SIDE, _SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(QRect(place * (_SIDE + _GAP), 0, _SIDE, _SIDE), picture)
    painter.end()
    save_picture(row, "boundaries")


def network(application: QApplication) -> None:
    """Circles, after some epochs."""
    photographer = Photographer(application, "dark")
    boundaries = _opened(photographer, PatternSettings("circles", 300, 2, 0.15))
    model = boundaries.models[0]
    _choose(model, NETWORK)
    model.details.choose(UNITS)
    _train(photographer, model)
    photographer.take("boundaries-network")
    photographer.close()


def tree(application: QApplication) -> None:
    """Four colours, and a tree."""
    photographer = Photographer(application, "light")
    model = _opened(photographer, _FOUR_COLOURS).models[0]
    _train(photographer, model)
    photographer.take("boundaries-tree")
    photographer.close()


def forest(application: QApplication) -> None:
    """Four trees of resampled points, and their average."""
    photographer = Photographer(application, "light")
    photographer.window.resize(1280, _HEIGHT_FOR_FOUR)
    model = _opened(photographer, _FOUR_COLOURS).models[0]
    _choose(model, FOREST)
    box = model.column.panel.form.trees
    box.setCurrentIndex(box.findData(_TREES))
    _train(photographer, model)
    photographer.take("boundaries-forest")
    photographer.close()


def _opened(photographer: Photographer, pattern: PatternSettings) -> BoundariesController:
    window = photographer.window
    window._actions.boundaries.setChecked(True)
    boundaries = window._side_views.boundaries
    boundaries.document.make(pattern)
    return boundaries


def _choose(model: ModelController, kind: str) -> None:
    box = model.column.panel.form.kind
    box.setCurrentIndex(box.findData(kind))


def _train(photographer: Photographer, model: ModelController) -> None:
    """To the last cut or tree; a network for some epochs."""
    model.toggle()
    photographer.wait(lambda: _is_far_enough(model))
    model.runner.pause()
    photographer.wait(lambda: not model.runner.is_busy)


def _is_far_enough(model: ModelController) -> bool:
    frame = model.runner.frame
    if frame is None:
        return False
    state = frame.state
    return frame.is_over or (isinstance(state, NetworkState) and state.epochs >= _EPOCHS)
