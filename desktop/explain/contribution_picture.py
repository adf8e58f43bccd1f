"""Contribution picture: the ink, coloured by how much each pixel speaks for a digit or against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.diverging.colours import diverging_colours
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled, scaled_size
from engine.explain.waterfall import REGION_SIDE, REGIONS_PER_SIDE
from engine.preprocessing.normaliser import SIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How far ink that says nothing stands out from the paper, towards the colour of text.
_SILENT_INK = 0.22
# From this intensity on a pixel is inside the outline of the ink.
_OUTLINE_FROM = 0.35


class ContributionPicture(QWidget):
    """Shows (28, 28) contributions on the ink, or what a unit looks for with the ink's outline on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._ink: NDArray[np.float32] | None = None
        self._contributions: NDArray[np.float32] | None = None
        self._limit = 1.0
        self._unit: NDArray[np.float32] | None = None
        self._region: int | None = None
        self._picture: QImage | None = None
        self._outline = QPainterPath()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What each pixel says")

    @property
    def picture(self) -> QImage | None:
        """The 28 by 28 pixels shown; None while nothing is."""
        return self._picture

    @property
    def region(self) -> int | None:
        """The region that is framed."""
        return self._region

    @property
    def limit(self) -> float:
        """The size of value that gets the full colour."""
        return self._limit if self._unit is None else float(np.abs(self._unit).max()) or 1.0

    @property
    def shows_unit(self) -> bool:
        """Whether a unit is shown instead of the contributions."""
        return self._unit is not None

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._make_picture()

    def set_contributions(
        self, ink: NDArray[np.float32] | None, contributions: NDArray[np.float32] | None, limit: float
    ) -> None:
        """Show other contributions.

        Args:
            ink: (28, 28) float32, 0 paper to 1 ink, or None for nothing.
            contributions: (28, 28) float32, or None for nothing.
            limit: The size of contribution that gets the full colour, above 0.
        """
        self._ink, self._contributions, self._limit = ink, contributions, limit
        self._make_picture()

    def set_unit(self, image: NDArray[np.float32] | None) -> None:
        """Show (28, 28) weights of a unit in place of the contributions, or no longer."""
        self._unit = image
        self._make_picture()

    def set_region(self, region: int | None) -> None:
        """Frame one of the regions of `engine.explain.waterfall`, or none."""
        self._region = region
        self.update()

    def _make_picture(self) -> None:
        self._picture = None
        if self._ink is not None and self._contributions is not None:
            if self._unit is None:
                rgb = self._contribution_colours(self._ink, self._contributions)
            else:
                rgb = self._unit_colours(self._unit)
            self._picture = QImage(rgb.tobytes(), SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()
            self._outline = _outline(self._ink) if self._unit is not None else QPainterPath()
        self.update()

    def _contribution_colours(
        self, ink: NDArray[np.float32], contributions: NDArray[np.float32]
    ) -> NDArray[np.uint8]:
        """Paper where there is no ink; where there is, grey if it says nothing, else blue or orange."""
        paper, text = QColor(self._colours.field), QColor(self._colours.text)

        def silent(ground: int, figure: int) -> int:
            return round(ground + _SILENT_INK * (figure - ground))

        grey = (
            silent(paper.red(), text.red()),
            silent(paper.green(), text.green()),
            silent(paper.blue(), text.blue()),
        )
        coloured = diverging_colours(contributions, self._limit, grey)
        blank = np.array([paper.blue(), paper.green(), paper.red(), 255])
        # The rim of a stroke is half paper and still has its say.
        cover = np.minimum(1.0, 2.0 * ink)[..., np.newaxis]
        mixed: NDArray[np.uint8] = np.rint(blank + cover * (coloured - blank)).astype(np.uint8)
        return mixed

    def _unit_colours(self, unit: NDArray[np.float32]) -> NDArray[np.uint8]:
        zero = QColor(self._colours.field)
        return diverging_colours(unit, self.limit, (zero.red(), zero.green(), zero.blue()))

    def sizeHint(self) -> QSize:
        """Whoever shows it says how large."""
        return scaled_size(5 * SIDE, 5 * SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pixels, and what is marked on them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded = QPainterPath()
        rounded.addRoundedRect(frame, scaled(6), scaled(6))
        painter.setClipPath(rounded)
        painter.fillRect(self.rect(), QColor(self._colours.field))
        if self._picture is not None:
            painter.drawImage(QRectF(self.rect()), self._picture)
            scale = self.width() / SIDE
            painter.save()
            painter.scale(scale, scale)
            pen = QPen(QColor(self._colours.text), line_width(1.5))
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPath(self._outline)
            if self._region is not None and self._unit is None:
                row, column = divmod(self._region, REGIONS_PER_SIDE)
                side = REGION_SIDE
                pen.setColor(QColor(self._colours.accent))
                pen.setWidthF(line_width(2))
                painter.setPen(pen)
                painter.drawRect(QRectF(column * side, row * side, side, side))
            painter.restore()
        painter.setClipping(False)
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(rounded)
        painter.end()


def _outline(ink: NDArray[np.float32]) -> QPainterPath:
    """The rim of the ink, in pixels of the picture."""
    inside = QRegion()
    for row, line in enumerate(ink > _OUTLINE_FROM):
        edges = np.flatnonzero(np.diff(np.r_[False, line, False]))
        for start, end in edges.reshape(-1, 2).tolist():
            inside += QRect(start, row, end - start, 1)
    path = QPainterPath()
    path.addRegion(inside)
    return path.simplified()
