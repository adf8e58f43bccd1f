"""Code view: source that is read, not written, with line numbers and a mark at the lines that are new."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop.widgets.code.python_highlighter import PythonHighlighter
from desktop.widgets.text.fonts import fixed_font
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled

NO_CODE = "The program was installed without its source code, so the code cannot be shown."

_NEW_LINE_ALPHA = 0.13
_MARGIN, _TEXT_MARGIN = 8, 4
_FONT_SCALE = 0.88
# Columns by which the rest of a line that is too long stands further to the right than its beginning.
_HANG = 4


class CodeView(QTextEdit):
    """As high as its lines, so that the page scrolls and not the code.

    A line that is too long goes on below, indented; copied, it is the one line that it is in the source.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self._colours = LIGHT
        self._new_lines: frozenset[int] = frozenset()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(f"Source: {name}")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFont(fixed_font(self.font(), _FONT_SCALE))
        self._gutter = _Gutter(self)
        self._highlighter = PythonHighlighter(self.document())
        # The same text once more, to ask how high it is at any width.
        self._measured = QTextDocument(self)
        self._is_measured_outdated = self._is_format_outdated = True
        self._measured.setDefaultTextOption(self.document().defaultTextOption())
        self._format_lines()

    @property
    def new_lines(self) -> frozenset[int]:
        """Numbers, from 0, of the lines that are marked."""
        return self._new_lines

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self._format_lines()
        self._highlighter.set_colours(colours)

    def set_code(self, lines: Sequence[str], new_lines: Collection[int]) -> None:
        """Show source; the lines numbered in `new_lines`, from 0, are marked."""
        text = "\n".join(lines)
        self._new_lines = frozenset(new_lines)
        self._highlighter.set_source(text)
        self.setPlainText(text)
        self._format_lines()

    def _format_lines(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._format(self.document())
        self._is_measured_outdated, self._is_format_outdated = True, False
        self._gutter.update()
        self.updateGeometry()

    def _format(self, document: QTextDocument) -> None:
        """An indent where lines go on below, and a mark behind those that are new."""
        column = QFontMetricsF(self.font()).horizontalAdvance(" ")
        document.setDocumentMargin(scaled(_TEXT_MARGIN))
        mark = QColor(self._colours.accent)
        mark.setAlphaF(_NEW_LINE_ALPHA)
        cursor = QTextCursor(document)
        # Laid out and coloured once, not after each line.
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            text = block.text()
            hang = (len(text) - len(text.lstrip()) + _HANG) * column
            form = QTextBlockFormat()
            form.setLeftMargin(hang)
            form.setTextIndent(-hang)
            if block.blockNumber() in self._new_lines:
                form.setBackground(mark)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()

    def gutter_width(self) -> int:
        """Room for a mark and three figures."""
        return self.fontMetrics().horizontalAdvance("+000") + 2 * scaled(_MARGIN)

    def paint_gutter(self, painter: QPainter) -> None:
        """Paint line numbers, and a plus before those of new lines."""
        painter.setFont(self.font())
        layout, margin = self.document().documentLayout(), scaled(_MARGIN)
        width, height = self.gutter_width() - margin, self.fontMetrics().height()
        block = self.document().begin()
        while block.isValid():
            number = block.blockNumber()
            is_new = number in self._new_lines
            line = QRect(0, round(layout.blockBoundingRect(block).top()), width, height)
            painter.setPen(QColor(self._colours.accent if is_new else self._colours.muted))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(number + 1))
            if is_new:
                painter.drawText(line.adjusted(margin, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, "+")
            block = block.next()

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        if self._is_measured_outdated:
            self._is_measured_outdated = False
            self._measured.setDefaultFont(self.font())
            self._measured.setPlainText(self.toPlainText())
            self._format(self._measured)
        around = self.size() - self.contentsRect().size()
        self._measured.setTextWidth(max(1, width - around.width() - self.gutter_width()))
        return int(self._measured.size().height() + 0.999) + around.height()

    def sizeHint(self) -> QSize:
        """All lines."""
        width = scaled(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow, and as high as its width asks for."""
        return QSize(scaled(200), self.fontMetrics().height())

    def createMimeDataFromSelection(self) -> QMimeData:
        """The source as it is: neither colours nor the breaks of lines that are too long."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n"))
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the view."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter_width(), inside.height()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the page, whichever way it is turned."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another gutter and other indents."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_measured"):
            self._is_measured_outdated = self._is_format_outdated = True
            if self.isVisible():
                self._format_lines()

    def showEvent(self, event: QShowEvent) -> None:
        """The font may have changed while nobody saw it."""
        super().showEvent(event)
        if self._is_format_outdated:
            self._format_lines()


class _Gutter(QWidget):
    """The strip left of the code."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what the view says."""
        painter = QPainter(self)
        self._view.paint_gutter(painter)
        painter.end()
