"""Painter of the network picture: pixels, connections, units and answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from desktop.lesson.network_picture.text import activation_name, output_text, rest_text
from desktop.widgets.diverging_colours import NEGATIVE, POSITIVE, diverging_colours
from desktop.widgets.frame import paint_frame
from desktop.widgets.theme import LIGHT, Colours
from engine.preprocessing.normaliser import SIDE

if TYPE_CHECKING:
    from desktop.lesson.network_picture.layout import PictureLayout
    from engine.explain.flow_excerpt import FlowExcerpt, LayerExcerpt
    from engine.explain.network_flow import Connection

# Connections weaker than so many times the strongest one would be a veil over the others.
_LEAST_STRENGTH = 0.06
# Strengths that are told apart: with few pens painting is quicker.
_STRENGTHS = 8
# Of the height of a line of text; the weakest and the strongest connection.
_THIN, _THICK = 0.04, 0.22
_FRAME, _KEYBOARD_FRAME, _FRAME_GAP = 0.1, 0.16, 0.1
_FAINT, _OPAQUE = 0.25, 0.95
_PLAIN, _BOLD = QFont.Weight.Normal, QFont.Weight.Bold
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignTop
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class NetworkPainter:
    """Paints one excerpt after another; colours and fonts stay between them."""

    def __init__(self, font: QFont) -> None:
        self._colours = LIGHT
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Write with another font."""
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(_BOLD)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours

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
        ends = {
            unit: QPointF(layout.unit(column, place).left(), layout.unit(column, place).center().y())
            for unit, place in places[column].items()
        }
        starts = {}
        if column:
            for unit, place in places[column - 1].items():
                source = layout.unit(column - 1, place)
                starts[unit] = QPointF(source.right(), source.center().y())
        strongest = abs(connections[0].contribution)
        lines: list[tuple[list[QLineF], list[QLineF]]] = [([], []) for _ in range(_STRENGTHS)]
        for source_unit, target, contribution in connections:
            strength = abs(contribution) / strongest
            if strength < _LEAST_STRENGTH:
                break
            start = starts[source_unit] if column else layout.pixel(source_unit)
            level = min(_STRENGTHS - 1, int(strength * _STRENGTHS))
            lines[level][contribution > 0].append(QLineF(start, ends[target]))
        for level, (negative, positive) in enumerate(lines):
            strength = level / (_STRENGTHS - 1)
            for some, hue in ((negative, NEGATIVE), (positive, POSITIVE)):
                if some:
                    colour = QColor(*hue)
                    colour.setAlphaF(_FAINT + strength * (_OPAQUE - _FAINT))
                    painter.setPen(QPen(colour, layout.line * (_THIN + strength * (_THICK - _THIN))))
                    painter.drawLines(some)

    def _paint_units(
        self, painter: QPainter, layout: PictureLayout, column: int, layer: LayerExcerpt
    ) -> None:
        painter.setFont(self._plain)
        colours = _unit_colours(layer.outputs, layer.limit, self._colours.field)
        border = QPen(QColor(self._colours.weak), 1)
        for place, (output, colour) in enumerate(zip(layer.outputs, colours, strict=True)):
            unit = layout.unit(column, place)
            painter.setPen(border)
            painter.setBrush(colour)
            painter.drawRoundedRect(unit, unit.height() / 2, unit.height() / 2)
            painter.setPen(_readable_on(colour.rgb()))
            painter.drawText(unit, Qt.AlignmentFlag.AlignCenter, output_text(output))

    def _paint_answers(self, painter: QPainter, layout: PictureLayout, excerpt: FlowExcerpt) -> None:
        """Digit, bar and percentage beside each logit."""
        answer, inset = excerpt.answer, layout.measures.digit
        for digit, probability in enumerate(excerpt.probabilities):
            row, track = layout.answer_row(digit), layout.bar(digit)
            is_answer = digit == answer
            painter.setFont(self._bold if is_answer else self._plain)
            painter.setPen(QColor(self._colours.text if is_answer else self._colours.muted))
            name = QRectF(row.left() + layout.measures.unit_width, row.top(), inset, row.height())
            painter.drawText(name, Qt.AlignmentFlag.AlignCenter, str(digit))
            painter.drawText(row, _RIGHT, f"{100 * probability:.1f} %")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.track))
            corner = track.height() / 2
            painter.drawRoundedRect(track, corner, corner)
            if probability > 0.0005:
                track.setWidth(max(2.0, track.width() * min(1.0, probability)))
                painter.setBrush(QColor(self._colours.accent if is_answer else self._colours.weak))
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
                continue
            number, name = column + 1, activation_name(excerpt.activation)
            names = (f"Hidden layer {number}", f"Layer {number}", f"{number}")
            sizes = (f"{layer.size:,} units, {name}", f"{layer.size:,} units", f"{layer.size:,}")
            self._write_head(painter, layout, column, names, sizes, _CENTRE)
            painter.setPen(QColor(self._colours.muted))
            words = "\n".join(rest_text(layer.rest_count))
            painter.drawText(layout.foot(column), _CENTRE | _TOP, words)

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
        for line, (texts, font, colour) in enumerate(
            ((names, self._bold, self._colours.text), (sizes, self._plain, self._colours.muted))
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            metrics = painter.fontMetrics()
            text = next(
                (each for each in texts if metrics.horizontalAdvance(each) <= place.width()), texts[-1]
            )
            half = QRectF(place.left(), place.top() + line * layout.line, place.width(), layout.line)
            painter.drawText(half, alignment | Qt.AlignmentFlag.AlignVCenter, text)


def _unit_colours(outputs: Sequence[float], limit: float, zero: str) -> list[QColor]:
    """Orange for what is above 0, blue for what is below, as weights are coloured."""
    ground = QColor(zero)
    middle = (ground.red(), ground.green(), ground.blue())
    rows = diverging_colours(np.array(outputs, dtype=np.float32), limit, middle).tolist()
    return [QColor(red, green, blue) for blue, green, red, _ in rows]


@lru_cache(maxsize=512)
def _readable_on(ground: int) -> QColor:
    """Black or white, whichever has more contrast (WCAG 2.1, relative luminance)."""
    colour = QColor.fromRgb(ground)
    shares = [
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4
        for share in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    luminance = 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]
    # Where black and white have the same contrast.
    return QColor("white" if luminance < 0.179 else "black")
