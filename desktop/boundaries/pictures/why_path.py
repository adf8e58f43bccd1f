"""Why path: how a tree comes to its answer at a point, cut by cut, and what moves a forest to its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.boundaries.pictures.cut_words import AXES, cut_number, cut_words, threshold_words
from desktop.boundaries.plane.class_styles import class_colours, class_name
from desktop.widgets.bars.waterfall_chart import ScoreSum, WaterfallChart
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import ElidedLabel
from desktop.widgets.theme import LIGHT, Colours
from desktop.widgets.zoom.lengths import scaled
from engine.trees.contributions import contributions_of, path_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.trees.forest import Forest
    from engine.trees.tree import Tree

NOTHING = "Point at a place in the plane to see why the model answers what it answers there."
NETWORK = "A network has no path of cuts to show; the pointer in the plane tells its probabilities."
OF_TREE = "Each cut on the way changes the share of that class; bias and changes add up to the answer."
OF_LEAF = "The tree has no cut: it answers the same everywhere."
OF_FOREST = (
    "The changes by cuts of x and of y, averaged over all trees; with the bias they add up to the answer."
)
_BIAS, _ANSWER = "bias: all points", "answer"


class WhyPath(QWidget):
    """A waterfall from what the root answers to what the model answers, for the class that it predicts.

    Signals:
        node_pointed: The node, int, of the cut under the pointer or chosen with Up and Down; None when it is
            none any more.
    """

    node_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = LIGHT
        self._label: int | None = None
        self._nodes: list[int] = []
        # In one line, and words that stay the same: the chart does not jump while the pointer moves.
        self._title = ElidedLabel()
        self._title.setFont(tabular(self._title.font(), 1.0, QFont.Weight.DemiBold))
        self.chart = WaterfallChart()
        self.chart.setAccessibleName("Waterfall of the probability")
        self.chart.part_pointed.connect(self._on_part_pointed)
        self._words = muted_label()
        self._words.setWordWrap(True)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(self._title)
        column.addWidget(self.chart, 1)
        column.addWidget(self._words)
        self.show_nothing()

    @property
    def title(self) -> str:
        """Place, class and probability; empty where there is nothing to explain."""
        return self._title.full_text

    @property
    def words(self) -> str:
        """What is said below the waterfall, or in its place."""
        return self._words.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        self.chart.set_colours(colours)
        self._colour_bars()

    def show_tree(self, tree: Tree, point: Sequence[float], class_names: tuple[str, ...] = ()) -> None:
        """Show the path that a point takes.

        Args:
            tree: Of two features.
            point: x and y.
            class_names: What the classes are called, as far as they have names.
        """
        path = path_of(tree, np.asarray(point, dtype=np.float64))
        label = int(path.answer.argmax())
        thresholds = threshold_words(tree)
        self._nodes = [step.node for step in path.steps]
        names = [cut_words(step.feature, thresholds[step.node], step.goes_left) for step in path.steps]
        total = _sum(path.bias[label], np.array(path.parts(label)), names, path.answer[label])
        self._show(point, label, class_name(label, class_names), total, OF_TREE if path.steps else OF_LEAF)

    def show_forest(self, forest: Forest, point: Sequence[float], class_names: tuple[str, ...] = ()) -> None:
        """Show what x and y contribute at a point; as `show_tree`."""
        found = contributions_of(forest, np.asarray(point, dtype=np.float64))
        label = int(found.answer.argmax())
        self._nodes = []
        names = [f"cuts by {axis}" for axis in AXES]
        total = _sum(found.bias[label], found.contributions[:, label], names, found.answer[label])
        self._show(point, label, class_name(label, class_names), total, OF_FOREST)

    def show_network(self) -> None:
        """Say that a network has no path."""
        self._show_words(NETWORK)

    def show_nothing(self) -> None:
        """Say what to do."""
        self._show_words(NOTHING)

    def _show(self, point: Sequence[float], label: int, name: str, total: ScoreSum, words: str) -> None:
        places = ", ".join(f"{axis} {cut_number(place)}" for axis, place in zip(AXES, point, strict=True))
        self._title.setText(f"{name[:1].upper()}{name[1:]}, {100 * total.end:.0f} %, at {places}")
        self._words.setText(words)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft)
        if label != self._label:
            self._label = label
            self._colour_bars()
        self.chart.set_sum(total)
        self._title.setVisible(True)
        self.chart.setVisible(True)

    def _show_words(self, words: str) -> None:
        self._label, self._nodes = None, []
        self._title.setText("")
        self._title.setVisible(False)
        self.chart.set_sum(None)
        self.chart.setVisible(False)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setText(words)

    def _colour_bars(self) -> None:
        """In the colour of the class; what takes away is grey."""
        if self._label is not None:
            up = QColor(class_colours(self._colours)[self._label])
            self.chart.set_bar_colours(up, QColor(self._colours.muted))

    def _on_part_pointed(self, part: int) -> None:
        self.node_pointed.emit(self._nodes[part] if 0 <= part < len(self._nodes) else None)


def _sum(bias: float, parts: NDArray[np.float64], names: Sequence[str], answer: float) -> ScoreSum:
    return ScoreSum(
        float(bias),
        _BIAS,
        parts,
        names,
        "more cut",
        float(answer),
        _ANSWER,
        in_order=True,
        end_text=_probability,
    )


def _probability(value: float) -> str:
    return f"{value:.2f}"
