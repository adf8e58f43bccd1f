"""The stroke under the pen, painted part by part."""

import math

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.pad.geometry import PadGeometry
from desktop.pad.painter import ink_pen, stroke_path
from desktop.pad.smoothing import LivePath, steadied_stroke
from engine.preprocessing.ink import Point

SIZE = 300
EVERYTHING = QRectF(0, 0, SIZE, SIZE)


def scribble(count):
    """Round and round, so that any place is passed many times."""
    return [
        Point(
            (300 + 90 * math.sin(i / 7.3)) * math.cos(i / 30),
            (300 + 90 * math.sin(i / 7.3)) * math.sin(i / 30),
        )
        for i in range(count)
    ]


def painted(path, area):
    geometry = PadGeometry(QSizeF(SIZE, SIZE))
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(area)
    painter.setPen(ink_pen(geometry, QColor("white")))
    painter.drawPath(path)
    painter.end()
    return image


@pytest.mark.parametrize("count", [1, 2, 3, 8, 30, 31, 32, 55, 56, 57, 58, 400])
def test_a_growing_path_is_the_curve_of_the_whole_stroke(count):
    geometry, stroke = PadGeometry(QSizeF(SIZE, SIZE)), scribble(count)
    growing = LivePath(geometry)
    for length in range(1, count):
        growing.through(stroke[:length], EVERYTHING)
    whole = stroke_path(steadied_stroke(stroke) if count > 2 else stroke, geometry)
    assert painted(growing.through(stroke, EVERYTHING), EVERYTHING) == painted(whole, EVERYTHING)


@pytest.mark.parametrize("place", [0, 1, 23, 24, 25, 200, 399])
def test_an_area_has_the_same_pixels_without_the_lengths_elsewhere(place):
    geometry, stroke = PadGeometry(QSizeF(SIZE, SIZE)), scribble(400)
    growing = LivePath(geometry)
    whole = growing.through(stroke, EVERYTHING)
    area = QRectF(geometry.around(stroke[max(0, place - 3) : place + 4]).toAlignedRect())
    part = growing.through(stroke, area)
    assert painted(part, area) == painted(whole, area)
    assert part.elementCount() < whole.elementCount()
