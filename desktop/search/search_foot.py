"""Search foot: below all pages of the search, the chosen trial, how far the search is, and its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel, plain_sentence, tool_tip
from desktop.widgets.text.spoken_changes import SpokenChanges
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_RESOLUTION = 1000


class SearchFoot(QWidget):
    """Shows what it is given; what is asked for goes up as signals.

    Attributes:
        start_button: Begins a search.
        stop_button: Ends it.
        go_on_button: Goes on with the last one; hidden while there is none.
        following: Whether the best network so far is to read the pad.
        read_button: Reads with the chosen trial.
        train_button: Fills the training panel with its settings.
        copy_button: Copies it as a command line.

    Signals:
        start_requested: The search that the form describes is to begin.
        stop_requested: The search is to end.
        going_on_requested: The last search is to go on.
    """

    start_requested = Signal()
    stop_requested = Signal()
    going_on_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken = SpokenChanges(self)
        self._is_planning = True
        self._plan = PlainLabel()
        self._plan.setWordWrap(True)
        self._plan.setFont(tabular(self._plan.font()))
        self._plan.setAccessibleName("What will happen")
        self._trial = PlainLabel()
        self._trial.setWordWrap(True)
        self._trial.setAccessibleName("Chosen trial")
        self.read_button = _link("Read with it", "Use the network of this trial")
        self.train_button = _link(
            "Train on with its settings", "Fill the training panel with the settings of this trial"
        )
        self.copy_button = _link("Copy as command line", "Copy a command that trains this network")
        self._trial_buttons = QWidget()
        links = QHBoxLayout(self._trial_buttons)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(scaled(4))
        for button in (self.read_button, self.train_button, self.copy_button):
            links.addWidget(button)
        links.addStretch()
        self._bar = QProgressBar()
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the search")
        self._progress, self._left = muted_label(), muted_label()
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._progress_row = QWidget()
        row = QHBoxLayout(self._progress_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._progress)
        row.addStretch()
        row.addWidget(self._left)
        self.following = QCheckBox("Best reads the pad")
        self.following.setToolTip(
            "While the search runs, read the pad with the best network so far. The one in use comes back "
            "when it ends"
        )
        self.start_button = QPushButton("Start")
        self.start_button.setObjectName("primary")
        self.start_button.setToolTip("Train all of these networks, and keep the best")
        self.start_button.clicked.connect(self.start_requested)
        self.stop_button = QPushButton("Stop")
        self.stop_button.setToolTip("Stop; the search can go on later")
        # As wide as its longest text, so that Start beside it does not move.
        self.stop_button.setText("Stopping…")
        self.stop_button.ensurePolished()
        self.stop_button.setMinimumWidth(self.stop_button.sizeHint().width())
        self.stop_button.setText("Stop")
        self.stop_button.setEnabled(False)
        self.stop_button.clicked.connect(self._on_stop)
        self.go_on_button = QPushButton("Go on")
        self.go_on_button.clicked.connect(self.going_on_requested)
        self.go_on_button.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.following)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(self.go_on_button)
        buttons.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(16, 4, 16, 8))
        column.setSpacing(scaled(6))
        for widget in (self._plan, self._trial, self._trial_buttons, self._bar, self._progress_row):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.show_trial("", can_read=False)
        self._bar.hide()
        self._progress_row.hide()

    @property
    def trial(self) -> str:
        """What is said of the chosen trial; empty if there is none."""
        return self._trial.text()

    @property
    def plan(self) -> str:
        """What Start would do, in a sentence."""
        return self._plan.text()

    @property
    def progress(self) -> str:
        """How far the search is, in words; empty before the first."""
        return "" if self._progress_row.isHidden() else self._progress.text()

    def set_planning(self, is_planning: bool) -> None:
        """Whether the form is seen, and what Start would do is of interest, rather than the chosen trial."""
        self._is_planning = is_planning
        self._show_parts()

    def show_plan(self, words: str) -> None:
        """Say what Start would do."""
        self._plan.setText(words)
        self._show_parts()

    def show_trial(self, words: str, can_read: bool, why_not: str = "") -> None:
        """Say what the chosen trial is; without words there is none.

        Args:
            words: On the trial.
            can_read: Whether its weights are there.
            why_not: Said in the tool tip where they are not.
        """
        self._trial.setText(plain_sentence(words))
        self._show_parts()
        self.read_button.setEnabled(can_read)
        self.read_button.setToolTip(tool_tip("Use the network of this trial" if can_read else why_not))

    def show_progress(self, share: float, words: str, left: str) -> None:
        """Show the share done, 0 to 1, and text to the left and right below it."""
        self._bar.setValue(round(share * _RESOLUTION))
        self._progress.setText(words)
        self._left.setText(left)
        self._progress_row.setVisible(bool(words))
        self._spoken.announce(f"{share:.0%} done, {words}, {left}".rstrip(", "))

    def set_busy(self) -> None:
        """A search runs."""
        # First: a disabled button would let the focus wander off to somewhere unexpected.
        self.stop_button.setEnabled(True)
        if self.window().focusWidget() in (self.start_button, self.go_on_button):
            self.stop_button.setFocus()
        self.start_button.setText("Searching…")
        self.start_button.setEnabled(False)
        set_flag(self.start_button, "busy", True)
        self.go_on_button.setEnabled(False)
        self._bar.setValue(0)
        self._bar.show()

    def set_idle(self) -> None:
        """Nothing runs."""
        self.start_button.setText("Start")
        self.start_button.setEnabled(True)
        set_flag(self.start_button, "busy", False)
        self.go_on_button.setEnabled(True)
        if self.window().focusWidget() is self.stop_button:
            self.start_button.setFocus()
        self.stop_button.setText("Stop")
        self.stop_button.setEnabled(False)
        self._bar.hide()
        self._progress_row.hide()

    def offer_going_on(self, tip: str) -> None:
        """There is a search that can go on, and what it is; without words there is none."""
        self.go_on_button.setVisible(bool(tip))
        self.go_on_button.setToolTip(tool_tip(tip))

    def _show_parts(self) -> None:
        has_trial = bool(self._trial.text()) and not self._is_planning
        self._trial.setVisible(has_trial)
        self._trial_buttons.setVisible(has_trial)
        self._plan.setVisible(self._is_planning and bool(self._plan.text()))

    def _on_stop(self) -> None:
        """It is heard after the steps under way; until then the button keeps the keyboard."""
        self.stop_button.setText("Stopping…")
        self.stop_requested.emit()


def _link(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("link")
    button.setToolTip(tip)
    return button
