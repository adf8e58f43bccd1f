"""Page: what all pages of the side views have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins


class Page(QWidget):
    """A column that begins with the page's text. Pages know nothing of threads or of each other.

    `TabbedPages` puts a page into a scroll area, so a page may be as high as it likes; it must look right
    from 460 pixels of width upwards.

    Attributes:
        column: Where a page puts its rows.

    Signals:
        closing: The window closes: whoever works for this page ends that, and waits for its end.
    """

    closing = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(scaled_margins(16, 12, 16, 16))
        self.column.setSpacing(scaled(12))
        if text:
            self.column.addWidget(MarkdownText(text))

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance; pages with painted parts pass it on to them."""
        self._colours = colours
        self.update()

    def heightForWidth(self, width: int) -> int:
        """High enough for all that lies in the column, with text that wraps at this width.

        The layout's own answer is the height that it would like, in which charts count for nothing.
        """
        return max(super().heightForWidth(width), self.column.minimumHeightForWidth(width))
