"""Importance picture: how much x and y matter to a model, measured in two ways."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.boundaries.pictures.cut_words import AXES
from desktop.widgets.bars.share_bars import ShareBar, ShareBars
from desktop.widgets.small_widgets import muted_label, panel_title
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.evaluation.permutation_importance import Importance

NOTHING = "Train a model to see how much x and y matter to it."
BY_IMPURITY = "The share that cuts of x, and cuts of y, have in all that is taken off the impurity."
BY_PERMUTATION = (
    "The accuracy that is lost when the values of x, or of y, are shuffled among the points. Unshuffled, it "
    "is {baseline:.1f} %."
)
WITHOUT_CUTS = "No cut has been made yet."


class ImportancePicture(QWidget):
    """Bars by impurity, for trees and forests, and by permutation, for any model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_impurity = ShareBars("Importance by impurity")
        self.by_permutation = ShareBars("Importance by permutation", "−100.0 %")
        self._impurity_words, self._permutation_words = _wrapped(), _wrapped()
        self._impurity = _section("By impurity", self._impurity_words, self.by_impurity)
        self._permutation = _section("By permutation", self._permutation_words, self.by_permutation)
        self._empty = _wrapped(NOTHING)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._has_impurity = self._has_permutation = False
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(18))
        column.addWidget(self._impurity)
        column.addWidget(self._permutation)
        column.addWidget(self._empty, 1)
        column.addStretch()
        self.set_impurity(None)
        self.set_permutation(None)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said of each of the ways that are shown; or of what to do where there is none."""
        shown = []
        if self._has_impurity:
            shown.append(self._impurity_words.text())
        if self._has_permutation:
            shown.append(self._permutation_words.text())
        return tuple(shown) or (NOTHING,)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.by_impurity.set_colours(colours)
        self.by_permutation.set_colours(colours)

    def set_impurity(self, shares: NDArray[np.float64] | None) -> None:
        """Show the importance by impurity.

        Args:
            shares: (2,) of x and y, sum 1, or all 0 if nothing was cut; None for models without cuts.
        """
        self._has_impurity = shares is not None
        if shares is not None:
            rows = zip(AXES, shares.tolist(), strict=True)
            self.by_impurity.show_bars(
                [ShareBar(axis, share, f"{100 * share:.0f} %") for axis, share in rows]
            )
            self._impurity_words.setText(BY_IMPURITY if shares.any() else WITHOUT_CUTS)
        self._show_sections()

    def set_permutation(self, importance: Importance | None) -> None:
        """Show the importance by permutation.

        Args:
            importance: With the (2,) losses of accuracy of x and y, 0 to 1, which may be a little below 0;
                NaN for what is not measured yet. None for none.
        """
        self._has_permutation = importance is not None
        if importance is not None:
            rows = zip(AXES, importance.drops.tolist(), strict=True)
            self.by_permutation.show_bars([_lost(axis, drop) for axis, drop in rows])
            self._permutation_words.setText(BY_PERMUTATION.format(baseline=100 * importance.baseline))
        self._show_sections()

    def _show_sections(self) -> None:
        self._impurity.setVisible(self._has_impurity)
        self._permutation.setVisible(self._has_permutation)
        self._empty.setVisible(not self._has_impurity and not self._has_permutation)


def _lost(axis: str, drop: float) -> ShareBar:
    if math.isnan(drop):
        return ShareBar(axis, 0.0, "…")
    text = f"{-100 * drop:+.1f} %".replace("-", "−")
    return ShareBar(axis, drop, "0.0 %" if text in ("+0.0 %", "−0.0 %") else text)


def _wrapped(text: str = "") -> QLabel:
    label = muted_label(text)
    label.setWordWrap(True)
    return label


def _section(title: str, words: QLabel, bars: ShareBars) -> QWidget:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(6))
    for widget in (panel_title(title), words, bars):
        column.addWidget(widget)
    return section
