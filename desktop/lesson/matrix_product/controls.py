"""Product controls: which view, and play, back, step and reset."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop.lesson.matrix_product.text import TITLES
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.zoom.lengths import scaled
from engine.lesson.matrix_product import View

_VIEWS = tuple(TITLES)


class ViewChoice(QWidget):
    """Three buttons in a row, one of which is down.

    Signals:
        view_chosen: The `View`.
    """

    view_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How the product is seen")
        self.buttons = {view: QPushButton(title) for view, title in TITLES.items()}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, button in enumerate(self.buttons.values()):
            button.setObjectName("segment")
            button.setCheckable(True)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        self.buttons[_VIEWS[0]].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def view(self) -> View:
        """The one that is chosen."""
        return _VIEWS[self._group.checkedId()]

    def _on_clicked(self, number: int) -> None:
        self.view_chosen.emit(_VIEWS[number])


class ProductControls(QWidget):
    """Buttons and the number of the step.

    Attributes:
        play_button: Plays or pauses.
        back_button: One step back.
        step_button: One step on.
        reset_button: Before the first step.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.play_button = QPushButton("Play")
        self.play_button.setObjectName("primary")
        self.play_button.setToolTip("Space; click the matrices first")
        self.back_button, self.step_button = QPushButton("Back"), QPushButton("Step")
        self.back_button.setToolTip("Left arrow")
        self.step_button.setToolTip("Right arrow")
        self.reset_button = QPushButton("Reset")
        self._place = muted_label()
        self._place.setAccessibleName("Which step this is")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self._place)
        row.addStretch()
        # Play and Pause take the same room.
        play = self.play_button
        widths = []
        for text in ("Pause", "Play"):
            play.setText(text)
            widths.append(play.sizeHint().width())
        play.setMinimumWidth(max(widths))

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """From left to right."""
        return self.play_button, self.back_button, self.step_button, self.reset_button

    @property
    def place(self) -> str:
        """Which step is shown, in words."""
        return self._place.text()

    def show_place(self, number: int, last: int, is_playing: bool) -> None:
        """Show which step of how many this is; what leads nowhere cannot be pressed."""
        self._place.setText(f"Step {number} of {last}" if number else f"{last} step{'s' * (last != 1)}")
        self.play_button.setText("Pause" if is_playing else "Play")
        # The keyboard stays with its button: one that cannot be pressed would lose it.
        for button, leads_on in ((self.back_button, number > 0), (self.step_button, number < last)):
            button.setEnabled(leads_on or button.hasFocus())
