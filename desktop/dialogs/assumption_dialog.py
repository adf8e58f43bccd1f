"""Assumption dialog: how a network was trained, if its file does not say; the best guess is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.widgets.fields.field_widgets import FieldGrid
from desktop.widgets.fields.number_boxes import DecimalBox, FaultLabel
from desktop.widgets.fields.wheel_needs_focus import ChoiceBox
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled, scaled_margins, size_on_screen

if TYPE_CHECKING:
    from desktop.networks.network_opener import Opening
    from engine.models.assumptions import Assumption

_WIDTH = 460
_OTHER = "Other mean and deviation"


class AssumptionDialog(QDialog):
    """Shown beside the window, which goes on; accepted or not, it is gone afterwards.

    Attributes:
        opening: The network that it asks about.
        activation: The choice of the activation.
        pixels: The choice of how pixels were prepared.
        mean: What was taken from each pixel, where none of the usual ways is chosen.
        deviation: What each pixel was then divided by.
    """

    def __init__(self, opening: Opening, parent: QWidget | None = None) -> None:
        from engine.models.assumptions import PIXELS, Assumption
        from engine.nn.registry import ACTIVATIONS

        super().__init__(parent)
        self.opening = opening
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("How was this network trained?")
        self._figures = {trial.assumption: trial.accuracy for trial in opening.trials}
        best = opening.trials[0].assumption if opening.trials else Assumption()
        sentence = PlainLabel(opening.sentence)
        sentence.setWordWrap(True)
        self.activation = _choice({name: entry.title for name, entry in ACTIVATIONS.items()})
        self.pixels = _choice({title: title for title in [*PIXELS, _OTHER]})
        self.mean, self.deviation = _share_box(0.0, 0.1307), _share_box(0.0001, 0.3081)
        self.activation.setCurrentIndex(self.activation.findData(best.activation))
        usual = next(title for title, each in PIXELS.items() if each == best.standardisation)
        self.pixels.setCurrentIndex(self.pixels.findData(usual))
        grid = FieldGrid()
        activation_row = grid.add_row("Activation", self.activation)
        grid.add_row("Pixels", self.pixels)
        self._other_row = grid.add_row("Mean, deviation", self.mean, self.deviation)
        for widget in activation_row:
            widget.setVisible(len(opening.model.architecture.sizes) > 2)
        self._figure = muted_label("")
        self._figure.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        use = buttons.addButton("Use this network", QDialogButtonBox.ButtonRole.AcceptRole)
        use.setObjectName("primary")
        use.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 16, 16, 16))
        column.setSpacing(scaled(12))
        column.addWidget(sentence)
        column.addLayout(grid)
        column.addWidget(FaultLabel(self.mean, self.deviation))
        column.addWidget(self._figure)
        column.addWidget(buttons)
        self.activation.currentIndexChanged.connect(self._on_changed)
        self.pixels.currentIndexChanged.connect(self._on_changed)
        self._on_changed()
        self.setMinimumWidth(size_on_screen(self, _WIDTH, _WIDTH).width())

    def accept(self) -> None:
        """Take what is chosen, unless a number that is asked for cannot be used."""
        if self.pixels.currentData() == _OTHER:
            for box in (self.mean, self.deviation):
                box.interpretText()
                if box.fault:
                    box.setFocus()
                    return
        super().accept()

    @property
    def assumption(self) -> Assumption:
        """What is chosen."""
        from engine.data.digits import Standardisation
        from engine.models.assumptions import PIXELS, Assumption

        chosen = PIXELS.get(self.pixels.currentData())
        own = Standardisation(self.mean.value(), self.deviation.value())
        return Assumption(self.activation.currentData(), chosen or own)

    def _on_changed(self) -> None:
        is_other = self.pixels.currentData() == _OTHER
        for widget in self._other_row:
            widget.setVisible(is_other)
        figure = self._figures.get(self.assumption)
        if is_other:
            self._figure.setText("Not tried: mean and standard deviation of pixels between 0 and 1.")
        elif figure is None:
            self._figure.setText("Not tried.")
        else:
            self._figure.setText(f"This way it reads {100 * figure:.1f} % of the test digits correctly.")


def _choice(titles: dict[str, str]) -> ChoiceBox:
    box = ChoiceBox()
    for name, title in titles.items():
        box.addItem(title, name)
    return box


def _share_box(least: float, value: float) -> DecimalBox:
    box = DecimalBox(least, 1.0)
    box.setSingleStep(0.01)
    box.setValue(value)
    return box
