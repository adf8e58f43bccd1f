"""Picture export: what stands on the pad as a picture, for files and the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QRectF, QSaveFile, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from desktop.pad.document import PadDocument
from desktop.pad.geometry import PadGeometry, fitted
from desktop.pad.painter import paint_picture, paint_strokes
from desktop.pad.smoothing import steadied_stroke
from desktop.widgets.theme import Colours
from engine.errors import PictureError

_SIDE = 560
# Ink further from the middle than this, in ink units, comes too near to the edge of a square picture.
_REACH_UNITS, _FITTED_SHARE = 460, 0.86


def square_picture(document: PadDocument, side: int, colours: Colours) -> QImage:
    """The document without hint and frame, as a square picture of `side` pixels."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colours.pad))
    painter = QPainter(image)
    picture, ink = document.picture, document.ink
    if picture is not None:
        paint_picture(painter, picture, QRectF(image.rect()))
    # Ink may lie beyond the square on a pad that is not one: fitted, nothing is lost.
    bounds = ink.bounds()
    reach = max(map(abs, bounds)) if bounds else 0.0
    shown = fitted(ink, _FITTED_SHARE) if reach > _REACH_UNITS else ink
    steadied = [steadied_stroke(stroke) for stroke in shown.strokes]
    paint_strokes(painter, steadied, PadGeometry(QSizeF(side, side)), QColor(colours.ink))
    painter.end()
    return image


def picture_to_share(document: PadDocument, colours: Colours) -> QImage:
    """Ink as a square picture; a picture as it came: with paper around it, it would be read otherwise."""
    picture = document.picture
    return square_picture(document, _SIDE, colours) if picture is None else picture


def save_png(document: PadDocument, path: Path, colours: Colours) -> None:
    """Write what stands on the pad as a picture; a file of that name stays whole where that fails.

    Raises:
        PictureError: The folder or disk does not take it.
    """
    file = QSaveFile(str(path))
    if not (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and QImageWriter(file, b"png").write(picture_to_share(document, colours))
        and file.commit()
    ):
        raise PictureError(f"{path.name} could not be written: choose another folder or free some space.")
