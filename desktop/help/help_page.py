"""Help pages: a chapter of text, and the list of keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout

from desktop.help.key_groups import Key
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled

# Longer lines are hard to read.
_WIDEST = 680


class TextPage(Page):
    """A chapter of ``resources/texts/help``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        text = MarkdownText(f"help/{name}")
        text.setMaximumWidth(scaled(_WIDEST))
        self.column.addWidget(text)
        self.column.addStretch()


class KeysPage(Page):
    """All keys, by what they are for."""

    def __init__(self, groups: Mapping[str, Sequence[Key]]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(24))
        grid.setVerticalSpacing(scaled(6))
        grid.setColumnStretch(1, 1)
        row = 0
        for heading, keys in groups.items():
            title = PlainLabel(heading)
            title.setFont(tabular(title.font(), 1.0, QFont.Weight.DemiBold))
            title.setContentsMargins(0, scaled(10) if row else 0, 0, 0)
            grid.addWidget(title, row, 0, 1, 2)
            for key in keys:
                row += 1
                pressed = muted_label(key.keys)
                grid.addWidget(pressed, row, 0)
                grid.addWidget(PlainLabel(key.meaning), row, 1)
            row += 1
        self.column.addLayout(grid)
        self.column.addStretch()
