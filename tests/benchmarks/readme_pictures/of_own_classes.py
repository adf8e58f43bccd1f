"""Other classes than digits: a letter, and signs that somebody has drawn and taught."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.learning.practice_band import PracticeBand
from desktop.signs.new_set_dialog import NewSetDialog
from desktop.signs.signs_band import SignsBand
from desktop.window.main_window import MainWindow
from engine.cli.options import DATA_VARIABLE
from engine.data.classes import Classes
from engine.data.stroke_augmentation import StrokeWarps
from engine.preprocessing.ink import Ink
from resources.letters_network.writings import load_signs
from tests.benchmarks.readme_pictures.photographer import Photographer

_LETTER, _WHICH = "R", 3
_SIGNS = {
    "plus": (((2, 50), (98, 50)), ((50, 2), (50, 98))),
    "minus": (((2, 50), (98, 54)),),
    "times": (((8, 8), (92, 92)), ((92, 8), (8, 92))),
    "divided by": (((2, 50), (98, 50)), ((48, 12), (54, 18)), ((48, 84), (54, 90))),
}
_PAD, _SHARE = 1000, 0.5


def letters(application: QApplication) -> None:
    """A letter, read by the network of letters and digits."""
    path = Path(os.environ[DATA_VARIABLE]) / "pen-letters" / "strokes.jsonl.gz"
    written = load_signs(path, Classes((_LETTER, "S")))
    ink = [ink for ink, label in zip(written.inks, written.labels, strict=True) if label == 0][_WHICH]
    photographer = Photographer(application, "light")
    window = photographer.window
    window.networks.use_file(window.networks.library.shipped_letters())
    window.document.put_ink(ink)
    photographer.rest(800)
    photographer.take("letters")
    photographer.close()


def signs(application: QApplication) -> None:
    """Four signs, named, drawn five times each and learned; then one is read."""
    photographer = Photographer(application, "light")
    window = photographer.window
    photographer.wait(lambda: window.store_service.store is not None)
    window._actions.new_signs.trigger()
    dialog = window.findChild(NewSetDialog)
    dialog.signs.setPlainText(", ".join(_SIGNS))
    dialog.draw.click()
    random = np.random.default_rng(3)
    photographer.wait(lambda: bool(_asked(window)))
    while (name := _asked(window)) in _SIGNS:
        before = window.findChildren(SignsBand)
        window.document.put_ink(_drawn(name, random))
        QTest.keyClick(window.canvas, Qt.Key.Key_Space)
        photographer.rest(60)
        if len(window.findChildren(SignsBand)) > len(before):
            break
    photographer.wait(lambda: any(band.try_it.isVisible() for band in window.findChildren(SignsBand)))
    window.document.put_ink(_drawn("divided by", random))
    photographer.rest(800)
    photographer.take("signs")
    photographer.close()


def _asked(window: MainWindow) -> str:
    """The sign that is asked for; empty for none."""
    prompts = [band.prompt for band in window.findChildren(PracticeBand) if band.isVisible()]
    return prompts[0].removeprefix("Draw: ") if prompts else ""


def _drawn(name: str, random: np.random.Generator) -> Ink:
    lines = [np.linspace(*ends, 14) for ends in _SIGNS[name]]
    warped = StrokeWarps(drift=0.02)(lines, random)
    return Ink.from_lists([(_PAD * (0.5 + _SHARE * line)).tolist() for line in warped])
