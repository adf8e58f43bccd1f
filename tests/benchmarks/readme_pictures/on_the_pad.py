"""What is seen beside the pad: a training, why, the steps to the network, and practice."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication

from desktop.smoke_test.mouse import draw
from engine.cli.options import DATA_VARIABLE
from engine.data.pen_digits import PenDigits, load_pen_digits
from engine.data.synthetic_digits import random_ink
from engine.preprocessing.normaliser import to_polylines
from engine.preprocessing.rasteriser import Polyline
from tests.benchmarks.made_photographs import photograph, sheet_of_strokes
from tests.benchmarks.readme_pictures.photographer import Photographer

# A two as a hand draws it, as shares of the pad.
_X = (33, 36, 43, 51, 59, 65, 67, 65, 60, 53, 46, 39, 35, 43, 52, 61, 70)
_Y = (33, 25, 20, 18, 20, 26, 34, 42, 50, 58, 66, 74, 79, 78, 77, 77, 76)
TWO = tuple((x / 100, y / 100) for x, y in zip(_X, _Y, strict=True))

_YEAR = 2026
_GAP = 0.35


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


def _written(pen: PenDigits, text: str) -> list[Polyline]:
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
        right = max(float(line[:, 0].max()) for line in lines) + _GAP
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
