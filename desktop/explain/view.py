"""Why view: picture, waterfall and units for one question about the digit on the pad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.explain.contribution_picture import ContributionPicture
from desktop.explain.question_fields import QuestionFields
from desktop.explain.texts import REGION_NAMES, headline, meaning, sum_text
from desktop.explain.top_units_section import TopUnitsSection
from desktop.reading.side_panel import SidePanel
from desktop.widgets.bars.waterfall_chart import ScoreSum, WaterfallChart
from desktop.widgets.diverging.legend import DivergingLegend
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.data.classes import DIGITS, Classes
from engine.explain.explanation import Against, Method
from engine.explain.waterfall import region_sums
from engine.preprocessing.normaliser import SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from engine.explain.explanation import Explanation
    from engine.explain.top_units import TopUnit

_LEAST_SIDE, _MOST_SIDE = 112, 320
# What stands beside the picture needs so much, with margins.
_WIDTH_BESIDE = 216
# Below these heights some words go, and then the units, before anything is cut.
_HEIGHT_FOR_WORDS, _HEIGHT_FOR_UNITS = 480, 450
_EMPTY = "Draw a digit to see which parts of it speak for the answer and which against it."


class ExplainView(SidePanel):
    """Shows explanations. It knows nothing of networks; whoever computes is told what is asked.

    Signals:
        question_changed: Another class, comparison or method was chosen.
        unit_pointed: Number of a hidden unit to show in the picture; -1 for none.
    """

    question_changed = Signal()
    unit_pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Why", "Why", parent)
        self._explanation: Explanation | None = None
        self._make_fields()
        self._make_pictures()
        column = self.column
        column.setSpacing(scaled(6))
        column.addLayout(self._question_row())
        column.addLayout(self._top_row())
        column.addLayout(self._legend_row())
        column.addLayout(self._parts_row())
        column.addWidget(self.chart, 1)
        column.addWidget(self.top_units)
        self.setFocusProxy(self.question.class_box)
        self.show_nothing()

    def _make_fields(self) -> None:
        self.question = QuestionFields(self)
        self.question.changed.connect(self.question_changed)
        self._regions, self._units = QPushButton("Regions"), QPushButton("Hidden units")
        self._choice = QButtonGroup(self)
        for button in (self._regions, self._units):
            button.setObjectName("segment")
            button.setCheckable(True)
            self._choice.addButton(button)
        self._regions.setChecked(True)
        self._choice.buttonToggled.connect(self._show_sum)

    def _make_pictures(self) -> None:
        self.picture = ContributionPicture()
        self.chart = WaterfallChart()
        self.chart.part_pointed.connect(self._on_part_pointed)
        self.top_units = TopUnitsSection()
        self.top_units.unit_pointed.connect(self.unit_pointed)
        self._legend = DivergingLegend("of what a pixel says, in logits")
        self._against_word, self._for_word = muted_label("against"), muted_label("for")
        for label in (self._against_word, self._for_word):
            label.setFont(tabular(self.font(), 0.8))
        self._headline = PlainLabel()
        self._headline.setFont(tabular(self.font(), 1.35))
        self._meaning, self._sum_words = PlainLabel(), muted_label()
        for label in (self._headline, self._meaning, self._sum_words):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sum_words.setFont(tabular(self.font(), 0.85))

    def _question_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.question.class_box, 2)
        row.addWidget(self.question.against_box, 3)
        return row

    def _top_row(self) -> QHBoxLayout:
        beside = QVBoxLayout()
        beside.setSpacing(scaled(4))
        for widget in (self._headline, self._meaning, self._sum_words):
            beside.addWidget(widget)
        beside.addStretch()
        beside.addWidget(self.question.method_box)
        beside.addWidget(self.question.exact)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
        return row

    def _parts_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._regions)
        row.addWidget(self._units)
        row.addStretch()
        return row

    def _legend_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._against_word)
        row.addWidget(self._legend)
        row.addWidget(self._for_word)
        row.addStretch()
        return row

    @property
    def place(self) -> int | None:
        """Place of the class asked about; None for the one that is read."""
        return self.question.place

    @property
    def against(self) -> Against:
        """What it is compared with."""
        return self.question.against

    @property
    def method(self) -> Method:
        """How the score is to be shared out."""
        return self.question.method

    @property
    def explanation(self) -> Explanation | None:
        """What is shown; None for nothing."""
        return self._explanation

    @property
    def words(self) -> tuple[str, str, str]:
        """The question, what its score means, and whether the pixels add up."""
        return self._headline.text(), self._meaning.text(), self._sum_words.text()

    def choose(self, place: int | None) -> None:
        """Ask about another class, or about the one that is read."""
        self.question.choose(place)

    def choose_parts(self, are_units: bool) -> None:
        """Draw the waterfall of hidden units or of regions."""
        (self._units if are_units else self._regions).setChecked(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for painted in (self.picture, self.chart, self.top_units, self._legend):
            painted.set_colours(colours)

    def show_nothing(self, reason: str = _EMPTY) -> None:
        """There is nothing to explain; of itself, because the pad is empty."""
        self._explanation = None
        self._headline.setText("Why?")
        self._meaning.setText(reason)
        self._sum_words.setText("")
        self.setAccessibleDescription(reason)
        self._set_answers_visible(False)
        self.question.show_method(None)
        self.picture.set_contributions(None, None, 1.0)
        self.chart.set_sum(None)
        self._show_units(())

    def show_explanation(
        self,
        image: NDArray[np.float32],
        explanation: Explanation,
        units: Sequence[TopUnit],
        remark: str = "",
        classes: Classes = DIGITS,
    ) -> None:
        """Show another one.

        Args:
            image: (28, 28) float32 that was read, 0 paper to 1 ink.
            explanation: Of it.
            units: Those that it excites most; none for a network without hidden layers.
            remark: Said after what the score means, or empty.
            classes: Of the network.
        """
        self._explanation = explanation
        self._headline.setText(headline(explanation, classes))
        self._meaning.setText(f"{meaning(explanation, classes)} {remark}".strip())
        self._sum_words.setText(sum_text(explanation))
        self.setAccessibleDescription(" ".join(self.words))
        self._set_answers_visible(True)
        self.question.show_method(explanation.method)
        limit = float(np.abs(explanation.contributions).max()) or 1.0
        self.picture.set_contributions(image, explanation.contributions.reshape(SIDE, SIDE), limit)
        self._legend.set_limit(self.picture.limit)
        self._units.setEnabled(bool(units))
        self._units.setToolTip("" if units else "This network has no hidden units.")
        if not units:
            self._regions.setChecked(True)
        self._show_sum()
        self._show_units(units)

    def show_unit(self, unit: TopUnit | None) -> None:
        """Show what a unit looks for in place of the contributions, or no longer."""
        self.picture.set_unit(None if unit is None else unit.image)
        self._legend.set_limit(self.picture.limit)
        self._against_word.setText("against" if unit is None else "damps")
        self._for_word.setText("for" if unit is None else "excites")
        contribution = None
        if unit is not None and self._explanation is not None:
            contribution = float(self._explanation.unit_contributions[unit.unit])
        self.top_units.show_unit(unit, contribution)

    def _set_answers_visible(self, are_visible: bool) -> None:
        """What only makes sense beside an explanation."""
        for widget in (
            self._against_word,
            self._legend,
            self._for_word,
            self._regions,
            self._units,
        ):
            widget.setVisible(are_visible)

    def _show_units(self, units: Sequence[TopUnit]) -> None:
        self.top_units.set_units(units)
        self._fit_height()

    def _fit_height(self) -> None:
        """Show what there is something for and room for."""
        has_room_for_words = self.height() >= scaled(_HEIGHT_FOR_WORDS)
        has_units = bool(self.top_units.strip.units) and self.height() >= scaled(_HEIGHT_FOR_UNITS)
        self._sum_words.setVisible(has_room_for_words and self._explanation is not None)
        self.top_units.show_title(has_room_for_words)
        self.top_units.setVisible(has_units)

    def _show_sum(self) -> None:
        explanation = self._explanation
        if explanation is None:
            return
        parts: NDArray[np.floating]
        if self._units.isChecked():
            parts = explanation.unit_contributions
            names = [f"Unit {unit}" for unit in range(len(parts))]
            shown = ScoreSum(explanation.bias, "Bias", parts, names, "more unit", explanation.score, "Score")
        else:
            parts = region_sums(explanation.contributions)
            start, end = explanation.baseline, explanation.score
            if explanation.method is Method.GRADIENT_TIMES_INPUT:
                # These parts lead elsewhere; a rest that made up for it would hide what the method misses.
                end = start + float(parts.sum())
            name = "Score" if end == explanation.score else "Sum"
            shown = ScoreSum(start, "Blank paper", parts, REGION_NAMES, "more region", end, name)
        self.chart.set_sum(shown)

    def _on_part_pointed(self, part: int) -> None:
        if self._units.isChecked():
            self.unit_pointed.emit(part)
        else:
            self.picture.set_region(None if part < 0 else part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture takes its share of both directions."""
        super().resizeEvent(event)
        self._fit_height()
        share = 0.29 if self.height() >= scaled(_HEIGHT_FOR_WORDS) else 0.25
        side = round(min(self.width() - scaled(_WIDTH_BESIDE), share * self.height()))
        self.picture.setFixedSize(*[min(scaled(_MOST_SIDE), max(scaled(_LEAST_SIDE), side))] * 2)
