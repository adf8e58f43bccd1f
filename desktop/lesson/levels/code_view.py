"""Code view: source that is read, not written, with line numbers and a mark at the lines that are new."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.lesson.levels.python_highlighter import PythonHighlighter
from desktop.widgets.theme import LIGHT, Colours

_NEW_LINE_ALPHA = 0.13
_MARGIN = 8


class CodeView(QPlainTextEdit):
    """As high as its lines, so that the page scrolls and not the code; long lines scroll sideways."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self._colours = LIGHT
        self._new_lines: frozenset[int] = frozenset()
        self.setReadOnly(True)
        self.setAccessibleName(f"Source: {name}")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(max(7.5, self.font().pointSizeF() * 0.88))
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self.document().setDocumentMargin(4)
        self._gutter = _Gutter(self)
        self._highlighter = PythonHighlighter(self.document())
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    @property
    def new_lines(self) -> frozenset[int]:
        """Numbers, from 0, of the lines that are marked."""
        return self._new_lines

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._highlighter.set_colours(colours)
        self._mark_new_lines()
        self._gutter.update()

    def set_code(self, lines: Sequence[str], new_lines: Collection[int]) -> None:
        """Show source; the lines numbered in `new_lines`, from 0, are marked."""
        text = "\n".join(lines)
        self._new_lines = frozenset(new_lines)
        self._highlighter.set_source(text)
        self.setPlainText(text)
        self._mark_new_lines()
        self.updateGeometry()

    def _mark_new_lines(self) -> None:
        colour = QColor(self._colours.accent)
        colour.setAlphaF(_NEW_LINE_ALPHA)
        marks = []
        for number in sorted(self._new_lines):
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(colour)
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.cursor = QTextCursor(self.document().findBlockByNumber(number))
            marks.append(mark)
        self.setExtraSelections(marks)

    def gutter_width(self) -> int:
        """Room for a mark and three figures."""
        return self.fontMetrics().horizontalAdvance("+000") + 2 * _MARGIN

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Paint line numbers, and a plus before those of new lines."""
        metrics = self.fontMetrics()
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        painter.setFont(self.font())
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset).toRect()
            if place.top() > area.bottom():
                break
            line = QRect(0, place.top(), self.gutter_width() - _MARGIN, metrics.height())
            number = block.blockNumber()
            is_new = number in self._new_lines
            painter.setPen(QColor(self._colours.accent if is_new else self._colours.muted))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(number + 1))
            if is_new:
                painter.drawText(_MARGIN, line.top() + metrics.ascent(), "+")
            block = block.next()

    def sizeHint(self) -> QSize:
        """All lines, and the bar below them where a line is long."""
        height = self.blockCount() * self.fontMetrics().lineSpacing() + 2 * 4 + 2 * self.frameWidth()
        if self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(480, height + 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but all lines."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the view; a line may have become too long."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter_width(), inside.height()))
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another gutter."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_gutter"):
            self.setViewportMargins(self.gutter_width(), 0, 0, 0)


class _Gutter(QWidget):
    """The strip left of the code."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view
        view.updateRequest.connect(self._on_update_requested)

    def _on_update_requested(self, _area: QRect, _dy: int) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the view says."""
        painter = QPainter(self)
        self._view.paint_gutter(painter, event.rect())
        painter.end()
