"""Levels page: the six levels, whose each part is, why, and the code that runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.lesson.levels.part_card import PartCard
from desktop.widgets.markdown_text import MarkdownText, has_text
from desktop.widgets.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.levels.descriptions import LEVEL_DESCRIPTIONS, SLOW_LEVEL, level_description
from engine.settings import TrainingSettings

# Below this width the levels stand in two rows.
_WIDTH_FOR_SIX = 1040
_ABOUT_CODE = "The code that runs. + marks the lines that the level below does not have."
_NO_CODE = "The program was installed without its source code, so the code cannot be shown."


class LevelsPage(Page):
    """Shows the level that is chosen in the training panel, and chooses another one.

    Signals:
        level_chosen: Its number.
    """

    level_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("levels", parent)
        self._settings: TrainingSettings | None = None
        self._cards: dict[str, PartCard] = {}
        self._buttons = QButtonGroup(self)
        self._steps = QGridLayout()
        self._steps.setSpacing(scaled(4))
        for level in LEVEL_DESCRIPTIONS:
            button = QPushButton(level.title)
            button.setObjectName("level")
            button.setCheckable(True)
            button.setToolTip(f"The library's: {level.library}. Ours: {level.ours}.")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._buttons.addButton(button, level.number)
        self._buttons.idClicked.connect(self.level_chosen)
        self._whose = MarkdownText()
        self._slow = MarkdownText()
        self._all = QPushButton("Unfold all")
        self._all.setObjectName("link")
        self._all.clicked.connect(self._on_all_clicked)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(6))
        self._about_code = muted_label(_ABOUT_CODE)
        self._about_code.setWordWrap(True)
        foot.addWidget(self._about_code, 1)
        foot.addWidget(self._all)
        self._card_column = QGridLayout()
        self._card_column.setSpacing(scaled(8))
        self.column.addLayout(self._steps)
        self.column.addWidget(self._whose)
        self.column.addWidget(self._slow)
        self.column.addLayout(foot)
        self.column.addLayout(self._card_column)
        self.column.addStretch(1)
        self._lay_steps(6)

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
        """Show the level and the parts that these settings train with; they were checked."""
        from engine.lesson.level_source import level_source

        wanted = (settings.level, settings.activation, settings.optimiser, bool(settings.hidden))
        known = self._settings
        if known is not None and wanted == (
            known.level,
            known.activation,
            known.optimiser,
            bool(known.hidden),
        ):
            return
        is_other_level = known is None or known.level != settings.level
        self._settings = settings
        self._buttons.button(settings.level).setChecked(True)
        level = level_description(settings.level)
        self._whose.setText(f"**The library's:** {level.library}.  \n**Ours:** {level.ours}.")
        self._slow.setVisible(settings.level == SLOW_LEVEL)
        if settings.level == SLOW_LEVEL:
            self._slow.show_text("slow-level")
        blocks = level_source(settings)
        has_code = any(block.lines for block in blocks)
        self._about_code.setText(_ABOUT_CODE if has_code else _NO_CODE)
        for card in self._cards.values():
            card.hide()
        for row, block in enumerate(blocks):
            card = self._card(block.title)
            card.show_block(block, _text_of(block.title, block.is_library, settings))
            self._card_column.addWidget(card, row, 0)
            card.show()
            if is_other_level:
                is_first = settings.level == 1 and block.title == "Network"
                card.set_unfolded(bool(block.new_lines) or is_first or not has_code)

    def _card(self, title: str) -> PartCard:
        if title not in self._cards:
            card = PartCard(title)
            card.set_colours(self._colours)
            card.fold_toggled.connect(self._on_fold_toggled)
            self._cards[title] = card
        return self._cards[title]

    def _on_fold_toggled(self) -> None:
        cards = self.cards.values()
        self._all.setText("Fold all" if cards and all(card.is_unfolded for card in cards) else "Unfold all")

    def _on_all_clicked(self) -> None:
        unfolds = self._all.text() == "Unfold all"
        for card in self.cards.values():
            card.set_unfolded(unfolds)

    def _lay_steps(self, columns: int) -> None:
        for index, level in enumerate(LEVEL_DESCRIPTIONS):
            self._steps.addWidget(self._buttons.button(level.number), index // columns, index % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Six levels in a row where there is room."""
        super().resizeEvent(event)
        self._lay_steps(6 if event.size().width() >= scaled(_WIDTH_FOR_SIX) else 3)


def _text_of(title: str, is_library: bool, settings: TrainingSettings) -> str:
    """The name of the explanation of a part."""
    kind = title.lower().replace(" ", "-")
    if kind == "matrix-product":
        kind += "-written-out" if settings.level == SLOW_LEVEL else "-of-tensors"
    elif kind == "gradients":
        kind += "-by-hand" if settings.level == 6 else "-automatic"
    elif kind == "the-step-that-calls-them":
        kind = "step"
    else:
        kind += "-library" if is_library else "-own"
    if kind == "optimiser-own" and has_text(f"parts/{kind}-{settings.optimiser}"):
        kind += f"-{settings.optimiser}"
    return f"parts/{kind}"
