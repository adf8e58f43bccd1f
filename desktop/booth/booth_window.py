"""Booth window: pad and reading alone on the screen; no menus, nothing that could be broken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.booth.booth_reading import BoothReading
from desktop.booth.held_key import HeldKey
from desktop.learning.learning_band import LearningBand
from desktop.learning.practice_band import PracticeBand
from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from desktop.pad.pad_room import PadRoom
from desktop.settings.settings import BOOTH_IDLE_S
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.theme import Colours
from desktop.widgets.zoom.lengths import scaled, scaled_margins

_RESOLUTION = 1000
_SCALE = 1.5
# Of buttons that are pressed with a finger.
_TOUCH_HEIGHT = 48
_HINT = "F10: next visitor  ·  F11: leave the booth"
_HOLD_HINT = "Keep holding Escape to leave the booth"


class BoothWindow(QWidget):
    """Shows and asks; knows no networks.

    F11 leaves at once: nobody presses it by chance. Escape, which every child tries, clears the pad, and
    leaves only when it is held down. What the window system itself closes is closed.

    Signals:
        left: The booth is to end.
        forget_requested: The visitor is to be forgotten.
        practice_requested: The visitor wants to teach.
        idle_chosen: Seconds after which the pad is to be cleared.
        escaped: Escape was tapped.
        touched: A key or a button was pressed.
    """

    left = Signal()
    forget_requested = Signal()
    practice_requested = Signal()
    idle_chosen = Signal(int)
    escaped = Signal()
    touched = Signal()

    def __init__(self, document: PadDocument) -> None:
        super().__init__()
        self.setObjectName("booth")
        self.setWindowTitle("Scratchpad booth")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = Canvas(document)
        self.reading = BoothReading()
        self.practice = PracticeBand(_SCALE)
        self.learning = LearningBand(_SCALE)
        self._countdown = QProgressBar()
        self._countdown.setRange(0, _RESOLUTION)
        self._countdown.setTextVisible(False)
        self._countdown.setAccessibleName("Time until the pad is cleared")
        policy = self._countdown.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._countdown.setSizePolicy(policy)
        self._countdown.hide()
        pad = QVBoxLayout()
        pad.setSpacing(scaled(6))
        pad.addWidget(PadRoom(self.canvas), 1)
        pad.addWidget(self._countdown)
        middle = QHBoxLayout()
        middle.setSpacing(scaled(32))
        middle.addLayout(pad, 3)
        middle.addLayout(self._made_side(), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled_margins(24, 24, 24, 16))
        column.setSpacing(scaled(12))
        column.addWidget(self.practice)
        column.addWidget(self.learning)
        column.addLayout(middle, 1)
        column.addLayout(self._made_foot())
        self._escape = HeldKey(Qt.Key.Key_Escape, (self.canvas, self), self)
        self._escape.tapped.connect(self.escaped)
        self._escape.held.connect(self.left)
        self._escape.pressed.connect(lambda: self._hint.setText(_HOLD_HINT))
        self._escape.released.connect(lambda: self._hint.setText(_HINT))

    def _made_side(self) -> QVBoxLayout:
        self._teach = _button("Teach it your handwriting", "Draw ten digits for it to learn")
        self._teach.setObjectName("primary")
        self._teach.clicked.connect(self.practice_requested)
        clear = _button("Clear", "Clear the pad (Delete)")
        clear.clicked.connect(self.canvas.document.clear)
        self._forget = _button("Forget me", "Delete your drawings and what it learned from them (F10)")
        self._forget.clicked.connect(self.forget_requested)
        for button in (self._teach, clear, self._forget):
            button.clicked.connect(self.touched)
        self._remark = PlainLabel()
        self._remark.setFont(tabular(self.font(), 1.3))
        self._remark.setWordWrap(True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # In two rows, so that the pad has most of the width on a small screen, too.
        buttons = QVBoxLayout()
        buttons.setSpacing(scaled(12))
        buttons.addWidget(self._teach)
        others = QHBoxLayout()
        others.setSpacing(scaled(12))
        others.addWidget(clear, 1)
        others.addWidget(self._forget, 1)
        buttons.addLayout(others)
        side = QVBoxLayout()
        side.setSpacing(scaled(12))
        side.addWidget(self.reading, 1)
        side.addWidget(self._remark)
        side.addLayout(buttons)
        return side

    def _made_foot(self) -> QHBoxLayout:
        self._hint = muted_label(_HINT)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        label = muted_label("Clears itself after  ")
        foot.addWidget(label)
        self._idle = QButtonGroup(self)
        for seconds in BOOTH_IDLE_S:
            choice = QPushButton(f"{seconds} s")
            choice.setObjectName("segment")
            choice.setCheckable(True)
            choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            choice.setAccessibleName(f"Clear after {seconds} seconds without drawing")
            self._idle.addButton(choice, seconds)
            foot.addWidget(choice)
        self._idle.idClicked.connect(self.idle_chosen)
        foot.addStretch()
        foot.addWidget(self._hint)
        return foot

    @property
    def remark(self) -> str:
        """What is said about the visitor."""
        return self._remark.text()

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self.setStyleSheet(f"QWidget#booth {{ background: {colours.window}; }}")
        self.canvas.set_colours(colours, colours.window)
        self.reading.set_colours(colours)
        self.practice.set_colours(colours)

    def set_idle(self, seconds: int) -> None:
        """The booth begins: mark after how many idle seconds the pad is cleared."""
        self._idle.button(seconds).setChecked(True)
        # A key that was held until the booth was left has not been seen to come up.
        self._hint.setText(_HINT)

    def set_teachable(self, is_teachable: bool) -> None:
        """Whether there is nothing under way that practice would disturb."""
        self._teach.setEnabled(is_teachable)

    def show_visitor(self, is_known: bool, remark: str) -> None:
        """Whether there is something to forget, and what to say about it."""
        self._forget.setVisible(is_known)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def show_countdown(self, share: float | None) -> None:
        """The share of time left until the pad is cleared, 1 to 0; None while that is far off."""
        self._countdown.setVisible(share is not None)
        self._countdown.setValue(round((share or 0.0) * _RESOLUTION))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 leaves, F10 forgets, Delete clears; every key is a sign of life."""
        self.touched.emit()
        if event.key() == Qt.Key.Key_F11:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F10:
            self.forget_requested.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.canvas.document.clear()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the window system: leave in good order."""
        super().closeEvent(event)
        self.left.emit()


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setFont(tabular(button.font(), _SCALE))
    button.setMinimumHeight(scaled(_TOUCH_HEIGHT))
    button.setToolTip(tip)
    # A click leaves the keyboard with the pad.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
