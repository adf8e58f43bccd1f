"""Other classes than digits: a letter, and what is found in a set of somebody's own."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from engine.cli.options import DATA_VARIABLE
from engine.data.classes import Classes
from resources.letters_network.writings import load_signs
from tests.benchmarks.readme_pictures.photographer import Photographer

_LETTER, _WHICH = "R", 3


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
