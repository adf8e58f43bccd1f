"""Mistakes page: the confusion matrix, the pairs confused most, and the digits of the chosen cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.results.confusion_matrix import ConfusionMatrix
from desktop.results.digit_gallery import DigitGallery
from desktop.results.gallery_items import gallery_items
from desktop.results.revealing import reveal
from desktop.widgets.panels.page import Page
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel, button_text, tool_tip
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins

if TYPE_CHECKING:
    from desktop.results.results_thread import Results
    from engine.evaluation.predictions import Confusion

_MOST_PAIRS = 8
_MOST_DIGITS = 60


class MistakesPage(Page):
    """Shows what it is given.

    Signals:
        digit_chosen: A `GalleryItem` to put on the pad.
    """

    digit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("mistakes", parent)
        self._results: Results | None = None
        self.matrix = ConfusionMatrix()
        self.matrix.cell_chosen.connect(self._on_cell_chosen)
        self._pairs: list[QPushButton] = []
        self._pairs_column = QVBoxLayout()
        self._pairs_column.setSpacing(0)
        self._pairs_title = PlainLabel("Confused most")
        self._pairs_title.setContentsMargins(scaled_margins(4, 2, 0, 6))
        self._pairs_column.addWidget(self._pairs_title)
        self._pairs_column.addStretch(1)
        self._cell_words = muted_label()
        self._cell_words.setWordWrap(True)
        self._cell_words.setAccessibleName("Chosen cell")
        self.gallery = DigitGallery("Digits of the chosen cell")
        self.gallery.digit_chosen.connect(self.digit_chosen)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(scaled(16))
        self._sides.addWidget(self.matrix)
        self._sides.addLayout(self._pairs_column)
        self._sides.addStretch(1)
        self.column.addLayout(self._sides)
        self.column.addWidget(self._cell_words)
        self.column.addWidget(self.gallery)
        self.column.addStretch(1)

    @property
    def words(self) -> str:
        """What is said of the chosen cell."""
        return self._cell_words.text()

    @property
    def pairs(self) -> list[QPushButton]:
        """The buttons of the pairs confused most."""
        return self._pairs

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        self.matrix.set_colours(colours)
        self.gallery.set_colours(colours)

    def show_results(self, results: Results) -> None:
        """Show another network's answers; the chosen cell stays, or the commonest mistake is chosen."""
        self._results = results
        predictions = results.predictions
        self.matrix.set_counts(predictions.confusion, predictions.accuracy_by_digit(), predictions.classes)
        confused = predictions.most_confused()
        self._show_pairs(confused[:_MOST_PAIRS])
        if self.matrix.chosen is None and confused:
            self.matrix.mark(confused[0].label, confused[0].answer)
        if self.matrix.chosen is not None:
            self._show_cell(results, *self.matrix.chosen)

    def _show_pairs(self, confused: list[Confusion]) -> None:
        for button in self._pairs:
            self._pairs_column.removeWidget(button)
            button.deleteLater()
        self._pairs = []
        self._pairs_title.setText("Confused most" if confused else "Nothing was confused")
        names = self.matrix.classes
        for place, each in enumerate(confused, start=1):
            label, answer = names[each.label], names[each.answer]
            button = QPushButton(button_text(f"{label} → {answer} · {each.count:,} times"))
            button.setObjectName("link")
            button.setToolTip(tool_tip(f"Show where {label} was read as {answer}"))
            button.setAccessibleName(f"{label} read as {answer}, {each.count} times")
            button.clicked.connect(self._chooser(each))
            self._pairs_column.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignLeft)
            self._pairs.append(button)

    def event(self, event: QEvent) -> bool:
        """Other pairs may need another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the pairs have room beside the matrix."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As wide as the matrix: the pairs go below it where there is no more room."""
        margins = self.column.contentsMargins()
        width = margins.left() + self.matrix.minimumSizeHint().width() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """The pairs beside the matrix, or below it."""
        pairs = self._pairs_column.minimumSize().width()
        is_wide = self.width() >= self.minimumSizeHint().width() + self._sides.spacing() + pairs
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != wanted:
            self._sides.setDirection(wanted)

    def _chooser(self, pair: Confusion) -> Callable[[], None]:
        return lambda: self.matrix.choose(pair.label, pair.answer)

    def _on_cell_chosen(self, label: int, answer: int) -> None:
        if self._results is None:
            return
        self._show_cell(self._results, label, answer)
        # In a small window its digits would come in where nobody sees them; not before they are laid out.
        QTimer.singleShot(0, self.gallery, lambda: reveal(self.gallery, self.gallery.item_rectangle(0)))

    def _show_cell(self, results: Results, label: int, answer: int) -> None:
        places, classes = results.predictions.cell(label, answer), results.predictions.classes
        read = f"as {classes[answer]}" if label != answer else "correctly"
        what, many = f"{classes[label]} read {read}", f"{classes.noun}s"
        words = f"{what}: {len(places):,} {many}, the highest loss first" if places else f"{what}: none"
        if len(places) > _MOST_DIGITS:
            words += f"; the first {_MOST_DIGITS} are shown"
        self._cell_words.setText(f"{words}.")
        self.gallery.set_items(gallery_items(results, places[:_MOST_DIGITS]))
