"""Parted items: the list of a combo box with a line between what belongs together and the rest."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.widgets.zoom.lengths import line_width, scaled

_HEIGHT = 9


class PartedItems(QStyledItemDelegate):
    """Paints separators, which the delegate that follows the style sheet leaves empty."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A separator takes less room than an item."""
        usual = super().sizeHint(option, index)
        return QSize(usual.width(), scaled(_HEIGHT)) if _is_separator(index) else usual

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a line or an item."""
        if not _is_separator(index):
            super().paint(painter, option, index)
            return
        place, height = option.rect, round(line_width())
        line = place.adjusted(scaled(8), (place.height() - height) // 2, -scaled(8), 0)
        line.setHeight(height)
        painter.fillRect(line, option.palette.color(QPalette.ColorRole.Mid))


def _is_separator(index: QModelIndex | QPersistentModelIndex) -> bool:
    return str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole)) == "separator"
