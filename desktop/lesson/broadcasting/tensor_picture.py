"""Tensor picture: a small tensor as cells with numbers; those that only repeat another are hatched."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.broadcasting.cells import ROUNDING, CellLayout, paint_cell
from desktop.lesson.broadcasting.values import Index, SmallTensor, index_text, indices, signed
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import line_width, scaled

_LEAST_CELL = 28
_CELL_PADDING = 12
_SIGN_WIDTH = 24
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TensorPicture(QWidget):
    """A tensor of up to three axes under a heading; its matrices stand side by side while there is room.

    Where it may be pointed at, the mouse and the arrow keys point at cells.

    Signals:
        cell_pointed: The index of the cell that is pointed at, or None.
    """

    cell_pointed = Signal(object)

    def __init__(self, name: str, can_be_pointed_at: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._colours = LIGHT
        self._tint = "text"
        self._sign = ""
        self._remark = ""
        self._marked: frozenset[int] = frozenset()
        self._pointed: Index | None = None
        self._can_be_pointed_at = can_be_pointed_at
        self.setFont(tabular(self.font(), 0.92))
        self.setMouseTracking(can_be_pointed_at)
        if can_be_pointed_at:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_tensor(SmallTensor((), (0,)))

    @property
    def tensor(self) -> SmallTensor:
        """What is shown."""
        return self._tensor

    @property
    def marked(self) -> frozenset[int]:
        """Places of the values that have a frame around them."""
        return self._marked

    @property
    def remark(self) -> str:
        """The second line of the heading."""
        return self._remark

    def set_colours(self, colours: Colours, tint: str) -> None:
        """Paint with the colours of another appearance.

        Args:
            colours: The colours.
            tint: Name of the colour among them that the cells have.
        """
        self._colours, self._tint = colours, tint
        self.update()

    def set_tensor(self, tensor: SmallTensor, sign: str = "", remark: str = "") -> None:
        """Show another tensor.

        Args:
            tensor: At most three axes.
            sign: Stands left of it, such as ``+``.
            remark: The second line of the heading.
        """
        self._tensor, self._sign, self._remark = tensor, sign, remark
        self._marked, self._pointed = frozenset(), None
        self._fit_cells()
        copies = f", {len(tensor.copies)} of them repeated" if tensor.copies else ""
        self.setAccessibleDescription(
            f"{tensor.shape}, {remark}, {len(tensor.values)} numbers{copies}: "
            + ", ".join(map(signed, tensor.values))
        )
        self.updateGeometry()
        self.update()

    def _fit_cells(self) -> None:
        metrics, tensor = QFontMetrics(self.font()), self._tensor
        widest = max((metrics.horizontalAdvance(signed(value)) for value in tensor.values), default=0)
        self._cells = CellLayout(
            tensor.shape,
            cell_width=max(scaled(_LEAST_CELL), widest + scaled(_CELL_PADDING)),
            cell_height=max(scaled(_LEAST_CELL - 2), metrics.height() + scaled(8)),
            label_height=metrics.height() + scaled(4) if len(tensor.shape) == 3 else 0,
        )

    def mark(self, marked: Iterable[Index]) -> None:
        """Put a frame around these cells and no others."""
        self._marked = frozenset(map(self._tensor.place, marked))
        self.update()

    def point_at(self, index: Index | None) -> None:
        """Point at a cell, or at none, and tell."""
        if index != self._pointed:
            self._pointed = index
            self.mark([] if index is None else [index])
            self.cell_pointed.emit(index)

    def best_width(self) -> int:
        """Pixels with all matrices side by side."""
        return self._side_width() + max(self._heading_width(), self._cells.best_width + 1)

    def height_for(self, width: int) -> int:
        """Pixels that a picture so wide takes."""
        return self._heading_height() + self._cells.height(width - self._side_width() - 1) + 1

    def cell_rectangle(self, index: Index) -> QRectF:
        """Where a cell is painted."""
        place = self._cells.rectangle(index, self.width() - self._side_width() - 1)
        return place.translated(self._side_width(), self._heading_height())

    def index_at(self, point: QPointF) -> Index | None:
        """The index of the cell at a point, or None."""
        for index in indices(self._tensor.shape):
            # With half of the gaps around it, so that nothing flickers between two cells.
            if self.cell_rectangle(index).adjusted(-1, -1, 1, 1).contains(point):
                return index
        return None

    @property
    def _title(self) -> str:
        return f"{self._name} {self._tensor.shape}"

    def _side_width(self) -> int:
        return scaled(_SIGN_WIDTH) if self._sign else 0

    def _heading_width(self) -> int:
        title = QFontMetrics(self._bold()).horizontalAdvance(self._title)
        return max(title, self.fontMetrics().horizontalAdvance(self._remark)) + 2

    def _heading_height(self) -> int:
        return 2 * self.fontMetrics().lineSpacing() + scaled(6)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _paint_heading(self, painter: QPainter) -> None:
        line = self.fontMetrics().lineSpacing()
        left = self._side_width()
        painter.setFont(self._bold())
        painter.setPen(QColor(self._colours.text))
        painter.drawText(QRectF(left, 0, self.width() - left, line), _LEFT, self._title)
        if self._sign:
            # Halfway down the cells of the first line of matrices.
            cells_height = self._cells.matrix_height - self._cells.label_height
            middle = self._heading_height() + self._cells.label_height + cells_height / 2
            painter.setFont(tabular(self._bold(), 1.3))
            place = QRectF(0, middle - scaled(16), scaled(_SIGN_WIDTH) - scaled(8), 2 * scaled(16))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._sign)
        painter.setFont(self.font())
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(QRectF(left, line, self.width() - left, line), _LEFT, self._remark)

    def sizeHint(self) -> QSize:
        """All matrices side by side."""
        width = self.best_width()
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        """One matrix wide."""
        width = self._side_width() + max(self._heading_width(), self._cells.matrix_width + 1)
        return QSize(width, self.height_for(self.best_width()))

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other cells."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_cells"):
            self._fit_cells()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        if self._can_be_pointed_at:
            self.point_at(self.index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the cells; Escape points at nothing."""
        first = (0,) * len(self._tensor.shape)
        neighbour = self._cells.neighbour(first if self._pointed is None else self._pointed, event.key())
        if event.key() == Qt.Key.Key_Escape and self._pointed is not None:
            self.point_at(None)
        elif neighbour is not None:
            self.point_at(first if self._pointed is None else neighbour)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Point at the first cell, so that one sees where the keys lead."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.point_at((0,) * len(self._tensor.shape))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self.point_at(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint heading, sign, and cells with their numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heading(painter)
        tint = getattr(self._colours, self._tint)
        text, muted = QColor(self._colours.text), QColor(self._colours.muted)
        for place, index in enumerate(indices(self._tensor.shape)):
            cell = self.cell_rectangle(index)
            is_copy = place in self._tensor.copies
            if len(index) == 3 and not any(index[1:]):
                height = self._cells.label_height
                painter.setPen(muted)
                label = QRectF(cell.left(), cell.top() - height, cell.width(), height)
                painter.drawText(label, _LEFT, index_text(index[:1]))
            paint_cell(painter, cell, self._colours, tint, is_copy)
            if place in self._marked:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(text, line_width(2)))
                painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), scaled(ROUNDING), scaled(ROUNDING))
            painter.setPen(muted if is_copy else text)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, signed(self._tensor.values[place]))
        painter.end()
