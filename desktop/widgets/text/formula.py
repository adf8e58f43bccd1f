"""Formula: a typeset formula in the colour and the size of the text around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import muted_label
from resources.formula_table import INK, UNITS_PER_EM, formula_picture, formulas

# Letters with indices need more room than plain text to be read as easily.
_SCALE = 1.2
# Where there is no room, a formula shrinks to this share, and is cut off after that.
_LEAST_SHARE = 0.45
_SHORT = 24


class FormulaPicture(QLabel):
    """One formula of the table; screen readers hear its reading.

    It is painted from its outlines, so it is sharp at every size. As its colour it takes the text's.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._picture = ""
        self._colour = ""
        self._renderer = QSvgRenderer(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if name:
            self.show_formula(name)

    @property
    def is_picture(self) -> bool:
        """Whether its picture is shown, rather than rich text for want of it."""
        return bool(self._picture)

    def show_formula(self, name: str) -> None:
        """Show another formula.

        Raises:
            KeyError: The table has none of this name.
        """
        formula = formulas()[name]
        try:
            self._picture = formula_picture(name)
        except FileNotFoundError:
            self._picture = ""
        self._colour = ""
        self.setText("" if self._picture else formula.text)
        self.setWordWrap(not self._picture)
        self.setAccessibleName(formula.reading)
        if self._picture:
            self._take_colour()
        self.updateGeometry()
        self.update()

    def full_size(self) -> QSizeF:
        """Of the formula at the size of this widget's font, in pixels."""
        font = self.font()
        em = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * self.logicalDpiY() / 72
        return self._renderer.viewBoxF().size() * (_SCALE * em / UNITS_PER_EM)

    def _take_colour(self) -> None:
        colour = self.palette().color(self.foregroundRole()).name()
        if colour != self._colour:
            self._colour = colour
            self._renderer.load(QByteArray(self._picture.replace(INK, colour).encode()))

    def sizeHint(self) -> QSize:
        """The formula's own size."""
        if not self._picture:
            return super().sizeHint()
        whole = self.full_size()
        return QSize(round(whole.width() + 0.5), round(whole.height() + 0.5))

    def minimumSizeHint(self) -> QSize:
        """That of the formula as small as it gets."""
        return self.sizeHint() * _LEAST_SHARE if self._picture else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """A formula that is wider than its room is painted smaller."""
        if not self._picture:
            return super().heightForWidth(width)
        hint = self.sizeHint()
        return round(hint.height() * self._share(width) + 0.5)

    def _share(self, width: int) -> float:
        """Of its own size that a formula has in such a width."""
        return max(_LEAST_SHARE, min(1.0, width / max(1.0, self.full_size().width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """At the left, in the middle of the height."""
        if not self._picture:
            super().paintEvent(event)
            return
        self._take_colour()
        drawn = self.full_size() * self._share(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(
            painter, QRectF(0, (self.height() - drawn.height()) / 2, drawn.width(), drawn.height())
        )
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


class FormulaBox(QWidget):
    """Formulas below each other, or in a row, and what their letters stand for."""

    def __init__(
        self, names: Sequence[str] = (), is_row: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._pictures: list[FormulaPicture] = []
        self._symbols = muted_label()
        self._symbols.setWordWrap(True)
        self._symbols.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._parts = QHBoxLayout(self) if is_row else QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(16 if is_row else 8)
        self._parts.addWidget(self._symbols, 1 if is_row else 0)
        self.show_formulas(names)

    @property
    def names(self) -> tuple[str, ...]:
        """The formulas shown."""
        return self._names

    def show_formulas(self, names: Sequence[str]) -> None:
        """Show other formulas; without any, the box hides.

        Raises:
            KeyError: The table has none of this name.
        """
        # Not `setVisible`: a box that is in no window yet would become one.
        if not names:
            self.hide()
        elif self.isHidden() and self.parentWidget() is not None:
            self.show()
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        while len(self._pictures) < len(names):
            self._pictures.append(FormulaPicture())
            self._parts.insertWidget(len(self._pictures) - 1, self._pictures[-1])
        for place, picture in enumerate(self._pictures):
            picture.setVisible(place < len(names))
            if place < len(names):
                picture.show_formula(names[place])
        # Once each, in the order in which they come up.
        symbols = dict.fromkeys(symbol for name in names for symbol in formulas()[name].symbols)
        self._symbols.setText(" · ".join(map(_unbroken, symbols)))
        self._symbols.setVisible(bool(symbols))


def _unbroken(symbol: str) -> str:
    """A letter stays in the line of the word after it, and so does a short entry as a whole."""
    return symbol.replace(" ", "\N{NO-BREAK SPACE}", -1 if len(symbol) <= _SHORT else 1)
