"""Heat map: the score over two settings, a cell for each pair of values, or a disc where there are ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.search.pictures.score_scale import ScoreScale, score_colour
from desktop.search.pictures.setting_axis import SettingAxis, setting_axis
from desktop.search.search_text import score_text
from desktop.widgets.frame import paint_frame
from desktop.widgets.line_pen import line_pen
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.search.samplers import GRID

if TYPE_CHECKING:
    from desktop.search.search_record import PointScore, SearchRecord

_LEAST_HEIGHT, _LEAST_WIDTH = 220, 300
_MOST_CELL = 72
_GAP = 8
_DISC = 7
_READABLE = 0.5
"""From this lightness on, dark text stands on a cell."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A point of the space.

    Attributes:
        trial: The best of its trials.
        x: Place on the lower axis, 0 to 1.
        y: Place on the left axis, 0 to 1.
        mean: Of its scores.
    """

    trial: int
    x: float
    y: float
    mean: float


class HeatMap(QWidget):
    """Shows the mean of each point over its seeds.

    Signals:
        trial_chosen: Number of the best trial of a point that was clicked.
    """

    trial_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._axes: tuple[SettingAxis, SettingAxis] | None = None
        self._scale = ScoreScale(0.0, 1.0)
        self._points: list[_Shown] = []
        self._chosen: _Shown | None = None
        self._is_accuracy = True
        self.setFont(tabular(self.font(), 0.9))
        self.setAccessibleName("Heat map of the scores")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    @property
    def shown(self) -> list[tuple[float, float, float]]:
        """Places on both axes and mean score of each point."""
        return [(each.x, each.y, each.mean) for each in self._points]

    @property
    def _has_cells(self) -> bool:
        """Whether every point has a cell of its own, as where both settings are lists."""
        return self._axes is not None and all(axis.values for axis in self._axes)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def show_search(self, record: SearchRecord, names: tuple[str, str], chosen: int | None) -> None:
        """Show the points of a search over two of its settings, the lower axis first."""
        is_grid = record.plan.sampler == GRID
        x, y = (setting_axis(record.plan.space, name, is_grid) for name in names)
        self._axes, self._is_accuracy = (x, y), record.is_accuracy
        points = record.points()
        self._scale = ScoreScale.of([each.mean for each in points], record.is_accuracy)
        self._points = [self._placed(each, x, y) for each in points]
        trial = record.trial(chosen)
        self._chosen = None
        if trial is not None:
            place = x.place(trial.values[x.name]), y.place(trial.values[y.name])
            self._chosen = next((each for each in self._points if (each.x, each.y) == place), None)
        best = max(points, key=lambda each: self._scale.share(each.mean))
        values = ", ".join(f"{axis.title} {dict(best.values)[axis.name]}" for axis in (x, y))
        self.setAccessibleDescription(f"Best: {values}, {score_text(best.mean, self._is_accuracy)}")
        self.update()

    @staticmethod
    def _placed(point: PointScore, x: SettingAxis, y: SettingAxis) -> _Shown:
        return _Shown(
            point.trials[0], x.place(point.values[x.name]), y.place(point.values[y.name]), point.mean
        )

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(scaled(480), scaled(300))

    def minimumSizeHint(self) -> QSize:
        """A figure fits into each cell of a small grid."""
        return QSize(scaled(_LEAST_WIDTH), scaled(_LEAST_HEIGHT))

    def area(self) -> QRectF:
        """Where the points are painted."""
        line = self.fontMetrics().height()
        left = float(scaled(_GAP))
        if self._axes is not None:
            texts = [text for _, text in self._axes[1].ticks]
            left += max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        top, bottom = line + scaled(_GAP), 2 * line + scaled(_GAP) + self._legend_height()
        # A disc at the end of a range is whole.
        right = 1 if self._axes is None or self._axes[0].values else scaled(_DISC) + 1
        area = QRectF(left, top, self.width() - left - right, self.height() - top - bottom)
        if self._axes is not None and self._axes[1].values:
            area.setHeight(min(area.height(), len(self._axes[1].values) * scaled(_MOST_CELL)))
        return area

    def rectangle(self, x: float, y: float) -> QRectF:
        """Of the cell, or of the disc, at two places."""
        area = self.area()
        if self._axes is None:
            return QRectF()
        centre = QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())
        if not self._has_cells:
            radius = scaled(_DISC)
            return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        width, height = (
            length / len(axis.values)
            for length, axis in zip((area.width(), area.height()), self._axes, strict=True)
        )
        return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the point under the mouse."""
        for each in reversed(self._points):
            if self.rectangle(each.x, each.y).contains(event.position()):
                self.trial_chosen.emit(each.trial)
                return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, values, points and the legend."""
        if self._axes is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, *self._axes)
        for each in self._points:
            self._paint_point(painter, each)
        if self._chosen is not None:
            self._paint_chosen(painter, self.rectangle(self._chosen.x, self._chosen.y))
        self._paint_legend(painter)
        painter.end()

    def _legend_height(self) -> int:
        return self.fontMetrics().height() + scaled(_GAP)

    def _paint_axes(self, painter: QPainter, x: SettingAxis, y: SettingAxis) -> None:
        area, line = self.area(), self.fontMetrics().height()
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(QColor(self._colours.field))
        painter.drawRoundedRect(area, scaled(4), scaled(4))
        painter.setPen(QColor(self._colours.muted))
        middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, f"{y.title} ↑")
        widest = max((self.fontMetrics().horizontalAdvance(text) for _, text in x.ticks), default=0)
        # Where there is no room for all of them, every second or third.
        every = max(1, math.ceil((widest + scaled(_GAP)) * len(x.ticks) / max(1.0, area.width())))
        for place, text in x.ticks[::every]:
            centre = area.left() + place * area.width()
            width = self.fontMetrics().horizontalAdvance(text) + 1.0
            # Names at the ends stay within the widget.
            left = min(max(centre - width / 2, 0.0), self.width() - width)
            painter.drawText(QRectF(left, area.bottom() + scaled(2), width, line), middle, text)
        below = QRectF(area.left(), area.bottom() + line + scaled(2), area.width(), line)
        painter.drawText(below, right, f"{x.title} →")
        for place, text in y.ticks:
            at = area.bottom() - place * area.height()
            box = QRectF(0, at - line / 2, area.left() - scaled(4), line)
            painter.drawText(box, right | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_point(self, painter: QPainter, point: _Shown) -> None:
        box = self.rectangle(point.x, point.y)
        colour = score_colour(self._scale.share(point.mean), self._colours)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if not self._has_cells:
            painter.setPen(QColor(self._colours.panel))
            painter.drawEllipse(box)
            return
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), scaled(3), scaled(3))
        text = score_text(point.mean, self._is_accuracy)
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(text) + scaled(4) <= box.width() and metrics.height() <= box.height():
            is_light = colour.lightnessF() > _READABLE
            painter.setPen(QColor("#000000" if is_light else "#ffffff"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_chosen(self, painter: QPainter, box: QRectF) -> None:
        if self._has_cells:
            paint_frame(painter, box.adjusted(1, 1, -1, -1), self._colours.accent, corner=4, width=3)
        else:
            around = scaled(2)
            painter.setPen(line_pen(self._colours.text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(-around, -around, around, around))

    def _paint_legend(self, painter: QPainter) -> None:
        line = self.fontMetrics().height()
        top = self.area().bottom() + 2 * line + scaled(_GAP)
        poor, best = (score_text(each, self._is_accuracy) for each in (self._scale.poor, self._scale.best))
        poor = f"{poor} or worse"
        left = self.area().left()
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(QPointF(left, top + self.fontMetrics().ascent()), poor)
        start = left + self.fontMetrics().horizontalAdvance(poor) + scaled(6)
        steps, width = 24, scaled(120) / 24
        for step in range(steps):
            strip = QRectF(start + step * width, top + line / 4, width + 1, line / 2)
            painter.fillRect(strip, score_colour(step / (steps - 1), self._colours))
        painter.drawText(
            QPointF(start + steps * width + scaled(6), top + self.fontMetrics().ascent()), f"{best} best"
        )
