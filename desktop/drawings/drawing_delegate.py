"""Drawing delegate: paints one drawing of the gallery with its label, what the network said, and when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.drawings.drawing_text import day_text, is_misread, reading_text
from desktop.drawings.gallery_model import DRAWING_ROLE
from desktop.drawings.thumbnails import SIDE, Thumbnails
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled

_ROOM = 8
_CORNER = 10
_SMALL = 0.82


class DrawingDelegate(QStyledItemDelegate):
    """Picture above two lines. What was misread is told by an arrow as well as by its colour."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._thumbnails = Thumbnails()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._thumbnails.set_colours(colours)

    def cell(self, font: QFont) -> QSize:
        """What one drawing takes with the room around it."""
        return QSize(
            scaled(SIDE) + 3 * scaled(_ROOM), scaled(SIDE) + 3 * scaled(_ROOM) + 2 * self._line_height(font)
        )

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All drawings take the same."""
        return self.cell(option.font)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground and frame, picture, two lines."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        drawing = index.data(DRAWING_ROLE)
        if drawing is not None:
            left = option.rect.left() + (option.rect.width() - scaled(SIDE)) // 2
            top = option.rect.top() + scaled(_ROOM)
            ratio = painter.deviceTransform().m11()
            painter.drawPixmap(left, top, self._thumbnails.of(drawing, ratio))
            height = self._line_height(option.font)
            line = QRect(left, top + scaled(SIDE) + scaled(_ROOM) // 2, scaled(SIDE), height)
            colours = self._colours
            painter.setFont(tabular(option.font, weight=QFont.Weight.Bold))
            painter.setPen(QColor(colours.text))
            vertically = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, vertically | Qt.AlignmentFlag.AlignLeft, str(drawing.label))
            painter.setFont(tabular(option.font, _SMALL))
            painter.setPen(QColor(colours.warning if is_misread(drawing) else colours.muted))
            painter.drawText(line, vertically | Qt.AlignmentFlag.AlignRight, reading_text(drawing))
            painter.setPen(QColor(colours.muted))
            painter.drawText(
                line.translated(0, height), vertically | Qt.AlignmentFlag.AlignLeft, day_text(drawing)
            )
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        has_keyboard = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not (is_selected or has_keyboard or is_pointed):
            return
        colours = self._colours
        # One pen width on each side stays free, so that neighbours' frames do not run into each other.
        area = option.rect.adjusted(1, 1, -2, -2)
        width = 2.0 if is_selected else 1.0
        framed = is_selected or has_keyboard
        painter.setPen(QPen(QColor(colours.accent), line_width(width)) if framed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.field_hover if is_selected else colours.field))
        painter.drawRoundedRect(area, scaled(_CORNER), scaled(_CORNER))

    def _line_height(self, font: QFont) -> int:
        return QFontMetrics(font).height() + 1
