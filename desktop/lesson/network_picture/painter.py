"""Painter of the network picture: pixels, connections, units and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from desktop.lesson.network_picture.text import activation_name, output_text, rest_text
from desktop.widgets.diverging.colours import diverging_colours
from desktop.widgets.diverging.connections import LEAST_STRENGTH, ConnectionPens
from desktop.widgets.frame import paint_frame
from desktop.widgets.theme import LIGHT, Colours
from engine.preprocessing.normaliser import SIDE

if TYPE_CHECKING:
    from desktop.lesson.network_picture.layout import PictureLayout
    from engine.explain.flow_excerpt import FlowExcerpt, LayerExcerpt
    from engine.explain.network_flow import Connection

# Of the height of a line of text; the weakest and the strongest connection.
_THIN, _THICK = 0.05, 0.16
_FRAME, _KEYBOARD_FRAME, _FRAME_GAP = 0.1, 0.16, 0.1
_PLAIN, _BOLD = QFont.Weight.Normal, QFont.Weight.Bold
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_NO_PEN = Qt.PenStyle.NoPen
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class NetworkPainter:
    """Paints one excerpt after another; colours and fonts stay between them."""

    def __init__(self, font: QFont) -> None:
        self._readable = (QColor("black"), QColor("white"))
        self.set_font(font)
        self.set_colours(LIGHT)

    def set_font(self, font: QFont) -> None:
        """Write with another font."""
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(_BOLD)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        # Over the pixels, which are dark in either appearance, weak lines are thin and not faint.
        self._pens = [ConnectionPens(ground) for ground in (None, colours.panel)]

    def paint(
        self,
        painter: QPainter,
        layout: PictureLayout,
        excerpt: FlowExcerpt,
        pointed: tuple[int, int] | None,
        has_keyboard: bool,
    ) -> None:
        """Paint all of it.

        Args:
            painter: Paints.
            layout: Where things stand.
            excerpt: What is shown.
            pointed: Column and place of the unit pointed at, or None.
            has_keyboard: Whether that is where keys go.
        """
        self.paint_ground(painter, QRectF(QPointF(), layout.size))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pixels(painter, layout, excerpt)
        places = [{unit: place for place, unit in enumerate(layer.units)} for layer in excerpt.layers]
        for column, connections in enumerate(excerpt.connections):
            self._paint_connections(painter, layout, column, connections, places)
        for column, layer in enumerate(excerpt.layers):
            self._paint_units(painter, layout, column, layer)
        self._paint_answers(painter, layout, excerpt)
        self._paint_words(painter, layout, excerpt)
        if pointed is not None:
            gap = _FRAME_GAP * layout.line
            frame = layout.unit(*pointed).adjusted(-gap, -gap, gap, gap)
            width = (_KEYBOARD_FRAME if has_keyboard else _FRAME) * layout.line
            paint_frame(painter, frame, self._colours.accent, frame.height() / 2, width)

    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        """Paint the ground alone."""
        painter.fillRect(area, QColor(self._colours.panel))

    def _paint_pixels(self, painter: QPainter, layout: PictureLayout, excerpt: FlowExcerpt) -> None:
        grey = (excerpt.image * 255).astype(np.uint8).tobytes()  # kept until it is painted
        image = QImage(grey, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
        painter.fillRect(layout.pixels, QColor(self._colours.seen))
        painter.drawImage(layout.pixels, image)
        paint_frame(painter, layout.pixels, self._colours.line, 0)

    def _paint_connections(
        self,
        painter: QPainter,
        layout: PictureLayout,
        column: int,
        connections: Sequence[Connection],
        places: Sequence[dict[int, int]],
    ) -> None:
        """The weakest first, so that the strongest lie on top."""
        if not connections:
            return
        self._pens[column > 0].paint(
            painter,
            _lines(layout, column, connections, places),
            _THIN * layout.line,
            _THICK * layout.line,
        )

    def _paint_units(
        self, painter: QPainter, layout: PictureLayout, column: int, layer: LayerExcerpt
    ) -> None:
        painter.setFont(self._plain)
        colours = _unit_colours(layer.outputs, layer.limit, self._colours.field)
        units = [layout.unit(column, place) for place in range(len(colours))]
        corner = units[0].height() / 2
        painter.setPen(QPen(QColor(self._colours.weak), 1))
        for unit, colour in zip(units, colours, strict=True):
            painter.setBrush(colour)
            painter.drawRoundedRect(unit, corner, corner)
        for unit, colour, output in zip(units, colours, layer.outputs, strict=True):
            painter.setPen(self._readable[_is_dark(colour.rgb())])
            painter.drawText(unit, _MIDDLE, output_text(output))

    def _paint_answers(self, painter: QPainter, layout: PictureLayout, excerpt: FlowExcerpt) -> None:
        """Name, bar and percentage beside each logit."""
        inset = layout.measures.name
        text, muted = QColor(self._colours.text), QColor(self._colours.muted)
        filled, weak = QColor(self._colours.accent), QColor(self._colours.weak)
        ground, answer = QColor(self._colours.track), excerpt.answer
        for place, unit in enumerate(excerpt.layers[-1].units):
            row, track = layout.answer_row(place), layout.bar(place)
            probability, is_answer = excerpt.probabilities[unit], unit == answer
            painter.setFont(self._bold if is_answer else self._plain)
            painter.setPen(text if is_answer else muted)
            name = QRectF(row.left() + layout.measures.unit_width, row.top(), inset, row.height())
            text_of_name = painter.fontMetrics().elidedText(
                excerpt.classes[unit], Qt.TextElideMode.ElideRight, int(inset)
            )
            painter.drawText(name, _MIDDLE, text_of_name)
            painter.drawText(row, _RIGHT, f"{100 * probability:.1f} %")
            corner = track.height() / 2
            painter.setPen(_NO_PEN)
            painter.setBrush(ground)
            painter.drawRoundedRect(track, corner, corner)
            if probability > 0.0005:
                track.setWidth(max(2.0, track.width() * min(1.0, probability)))
                painter.setBrush(filled if is_answer else weak)
                corner = min(corner, track.width() / 2)
                painter.drawRoundedRect(track, corner, corner)

    def _paint_words(self, painter: QPainter, layout: PictureLayout, excerpt: FlowExcerpt) -> None:
        """Above each layer what it is, below it what has no place."""
        self._write_head(painter, layout, -1, ("Pixels",), (f"{SIDE} × {SIDE}",), _LEFT)
        last = len(excerpt.layers) - 1
        for column, layer in enumerate(excerpt.layers):
            if column == last:
                sizes = (f"{layer.size} logits, softmax", f"{layer.size} logits")
                self._write_head(painter, layout, column, ("Answers",), sizes, _LEFT)
                if layer.rest_count:
                    painter.setFont(self._plain)
                    painter.setPen(QColor(self._colours.muted))
                    words = f"and {layer.rest_count} less likely"
                    painter.drawText(layout.foot(column), _LEFT | Qt.AlignmentFlag.AlignTop, words)
                continue
            number, name = column + 1, activation_name(excerpt.activation)
            titles = (f"Hidden layer {number}", f"Layer {number}", f"{number}")
            sizes = (f"{layer.size:,} units, {name}", f"{layer.size:,} units")
            if layer.size == 1:
                sizes = ("1 unit",) * 2
            self._write_head(painter, layout, column, titles, sizes, _CENTRE)
            painter.setPen(QColor(self._colours.muted))
            words = "\n".join(rest_text(layer.rest_count))
            painter.drawText(layout.foot(column), _CENTRE | Qt.AlignmentFlag.AlignTop, words)

    def _write_head(
        self,
        painter: QPainter,
        layout: PictureLayout,
        column: int,
        names: Sequence[str],
        sizes: Sequence[str],
        alignment: Qt.AlignmentFlag,
    ) -> None:
        """The longest of the names and of the sizes that there is room for."""
        place = layout.head(column)
        for line, texts in enumerate((names, sizes)):
            painter.setFont(self._plain if line else self._bold)
            painter.setPen(QColor(self._colours.muted if line else self._colours.text))
            metrics = painter.fontMetrics()
            text = next(
                (each for each in texts if metrics.horizontalAdvance(each) <= place.width()), texts[-1]
            )
            half = QRectF(place.left(), place.top() + line * layout.line, place.width(), layout.line)
            painter.drawText(half, alignment | Qt.AlignmentFlag.AlignVCenter, text)


def _lines(
    layout: PictureLayout,
    column: int,
    connections: Sequence[Connection],
    places: Sequence[dict[int, int]],
) -> Iterator[tuple[QLineF, float]]:
    """Those that are worth a line, the strongest first, and how strong they are, -1 to 1."""
    strongest, into = abs(connections[0].contribution), places[column]
    for source, target, contribution in connections:
        strength = contribution / strongest
        if abs(strength) < LEAST_STRENGTH:
            return
        start = layout.start(column - 1, places[column - 1][source]) if column else layout.pixel(source)
        yield QLineF(start, layout.end(column, into[target])), strength


def _unit_colours(outputs: Sequence[float], limit: float, zero: str) -> list[QColor]:
    """Orange for what is above 0, blue for what is below, as weights are coloured."""
    ground = QColor(zero)
    middle = (ground.red(), ground.green(), ground.blue())
    rows = diverging_colours(np.array(outputs, dtype=np.float32), limit, middle).tolist()
    return [QColor(red, green, blue) for blue, green, red, _ in rows]


@lru_cache(maxsize=512)
def _is_dark(ground: int) -> bool:
    """Whether white has more contrast on it than black (WCAG 2.1, relative luminance)."""
    colour = QColor.fromRgb(ground)
    shares = [
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    # Where both have the same.
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2] < 0.179
