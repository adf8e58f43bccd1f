"""Rows of bars: a class, its bar and its value, each painted only where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QRegion

from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

_BAR_HEIGHT = 8
# Between the ends of a row and what stands in it.
_INSET = 6
# Of a row's width, what names may take at the most; longer ones are cut.
_NAME_SHARE = 0.35
# Shares of a pixel in which lengths are told apart.
_STEPS = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowLook(NamedTuple):
    """What stands in a row beside its bar.

    Attributes:
        value: In words; empty for none.
        is_winner: Whether it stands out.
        is_read: Whether the class is in the colour of what is read.
    """

    value: str
    is_winner: bool
    is_read: bool


def looks_of(probabilities: Sequence[float] | None, rows: int, is_digit: bool) -> list[RowLook]:
    """The rows for as many probabilities, or for none; see `ClassBars.set_probabilities`."""
    if not probabilities or not is_digit:
        return [RowLook("", False, False)] * rows
    winner = max(range(rows), key=probabilities.__getitem__)
    return [
        RowLook(f"{100 * share:.1f} %", place == winner, True) for place, share in enumerate(probabilities)
    ]


class _Cell(NamedTuple):
    """A part of a row, and the whole pixels around it."""

    exact: QRectF
    around: QRect

    @classmethod
    def of(cls, *place: float) -> _Cell:
        exact = QRectF(*place)
        return cls(exact, exact.toAlignedRect())


class RowPainter:
    """Paints rows of one size in one font and the colours of one appearance."""

    def __init__(
        self, font: QFont, width: int, height: float, colours: Colours, names: Sequence[str]
    ) -> None:
        """Measure.

        Args:
            font: Of the widget.
            width: Of a row, in pixels.
            height: Of a row, in pixels.
            colours: To paint with.
            names: Of the classes, one for each row.
        """
        self._plain, self._bold = tabular(font), tabular(font, weight=QFont.Weight.Bold)
        self._colours = {each.name: QColor(getattr(colours, each.name)) for each in fields(colours)}
        metrics, inset, bar = QFontMetrics(self._bold), scaled(_INSET), scaled(_BAR_HEIGHT)
        widest = max(map(metrics.horizontalAdvance, ("0", *names)))
        name_width = min(widest, int(_NAME_SHARE * width)) + scaled(14) + inset
        self._texts = [
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width - inset) for name in names
        ]
        value_width = metrics.horizontalAdvance("100.0 %") + scaled(10) + inset
        self._track_width = max(10.0, width - name_width - value_width)
        tops = [place * height for place in range(len(names))]
        self.rows = [QRectF(0, top, width, height).toAlignedRect() for top in tops]
        self._names = [_Cell.of(inset, top, name_width - inset, height) for top in tops]
        self._tracks = [
            _Cell.of(name_width, top + (height - bar) / 2, self._track_width, bar) for top in tops
        ]
        self._values = [_Cell.of(width - value_width, top, value_width - inset, height) for top in tops]

    def length(self, share: float) -> float:
        """Of a bar in pixels; what nobody could tell apart is the same length.

        Args:
            share: 0 to 1.
        """
        if share <= 0.0005:
            return 0.0
        # Never narrower than a sliver that can be seen.
        return max(2.0, round(_STEPS * self._track_width * min(1.0, share)) / _STEPS)

    def track(self, place: int) -> QRect:
        """Where the bar of a row may be."""
        return self._tracks[place].around

    def changed(self, place: int, look: RowLook, former: RowLook) -> QRect | None:
        """What is to be painted where a row looks differently, but for the length of its bar."""
        if look == former:
            return None
        return self._values[place].around if look[1:] == former[1:] else self.rows[place]

    def paint(
        self, painter: QPainter, looks: Sequence[RowLook], lengths: Sequence[float], region: QRegion
    ) -> None:
        """Paint those parts of the rows that lie in a region; their grounds are painted already.

        What is of one colour is painted together: each change of pen costs as much as a bar.
        """
        places = [place for place, row in enumerate(self.rows) if region.intersects(row)]
        self._paint_bars(painter, looks, lengths, places, region)
        names = [(place, looks[place]) for place in places if region.intersects(self._names[place].around)]
        values = [
            (place, looks[place])
            for place in places
            if looks[place].value and region.intersects(self._values[place].around)
        ]
        for is_winner in (False, True):
            painter.setFont(self._bold if is_winner else self._plain)
            for place, look in names:
                if look.is_winner == is_winner:
                    painter.setPen(self._colours["text" if look.is_read else "muted"])
                    painter.drawText(self._names[place].exact, _LEFT, self._texts[place])
            painter.setPen(self._colours["text" if is_winner else "muted"])
            for place, look in values:
                if look.is_winner == is_winner:
                    painter.drawText(self._values[place].exact, _RIGHT, look.value)

    def _paint_bars(
        self,
        painter: QPainter,
        looks: Sequence[RowLook],
        lengths: Sequence[float],
        places: Sequence[int],
        region: QRegion,
    ) -> None:
        tracks = [place for place in places if region.intersects(self._tracks[place].around)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours["track"])
        for place in tracks:
            track = self._tracks[place].exact
            painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        for is_winner, colour in ((False, "weak"), (True, "accent")):
            bars = [place for place in tracks if lengths[place] and looks[place].is_winner == is_winner]
            if bars:
                painter.setBrush(self._colours[colour])
            for place in bars:
                track, length = self._tracks[place].exact, lengths[place]
                radius = min(track.height(), length) / 2
                painter.drawRoundedRect(QRectF(track.x(), track.y(), length, track.height()), radius, radius)
