"""Parallel plot: an axis for each setting and one for the score, and a line through them for each trial."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.search.pictures.score_scale import ScoreScale, score_colour
from desktop.search.pictures.setting_axis import SettingAxis, setting_axis
from desktop.search.search_text import score_text
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled
from engine.search.samplers import GRID

if TYPE_CHECKING:
    from desktop.search.search_record import SearchRecord

_LEAST_HEIGHT, _LEAST_WIDTH = 240, 380
_MOST_LINES = 300
"""The best of them; more would lie on each other, and take long to paint."""
_NEAR = 10
_SIDE = 34
_SCORE_SIDE = 62


class ParallelPlot(QWidget):
    """Better trials lie above poorer ones.

    Signals:
        trial_chosen: Number of a trial whose line was clicked.
    """

    trial_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._axes: list[SettingAxis] = []
        self._scale = ScoreScale(0.0, 1.0)
        # Number, places from 0 to 1 on all axes (the score's last), poorest first.
        self._lines: list[tuple[int, list[float]]] = []
        self._chosen: int | None = None
        self._is_accuracy = True
        self._left_out = 0
        self.setFont(tabular(self.font(), 0.9))
        self.setAccessibleName("Parallel coordinates of the trials")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    @property
    def shown(self) -> list[tuple[int, list[float]]]:
        """Number of each trial, and its places on all axes, poorest first."""
        return list(self._lines)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_search(self, record: SearchRecord, names: tuple[str, ...], chosen: int | None) -> None:
        """Show the trials of a search over its settings."""
        is_grid = record.plan.sampler == GRID
        self._axes = [setting_axis(record.plan.space, name, is_grid) for name in names]
        self._is_accuracy, self._chosen = record.is_accuracy, chosen
        ranked = record.ranked()
        self._scale = ScoreScale.of([each.score or 0.0 for each in ranked], record.is_accuracy)
        self._left_out = max(0, len(ranked) - _MOST_LINES)
        self._lines = [
            (
                each.trial.number,
                [axis.place(each.values[axis.name]) for axis in self._axes]
                + [self._scale.share(each.score or 0.0)],
            )
            for each in reversed(ranked[:_MOST_LINES])
        ]
        best = ranked[0]
        self.setAccessibleDescription(
            f"{len(ranked)} trials; the best is {best.trial.number}, "
            f"{score_text(best.score, record.is_accuracy)}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(scaled(520), scaled(300))

    def minimumSizeHint(self) -> QSize:
        """So many axes as there are settings fit beside each other, their names shortened."""
        return QSize(scaled(_LEAST_WIDTH), scaled(_LEAST_HEIGHT))

    def line(self, number: int) -> QPolygonF:
        """Corners of a trial's line, in pixels; empty if it is not shown."""
        for each, places in self._lines:
            if each == number:
                return self._polygon(places)
        return QPolygonF()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line that is nearest to the mouse; of lines that meet there, the best."""
        at = event.position()
        near = [(round(_distance(self._polygon(places), at)), number) for number, places in self._lines]
        if near:
            least = min(distance for distance, _ in near)
            if least <= scaled(_NEAR):
                self.trial_chosen.emit([number for distance, number in near if distance == least][-1])
                return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint lines, the chosen one above all others, and the axes."""
        if not self._axes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, places in self._lines:
            if number != self._chosen:
                colour = score_colour(places[-1], self._colours)
                painter.setPen(QPen(colour, line_width(1.0 + places[-1])))
                painter.drawPolyline(self._polygon(places))
        chosen = self.line(self._chosen) if self._chosen is not None else QPolygonF()
        if not chosen.isEmpty():
            painter.setPen(QPen(QColor(self._colours.panel), line_width(7)))
            painter.drawPolyline(chosen)
            painter.setPen(QPen(QColor(self._colours.text), line_width(3.5)))
            painter.drawPolyline(chosen)
        self._paint_axes(painter)
        painter.end()

    def _x(self, place: int) -> float:
        width = self.width() - scaled(_SIDE) - scaled(_SCORE_SIDE)
        return scaled(_SIDE) + width * place / max(1, len(self._axes))

    def _y(self, share: float) -> float:
        line = self.fontMetrics().height()
        top, bottom = 2.0 * line, self.height() - 1.6 * line
        return bottom - share * (bottom - top)

    def _polygon(self, places: list[float]) -> QPolygonF:
        return QPolygonF([QPointF(self._x(at), self._y(share)) for at, share in enumerate(places)])

    def _paint_axes(self, painter: QPainter) -> None:
        metrics, middle = self.fontMetrics(), Qt.AlignmentFlag.AlignCenter
        line = metrics.height()
        width = self._x(1) - self._x(0)
        scale = self._scale
        ends = [(share, score_text(scale.poor + share * (scale.best - scale.poor), self._is_accuracy))
                for share in (0.0, 0.5, 1.0)]  # fmt: skip
        titles = [axis.title for axis in self._axes] + ["accuracy" if self._is_accuracy else "loss"]
        for at, title in enumerate(titles):
            x = self._x(at)
            painter.setPen(QPen(QColor(self._colours.muted), line_width(1)))
            painter.drawLine(QPointF(x, self._y(0)), QPointF(x, self._y(1)))
            is_inner = 0 < at < len(titles) - 1
            box = QRectF(x - width / 2, 0, width, line)
            if at == 0:
                box.setLeft(0)
            elif not is_inner:
                box.setRight(self.width())
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(box.width()) - 4)
            end = Qt.AlignmentFlag.AlignLeft if at == 0 else Qt.AlignmentFlag.AlignRight
            painter.drawText(box, middle if is_inner else end, shown)
            ticks = ends if at == len(self._axes) else self._axes[at].ticks
            for share, text in ticks:
                self._paint_tick(painter, x, self._y(share), text, width)
        if self._left_out:
            words = f"the best {_MOST_LINES} of {_MOST_LINES + self._left_out:,}"
            painter.drawText(QRectF(0, self.height() - line, self.width(), line), middle, words)

    def _paint_tick(self, painter: QPainter, x: float, y: float, text: str, width: float) -> None:
        """A value beside its axis, on a ground of its own so that lines do not cross it."""
        metrics = self.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(max(width - 8, scaled(40))))
        box = QRectF(
            x + scaled(3), y - metrics.height() / 2, metrics.horizontalAdvance(shown) + 4, metrics.height()
        )
        box.moveLeft(min(box.left(), self.width() - box.width()))
        ground = QColor(self._colours.panel)
        ground.setAlphaF(0.8)
        painter.fillRect(box, ground)
        painter.setPen(QColor(self._colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _distance(polygon: QPolygonF, at: QPointF) -> float:
    """From a point to the nearest part of a line, in pixels."""
    corners = [polygon.at(place) for place in range(polygon.size())]
    best = float("inf")
    for first, second in itertools.pairwise(corners):
        along = second - first
        length = along.x() ** 2 + along.y() ** 2
        share = QPointF.dotProduct(at - first, along) / length if length else 0.0
        off = at - (first + along * min(1.0, max(0.0, share)))
        best = min(best, (off.x() ** 2 + off.y() ** 2) ** 0.5)
    return best
