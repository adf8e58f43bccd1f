"""What is seen beside the pad: a training, why, the steps to the network, and practice."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.smoke_test.mouse import draw
from engine.cli.options import DATA_VARIABLE
from engine.data.handwriting.synthetic_digits import random_ink
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import to_polylines
from engine.preprocessing.rasteriser import Polyline
from tests.benchmarks.made_photographs import photograph, sheet_of_strokes
from tests.benchmarks.readme_pictures.photographer import Photographer, save_picture

# A two as a hand draws it, as shares of the pad.
_X = (33, 36, 43, 51, 59, 65, 67, 65, 60, 53, 46, 39, 35, 43, 52, 61, 70)
_Y = (33, 25, 20, 18, 20, 26, 34, 42, 50, 58, 66, 74, 79, 78, 77, 77, 76)
TWO = tuple((x / 100, y / 100) for x, y in zip(_X, _Y, strict=True))

_YEAR = 2026
_GAP = 0.35
_TOUCHING, _OVERLAP = 3582, -0.06
_LETTER = (
    ((0, 100), (12, 66), (24, 33), (38, 0), (50, 33), (64, 68), (76, 100)),
    ((14, 62), (40, 60), (64, 62)),
)
_TURNS = [turn / 20 * math.pi for turn in range(42)]
_SLASHED_ZERO = (
    tuple((50 + 36 * math.sin(turn), 50 - 48 * math.cos(turn)) for turn in _TURNS),
    ((84, -4), (50, 52), (18, 104)),
)
_PAD, _PAD_SHARE, _BETWEEN = 1000, 0.7, 24


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
    photographer.rest(500)
    photographer.window._actions.why.setChecked(True)
    photographer.rest(1500)
    photographer.take("light")
    photographer.close()


def steps(application: QApplication) -> None:
    """A number on a photograph, and how it becomes what the network sees."""
    pen = load_pen_digits(Path(os.environ[DATA_VARIABLE]) / "pen-digits" / "strokes.jsonl")
    random = np.random.default_rng(7)
    sheet = sheet_of_strokes(_written(pen, str(_YEAR)), random)
    ruled, shadowed = (
        photograph(sheet, condition, random).astype(float)
        for condition in ("ruled paper", "edge of a shadow")
    )
    picture = np.clip(ruled * shadowed / shadowed.max(), 0, 255).astype(np.uint8)
    photographer = Photographer(application, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.png"
        Image.fromarray(picture).save(path)
        photographer.window.open_file(path)
        photographer.wait(lambda: bool(photographer.window.reader.text))
    photographer.window._actions.steps.setChecked(True)
    photographer.rest(500)
    photographer.take("steps")
    photographer.close()


def reading(application: QApplication) -> None:
    """A number whose digits touch, a letter, and a zero with a stroke through it, side by side."""
    pen = load_pen_digits(Path(os.environ[DATA_VARIABLE]) / "pen-digits" / "strokes.jsonl")
    photographer = Photographer(application, "light")
    window = photographer.window
    window.resize(QSize(960, 640))
    pictures = []
    for lines in (_written(pen, str(_TOUCHING), _OVERLAP), _LETTER, _SLASHED_ZERO):
        window.document.put_ink(_placed([np.array(line, dtype=np.float64) for line in lines]))
        photographer.rest(500)
        shown = window.canvas.mapTo(window, QPoint()), window.prediction.mapTo(window, QPoint())
        corner = QPoint(min(place.x() for place in shown), min(place.y() for place in shown))
        ends = [each.mapTo(window, each.rect().bottomRight()) for each in (window.canvas, window.prediction)]
        end = QPoint(max(place.x() for place in ends), max(place.y() for place in ends))
        pictures.append(window.grab(QRect(corner, end)).toImage())
    save_picture(_side_by_side(pictures), "reading")
    photographer.close()


def _placed(lines: Sequence[Polyline]) -> Ink:
    """In the middle of a pad of 1000 by 1000."""
    points = np.concatenate(list(lines))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _PAD_SHARE * _PAD / float((high - low).max())
    return Ink.from_lists([((line - (low + high) / 2) * scale + _PAD / 2).tolist() for line in lines])


def _side_by_side(pictures: Sequence[QImage]) -> QImage:
    width = sum(picture.width() for picture in pictures) + _BETWEEN * (len(pictures) - 1)
    together = QImage(width, max(picture.height() for picture in pictures), QImage.Format.Format_RGB32)
    together.fill(Qt.GlobalColor.white)
    painter, left = QPainter(together), 0
    for picture in pictures:
        painter.drawImage(left, 0, picture)
        left += picture.width() + _BETWEEN
    painter.end()
    return together


def _written(pen: PenDigits, text: str, gap: float = _GAP) -> list[Polyline]:
    """A number of single digits of one writer, beside each other."""
    writer = next(
        each
        for each in sorted(set(pen.writers))
        if {int(figure) for figure in text}
        <= {int(label) for label, other in zip(pen.labels, pen.writers, strict=True) if other == each}
    )
    lines, right = [], 0.0
    for figure in text:
        index = next(
            index
            for index, (label, other) in enumerate(zip(pen.labels, pen.writers, strict=True))
            if other == writer and int(label) == int(figure)
        )
        own = to_polylines(pen.inks[index])
        points = np.concatenate(own)
        low, height = points.min(axis=0), np.ptp(points[:, 1])
        lines += [(line - low) / height + [right, 0.0] for line in own]
        right = max(float(line[:, 0].max()) for line in lines) + gap
    return lines


def practice(application: QApplication) -> None:
    """In the middle of a round."""
    photographer = Photographer(application, "light")
    window = photographer.window
    photographer.wait(lambda: window.store_service.store is not None)
    window._actions.practise.trigger()
    window._practice.band.get().begin_requested.emit(1)
    photographer.draw_rounds(window._practice.practice.get(), window.document, random_ink, 6)
    photographer.take("practice")
    photographer.close()
