"""What the tests of Boundaries share."""

import pytest

from desktop.boundaries.boundaries_controller import BoundariesController
from desktop.boundaries.experiment_document import ExperimentDocument
from engine.boundaries.experiment import PatternSettings


@pytest.fixture
def boundaries(qtbot, tmp_path):
    """Boundaries in a window of its own, with frames as quick as they can be taken."""
    controller = BoundariesController(tmp_path / "data", frame_s=0.0)
    qtbot.addWidget(controller.view)
    controller.view.resize(1300, 700)
    controller.view.show()
    yield controller
    controller.close()
    controller.deleteLater()


@pytest.fixture
def few_points(boundaries) -> ExperimentDocument:
    """60 points in three clouds."""
    boundaries.document.make(PatternSettings("blobs", 60, 3, 0.1))
    return boundaries.document
