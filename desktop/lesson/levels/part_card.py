"""Part card: one part of a level: whose it is, what it does, and the code that runs. Folds to its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.code.code_view import CodeView
from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.formula import FormulaBox
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.lesson.level_source import SourceBlock

# Below this width the text stands above the code, not beside it.
_WIDTH_FOR_TWO = 700


class PartCard(QFrame):
    """Text beside code.

    Signals:
        fold_toggled: The title, and whether it is unfolded now.
    """

    fold_toggled = Signal(str, bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = title
        self._head = QToolButton()
        self._head.setObjectName("fold")
        self._head.setCheckable(True)
        self._head.setAccessibleName(title)
        self._head.toggled.connect(self._on_toggled)
        self._owner = PlainLabel()
        self._owner.setObjectName("badge")
        self._owner.setFont(tabular(self.font(), 0.85))
        self._owner.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._news = muted_label()
        self._text = MarkdownText()
        self._formulas = FormulaBox()
        self._code = CodeView(title)
        head = QHBoxLayout()
        head.setSpacing(scaled(8))
        head.addWidget(self._head)
        head.addWidget(self._owner)
        head.addStretch()
        head.addWidget(self._news)
        self._body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._sides.setContentsMargins(scaled_margins(8, 0, 0, 4))
        self._sides.setSpacing(scaled(16))
        texts = QVBoxLayout()
        texts.setSpacing(scaled(12))
        texts.addWidget(self._text)
        texts.addWidget(self._formulas)
        texts.addStretch()
        self._sides.addLayout(texts, 2)
        self._sides.addWidget(self._code, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(8, 6, 12, 6))
        column.setSpacing(scaled(6))
        column.addLayout(head)
        column.addWidget(self._body)
        self._on_toggled(False)

    @property
    def is_unfolded(self) -> bool:
        """Whether text and code are shown."""
        return self._head.isChecked()

    @property
    def code(self) -> CodeView:
        """The code."""
        return self._code

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._code.set_colours(colours)

    def set_unfolded(self, is_unfolded: bool) -> None:
        """Show or hide text and code."""
        self._head.setChecked(is_unfolded)

    @property
    def formulas(self) -> tuple[str, ...]:
        """Names of the formulas shown."""
        return self._formulas.names

    def show_block(self, block: SourceBlock, text: str, formulas: Sequence[str] = ()) -> None:
        """Show a part.

        Args:
            block: Its code.
            text: Names its explanation under ``resources/texts``.
            formulas: Name what it computes, in ``resources/formulas``.
        """
        self._owner.setText(block.owner.value)
        set_flag(self._owner, "library", block.is_library)
        count = len(block.new_lines)
        self._news.setText(f"{count} new line{'s' * (count > 1)}" if count else "")
        self._text.show_text(text)
        self._formulas.show_formulas(formulas)
        self._code.setVisible(bool(block.lines))
        self._code.set_code(block.lines, block.new_lines)

    def _on_toggled(self, is_unfolded: bool) -> None:
        self._head.setText(f"{'▾' if is_unfolded else '▸'}  {self._title}")
        self._body.setVisible(is_unfolded)
        self.fold_toggled.emit(self._title, is_unfolded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= scaled(_WIDTH_FOR_TWO)
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != wanted:
            self._sides.setDirection(wanted)
