"""Levels page: the seven levels, whose each part is, why, and the code that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.lesson.levels.formulas import formula_for
from desktop.lesson.levels.level_choice import LevelChoice
from desktop.lesson.levels.part_card import PartCard
from desktop.lesson.levels.part_text import text_of
from desktop.lesson.levels.tricks_panel import TricksPanel
from desktop.widgets.code.code_view import NO_CODE
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.markdown_text import MarkdownText
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.levels.descriptions import (
    FAST_LEVEL,
    LEVEL_DESCRIPTIONS,
    LOOP,
    NETWORK,
    PARTS,
    SLOW_LEVEL,
    level_description,
)
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from engine.lesson.level_source import SourceBlock

_ABOUT_CODE = "The code that runs. + marks the lines that no level below has."
_ABOUT_FAST_CODE = "The code that runs, in extracts. It is written for speed, not to be read first."


class LevelsPage(Page):
    """Shows the level that is chosen in the training panel, and chooses another one.

    Signals:
        level_chosen: Its number.
        hidden: The page cannot be seen any more.

    Attributes:
        tricks: What makes the last level fast, shown there.
    """

    level_chosen = Signal(int)
    hidden = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("levels", parent)
        self._settings: TrainingSettings | None = None
        self._wanted: TrainingSettings | None = None
        # All that any level has, in their order, which is the keyboard's, too.
        self._cards = {title: self._made_card(title) for title in PARTS}
        self._choice = LevelChoice()
        self._choice.level_chosen.connect(self.level_chosen)
        self._whose = MarkdownText()
        self._slow = MarkdownText()
        self.tricks = TricksPanel()
        self._all = QPushButton("Unfold all")
        self._all.setObjectName("link")
        self._all.clicked.connect(self._on_all_clicked)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(6))
        self._about_code = muted_label(_ABOUT_CODE)
        self._about_code.setWordWrap(True)
        foot.addWidget(self._about_code, 1)
        foot.addWidget(self._all)
        self._card_column = QVBoxLayout()
        self._card_column.setSpacing(scaled(8))
        for card in self._cards.values():
            self._card_column.addWidget(card)
        self.column.addWidget(self._choice)
        self.column.addWidget(self._whose)
        self.column.addWidget(self._slow)
        self.column.addWidget(self.tricks)
        self.column.addLayout(foot)
        self.column.addLayout(self._card_column)
        self.column.addStretch(1)

    @property
    def cards(self) -> dict[str, PartCard]:
        """The parts shown, by their titles."""
        return {title: card for title, card in self._cards.items() if not card.isHidden()}

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for card in self._cards.values():
            card.set_colours(colours)

    def show_settings(self, settings: TrainingSettings) -> None:
        """Show the level and the parts that these settings, which were checked, train with.

        A page that is not seen shows them when it is.
        """
        self._wanted = settings
        if self.isVisible():
            self._show_wanted()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was asked for meanwhile."""
        super().showEvent(event)
        self._show_wanted()

    def _show_wanted(self) -> None:
        from engine.lesson.level_source import level_source

        settings, known = self._wanted, self._settings
        if settings is None or (known is not None and _shown_of(settings) == _shown_of(known)):
            return
        is_other_level = known is None or known.level != settings.level
        self._settings = settings
        self._choice.show_level(settings.level)
        level = level_description(settings.level)
        self._whose.setText(f"**The library's:** {level.library}.  \n**Ours:** {level.ours}.")
        self._slow.setVisible(settings.level == SLOW_LEVEL)
        if settings.level == SLOW_LEVEL:
            self._slow.show_text("slow-level")
        self.tricks.setVisible(settings.level == FAST_LEVEL)
        blocks = level_source(settings)
        has_code = any(block.lines for block in blocks)
        about = _ABOUT_FAST_CODE if settings.level == FAST_LEVEL else _ABOUT_CODE
        self._about_code.setText(about if has_code else NO_CODE)
        for card in self._cards.values():
            card.hide()
        for block in blocks:
            card = self._cards[block.title]
            card.show_block(block, text_of(block, settings), formula_for(block.title, settings))
            card.show()
            if is_other_level:
                card.set_unfolded(_is_worth_reading(block, settings.level) or not has_code)

    def _made_card(self, title: str) -> PartCard:
        card = PartCard(title)
        card.hide()
        card.fold_toggled.connect(self._on_fold_toggled)
        return card

    def _on_fold_toggled(self) -> None:
        cards = self.cards.values()
        self._all.setText("Fold all" if cards and all(card.is_unfolded for card in cards) else "Unfold all")

    def _on_all_clicked(self) -> None:
        unfolds = self._all.text() == "Unfold all"
        for card in self.cards.values():
            card.set_unfolded(unfolds)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell."""
        super().hideEvent(event)
        self.hidden.emit()


def _shown_of(settings: TrainingSettings) -> tuple[object, ...]:
    """What of the settings decides what is shown."""
    switches = bool(settings.hidden), settings.momentum > 0, settings.weight_decay > 0
    return settings.level, settings.activation, settings.optimiser, *switches


def _is_worth_reading(block: SourceBlock, level: int) -> bool:
    """Whether a part is unfolded when its level is chosen."""
    if level == LEVEL_DESCRIPTIONS[0].number:
        return block.title in (NETWORK, LOOP)
    return block.is_changed
