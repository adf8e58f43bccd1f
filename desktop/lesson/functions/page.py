"""Functions: softmax against sigmoid at the logits of the digit on the pad, activations at its units."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.lesson.functions.chart import FunctionChart
from desktop.lesson.functions.choice import FunctionChoice
from desktop.lesson.functions.logit_table import MOST_ROWS, LogitTable
from desktop.lesson.functions.unit_text import EMPTY, MOST_MARKED, NO_HIDDEN_LAYER, NOT_FINITE, unit_text
from desktop.lesson.functions.values import SAMPLE_LOGITS, LogitRow, logit_rows
from desktop.reading.network_input import NetworkInput
from desktop.widgets.panels.page import Page
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.formula import FormulaBox, FormulaPicture
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled
from engine.data.classes import DIGITS, Classes

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from engine.explain.hidden_inputs import HiddenInputs

_WIDTH_FOR_TWO_COLUMNS = 820
# Between two drawings, each of which takes about 12 ms, so that the pen on the pad never waits for them.
_REST_MS = 50
_EMPTY = (
    "<b>Draw a digit on the pad to see its logits.</b> Until then, here is an example: "
    "a 3 that could be an 8."
)
_NOT_FINITE = (
    "<b>The logits of this digit are no longer numbers.</b> Train the network again at a lower rate. "
    "Until then, here is an example."
)


class FunctionsPage(Page):
    """What softmax and sigmoid make of logits, and activations of what goes into the hidden units."""

    def __init__(self) -> None:
        super().__init__("functions")
        self._logits: tuple[float, ...] | None = None
        self._classes = DIGITS
        self._image: NDArray[np.float32] | None = None
        self._find_units: Callable[[NDArray[np.float32]], HiddenInputs | None] = lambda _image: None
        self._is_stale = True
        self._has_unusable_logits = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self._seen = NetworkInput()
        self._source = QLabel()
        self._source.setAccessibleName("Whose logits these are")
        self._difference = PlainLabel()
        self._difference.setAccessibleName("Softmax against sigmoid")
        self._units_text = PlainLabel()
        self._units_text.setAccessibleName("Where the activation stands")
        # Our own texts alone, in which the first sentence stands out.
        self._source.setTextFormat(Qt.TextFormat.RichText)
        for label in (self._source, self._difference, self._units_text):
            label.setFont(tabular(label.font()))
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table = LogitTable()
        self.choice = FunctionChoice()
        self.chart = FunctionChart()
        self.formula = FormulaBox()
        texts = QVBoxLayout()
        texts.setSpacing(scaled(8))
        texts.addStretch()
        texts.addWidget(self._source)
        texts.addWidget(self._difference)
        texts.addStretch()
        # Never higher than the picture or the texts.
        top = QWidget()
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout(top)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(scaled(16))
        head.addWidget(self._seen, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        left = QVBoxLayout()
        left.setSpacing(scaled(12))
        left.addWidget(top)
        left.addWidget(self.table, 1)
        formulas = QHBoxLayout()
        formulas.setSpacing(scaled(32))
        for name in ("softmax", "sigmoid"):
            formulas.addWidget(FormulaPicture(name))
        formulas.addStretch()
        left.addLayout(formulas)
        left.addStretch()
        plot = QVBoxLayout()
        plot.setSpacing(scaled(8))
        plot.addWidget(self._units_text)
        plot.addWidget(self.choice)
        plot.addWidget(self.formula)
        plot.addWidget(self.chart, 1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(scaled(16))
        self._parts.addLayout(left)
        self._parts.addLayout(plot, 1)
        self.column.addLayout(self._parts, 1)
        self.choice.choice_changed.connect(self._refresh)

    @property
    def logits(self) -> tuple[float, ...] | None:
        """Those of the digit on the pad; None while it is empty."""
        return self._logits

    @property
    def is_stale(self) -> bool:
        """Whether there are logits that are not shown yet."""
        return self._is_stale

    def set_logits(
        self,
        logits: tuple[float, ...] | None,
        image: NDArray[np.float32] | None = None,
        classes: Classes = DIGITS,
    ) -> None:
        """Show the logits of what is on the pad.

        Args:
            logits: One for each class, or None while the pad is empty.
            image: What the network saw, (28, 28) float32, 0 paper to 1 ink.
            classes: That the network tells apart.

        Raises:
            ValueError: There are more or fewer logits than classes.
        """
        if logits is not None and len(logits) != len(classes):
            raise ValueError(f"{len(classes)} logits are wanted, not {len(logits)}")
        self._classes = classes
        self._has_unusable_logits = logits is not None and not all(map(math.isfinite, logits))
        self._logits = None if self._has_unusable_logits else logits
        self._image = image
        self._is_stale = True
        # A page that nobody looks at costs nothing while the pen moves, and one that is seen little.
        if self.isVisible() and not self._rest.isActive():
            self._refresh()

    def set_unit_source(self, find: Callable[[NDArray[np.float32]], HiddenInputs | None]) -> None:
        """Whom to ask what goes into the network's hidden units for a (28, 28) image, while it is seen."""
        self._find_units = find

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        super().set_colours(colours)
        for part in (self._seen, self.table, self.choice, self.chart):
            part.set_colours(colours)

    def _on_rested(self) -> None:
        if self._is_stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._rest.start()
        choice = self.choice
        rows = (
            logit_rows(SAMPLE_LOGITS, DIGITS)
            if self._logits is None
            else logit_rows(self._logits, self._classes)
        )
        self.table.set_rows(rows)
        units, text = self._units()
        self.formula.show_formulas([choice.name])
        self.chart.show_function(choice.name, choice.slope, choice.alpha, units)
        self._units_text.setText(text)
        self._seen.set_image(self._image)
        self._source.setText(self._source_text(rows))
        self._difference.setText(_difference_text(rows))

    def _units(self) -> tuple[tuple[float, ...], str]:
        """What is marked, and what is said of it."""
        if self._image is None:
            return (), EMPTY
        found = self._find_units(self._image)
        if found is None:
            return (), NO_HIDDEN_LAYER
        if not all(map(math.isfinite, found.sums)):
            return (), NOT_FINITE
        return found.sums[:MOST_MARKED], unit_text(found, self.choice.name)

    def _source_text(self, rows: tuple[LogitRow, ...]) -> str:
        if self._has_unusable_logits:
            return _NOT_FINITE
        if self._logits is None:
            return _EMPTY
        best = max(rows, key=lambda row: row.logit)
        noun, name = self._classes.noun, escape(best.name)
        shown = f" Of {len(rows)} classes, {MOST_ROWS} are shown." if len(rows) > MOST_ROWS else ""
        return f"<b>The {noun} on the pad.</b> Its largest logit is that of {name}.{shown}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Table and chart stand side by side where there is room."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= scaled(_WIDTH_FOR_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() != direction:
            self._parts.setDirection(direction)
            self._parts.setStretch(0, 1 if is_wide else 0)
            self._parts.setSpacing(scaled(24 if is_wide else 16))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._refresh()


def _difference_text(rows: tuple[LogitRow, ...]) -> str:
    """The difference between softmax and sigmoid, in the numbers at hand."""
    shares = sum(row.softmax for row in rows)
    total = sum(row.sigmoid for row in rows)
    count = "ten" if len(rows) == len(DIGITS) else f"{len(rows)}"
    right = [row.name for row in rows if row.sigmoid >= 0.5]
    if not right:
        which = "here none is above one half"
    elif len(right) == 1:
        which = f"here only {right[0]} is above one half"
    elif len(right) == len(rows):
        which = "here all are above one half"
    else:
        which = f"here {', '.join(right[:-1])} and {right[-1]} are above one half"
    return (
        f"The {count} softmax values add up to {shares:.3g}: exactly one label is right. "
        f"The {count} sigmoids add up to {total:.2f}: each label is right or wrong on its own; {which}."
    )
