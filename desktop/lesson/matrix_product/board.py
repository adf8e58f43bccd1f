"""Product board: the matrices of one step, with what it uses and what it computes marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lesson.broadcasting.cells import ROUNDING, paint_cell
from desktop.lesson.matrix_product.arrangement import SIGNS, Measures, places
from desktop.lesson.matrix_product.text import HEADINGS, shown
from desktop.widgets.frame import paint_frame
from desktop.widgets.text.fonts import tabular
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.lesson.matrix_product import ProductStep, Role, Sheet, View

_TINTS = {Role.FIRST: "accent", Role.STRETCHED: "accent", Role.SECOND: "second"}
_HEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_BLANK_ALPHA = 0.5
_FRAME = 6
# Pixels in which all matrices have room beside each other.
_WIDE = 10_000
# Of the font, for a lecture hall reads from afar; each with the least width of a board, in lines of text: a
# narrow window is mostly low, too.
_SCALES = ((1.5, 56), (1.25, 45), (1.0, 0))


class ProductBoard(QWidget):
    """As large as the width allows; all steps of a product take the same room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._view = View.ROW_TIMES_COLUMN
        self._step: ProductStep | None = None
        self._longest = "0"
        self.setFont(tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Matrices, Space plays, arrow keys step")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def step(self) -> ProductStep | None:
        """What is shown."""
        return self._step

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.update()

    def set_product(self, steps: tuple[ProductStep, ...], view: View) -> None:
        """Make room for other steps, and show the first of them."""
        texts = (
            shown(number)
            for step in steps
            for sheet in step.sheets
            for row in sheet.numbers
            for number in row
            if number is not None
        )
        self._longest = max(texts, key=len, default="0")
        self._view = view
        self.show_step(steps[0])
        self.updateGeometry()

    def show_step(self, step: ProductStep) -> None:
        """Show another step of the same product."""
        self._step = step
        self.update()

    def cell_rectangle(self, role: Role, row: int, column: int) -> QRectF:
        """Where a cell is painted."""
        assert self._step is not None
        sheet, measures = self._step.sheet(role), self._measures(self._scale(self.width()))
        place = self._places(measures, self.width())[self._step.sheets.index(sheet)]
        return _cell(measures, sheet, place, row, column).translated(scaled(_FRAME), scaled(_FRAME))

    def _scale(self, width: int) -> float:
        """The largest at which all matrices stand as they would in the widest board."""
        lines = width / self.fontMetrics().height()
        for scale, least in _SCALES:
            if lines >= least and self._size_at(scale, _WIDE).width() <= width:
                return scale
        return 1.0

    def _font(self, scale: float, is_bold: bool) -> QFont:
        return tabular(self.font(), scale, QFont.Weight.DemiBold if is_bold else None)

    def _measures(self, scale: float) -> Measures:
        metrics = QFontMetrics(self._font(scale, is_bold=True))
        height = metrics.height()
        sheets = self._step.sheets if self._step else ()
        return Measures(
            cell_width=max(
                round(1.9 * height), metrics.horizontalAdvance(self._longest) + round(0.7 * height)
            ),
            cell_height=round(1.6 * height),
            heading=round(1.4 * height),
            heading_width=max((metrics.horizontalAdvance(_heading(each)) for each in sheets), default=0) + 2,
            gap=round(1.6 * height),
        )

    def _places(self, measures: Measures, width: int) -> list[QRect]:
        """Of the matrices within the frame, in a board so wide."""
        return places(self._step, self._view, measures, width - 2 * scaled(_FRAME)) if self._step else []

    def _size_at(self, scale: float, width: int) -> QSize:
        """What the matrices need at a scale in a board so wide."""
        around = QRect()
        for place in self._places(self._measures(scale), width):
            around = around.united(place)
        return QSize(around.right() + 1 + 2 * scaled(_FRAME), around.bottom() + 1 + 2 * scaled(_FRAME))

    def hasHeightForWidth(self) -> bool:
        """Matrices go on in the next line where the width ends."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All matrices, and the frame around them."""
        return self._size_at(self._scale(width), width).height()

    def sizeHint(self) -> QSize:
        """All in as few lines as there can be."""
        return self._size_at(1.0, _WIDE)

    def minimumSizeHint(self) -> QSize:
        """In as many lines as there can be, but as high as in few of them."""
        return QSize(self._size_at(1.0, 0).width(), self._size_at(1.0, _WIDE).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all matrices."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_frame(painter, frame, self._colours.accent, ROUNDING)
        if self._step is not None:
            painter.translate(scaled(_FRAME), scaled(_FRAME))
            scale = self._scale(self.width())
            measures = self._measures(scale)
            for sheet, place in zip(self._step.sheets, self._places(measures, self.width()), strict=True):
                self._paint_heading(painter, scale, measures, sheet, place)
                self._paint_cells(painter, scale, measures, sheet, place)
        painter.end()

    def _paint_heading(
        self, painter: QPainter, scale: float, measures: Measures, sheet: Sheet, place: QRect
    ) -> None:
        painter.setFont(self._font(scale, is_bold=True))
        painter.setPen(QColor(self._colours.text))
        heading = QRectF(place.left(), place.top(), place.width(), measures.heading)
        painter.drawText(heading, _HEADING, _heading(sheet))
        if self._view is View.BROADCASTING and sheet.role in SIGNS:
            left, top = place.left() - measures.gap, place.top() + measures.heading
            beside = QRectF(left, top, measures.gap, place.height() - measures.heading)
            painter.setFont(self._font(1.2 * scale, is_bold=True))
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, SIGNS[sheet.role])

    def _paint_cells(
        self, painter: QPainter, scale: float, measures: Measures, sheet: Sheet, place: QRect
    ) -> None:
        tint = getattr(self._colours, _TINTS.get(sheet.role, "weak"))
        text, muted = QColor(self._colours.text), QColor(self._colours.muted)
        plain, bold = (self._font(scale, is_bold) for is_bold in (False, True))
        around = QRectF()
        for row, numbers in enumerate(sheet.numbers):
            for column, number in enumerate(numbers):
                cell = _cell(measures, sheet, place, row, column)
                is_copy = sheet.are_copies and column > 0
                is_used = (row, column) in sheet.used
                if number is None:
                    self._paint_blank(painter, cell)
                else:
                    paint_cell(painter, cell, self._colours, tint, is_copy)
                    painter.setFont(bold if is_used and not is_copy else plain)
                    painter.setPen(muted if is_copy else text)
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, shown(number))
                if is_used:
                    around = around.united(cell)
        if not around.isNull():
            paint_frame(painter, around, self._colours.text, ROUNDING + 1, 2)

    def _paint_blank(self, painter: QPainter, cell: QRectF) -> None:
        """A number that is still to be computed."""
        shade = QColor(self._colours.weak)
        shade.setAlphaF(_BLANK_ALPHA)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shade, 1))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), ROUNDING, ROUNDING)


def _cell(measures: Measures, sheet: Sheet, place: QRect, row: int, column: int) -> QRectF:
    """Where a cell of a matrix is."""
    cell = measures.cells(sheet).rectangle((row, column), place.width())
    return cell.translated(place.left() + 0.5, place.top() + measures.heading)


def _heading(sheet: Sheet) -> str:
    rows, columns = sheet.shape
    return f"{HEADINGS[sheet.role]} ({rows}, {columns})"
