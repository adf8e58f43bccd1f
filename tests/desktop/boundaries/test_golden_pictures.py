"""The lesson's pictures look as they did when somebody looked at them."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from tests.desktop.boundaries.golden import FOLDER, PICTURES

# Of 255: other versions of Qt smooth an edge in another way, and other processors round in another way.
_MEAN, _LARGE, _SHARE = 3.0, 48, 0.02


def pixels(image):
    """(height, width, 3) int."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def distance(first, second):
    """Mean difference, and the share of pixels that are quite another colour."""
    apart = np.abs(pixels(first) - pixels(second))
    return apart.mean(), (apart.max(axis=2) > _LARGE).mean()


@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_before(qapp, name):
    golden = QImage(str(FOLDER / f"{name}.png"))
    painted = PICTURES[name]()
    assert painted.size() == golden.size()
    mean, share = distance(painted, golden)
    assert mean < _MEAN
    assert share < _SHARE


def test_the_pictures_can_be_told_apart(qapp):
    """So the bounds are not too wide: each is nearest to itself by far."""
    planes = {name: QImage(str(FOLDER / f"{name}.png")) for name in PICTURES if name != "four-trees"}
    for name, image in planes.items():
        for other, another in planes.items():
            mean, share = distance(image, another)
            assert (mean < _MEAN and share < _SHARE) == (name == other)
