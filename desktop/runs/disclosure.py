"""Disclosure: the triangle before a search's name, and the room before those of its trials."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_size

INDENT_ROLE = Qt.ItemDataRole.UserRole
"""Whether a name stands further to the right."""

_INDENT = 24
_WIDTH, _HEIGHT = 8.0, 5.0
_BOX = 16
"""As wide as the box of a tick with the gap behind it, which other rows have there."""


def disclosure_icon(is_open: bool, colours: Colours, ratio: float) -> QIcon:
    """A triangle that points down where the trials follow, for a screen with so many pixels to a point."""
    size = scaled_size(_BOX, _BOX)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scaled(100) / 100, scaled(100) / 100)
    if not is_open:
        painter.rotate(-90)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.muted))
    half, low = _WIDTH / 2, _HEIGHT / 2
    painter.drawPolygon(QPolygonF([QPointF(-half, -low), QPointF(half, -low), QPointF(0, low)]))
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # the style would tint that of a selected row
        icon.addPixmap(pixmap, mode)
    return icon


def disclosure_width() -> int:
    """Pixels from the left edge of a name that belong to the triangle."""
    return scaled(_INDENT)


class NameDelegate(QStyledItemDelegate):
    """Names are painted, ticked and edited to the right of where others are, if they are indented."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the name."""
        super().paint(painter, _indented(option, index), index)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The box of the tick is where it is seen."""
        return super().editorEvent(event, model, _indented(option, index), index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The name is edited where it is seen."""
        super().updateEditorGeometry(editor, _indented(option, index), index)


def _indented(
    option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
) -> QStyleOptionViewItem:
    if not index.data(INDENT_ROLE):
        return option
    moved = QStyleOptionViewItem(option)
    moved.rect = option.rect.adjusted(scaled(_INDENT), 0, 0, 0)
    return moved
