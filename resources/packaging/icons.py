"""Icons: the drawings of the program as PNG, ICO and ICNS files, for the packages."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources

NAME = "io.github.scratchpad_app.Scratchpad"
"""The icon's name in an icon theme, which is the program's id."""
HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Sides in pixels."""
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Sides in pixels: what Windows asks for from 100 to 400 % scaling."""
ICNS_SIZES = (32, 64, 128, 256, 512, 1024)
"""Sides in pixels: those of macOS with one and two pixels to the point."""

# Up to here the drawing with thicker ink and no margin is the clearer one.
_LARGEST_SMALL = 32
# The Dock's grid gives a tile 824 of 1,024 pixels; ours has 112 of 128, so that much is added around it.
_MAC_MARGIN = (112 * 1024 / 824 - 128) / 2


def render_png(size: int, path: Path) -> None:
    """Write the icon as a square PNG file with transparent corners.

    Args:
        size: Its side in pixels.
        path: Where to; its folder exists.
    """
    _image(size).save(path, format="PNG", optimize=True)


def write_hicolor(folder: Path) -> None:
    """Write the icon into an icon theme: `HICOLOR_SIZES`, and the drawing itself for all others.

    Args:
        folder: The theme's, as in ``usr/share/icons/hicolor``; made if it is missing.
    """
    for size in HICOLOR_SIZES:
        apps = folder / f"{size}x{size}" / "apps"
        apps.mkdir(parents=True, exist_ok=True)
        render_png(size, apps / f"{NAME}.png")
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    copyfile(resources.path("icons", "scratchpad.svg"), scalable / f"{NAME}.svg")


def write_ico(path: Path) -> None:
    """Write the icon for Windows: `ICO_SIZES`, each a PNG file of its own drawing."""
    *smaller, largest = (_image(size) for size in ICO_SIZES)
    largest.save(path, format="ICO", sizes=[(size, size) for size in ICO_SIZES], append_images=smaller)


def write_icns(path: Path) -> None:
    """Write the icon for macOS: `ICNS_SIZES`, with the margin that the Dock expects."""
    *smaller, largest = (_image(size, _MAC_MARGIN) for size in ICNS_SIZES)
    largest.save(path, format="ICNS", append_images=smaller)


def _image(size: int, margin: float = 0) -> Image.Image:
    """The icon; the margin is in units of the large drawing, which is 128 of them wide."""
    is_small = size <= _LARGEST_SMALL
    renderer = QSvgRenderer(str(resources.path("icons", f"scratchpad{'-small' if is_small else ''}.svg")))
    if not is_small:
        side = 128 + 2 * margin
        renderer.setViewBox(QRectF(-margin, -margin, side, side))
    canvas = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    pixels = canvas.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), pixels.constBits())
