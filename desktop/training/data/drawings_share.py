"""Drawings share: how much of what a training learns from are the user's own drawings."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets.fields.wheel_needs_focus import Slider
from desktop.widgets.small_widgets import muted_label
from desktop.widgets.zoom.lengths import scaled
from engine.data.drawing_names import MOST_PERCENT

_STEP, _PAGE = 5, 10
_TIP = "How much of what is learned from are your own drawings, warped copies included; 0 % takes none"


class DrawingsShare(QWidget):
    """A slider and its value. It is shown while there are drawings enough and other data are chosen.

    Attributes:
        slider: In per cent.

    Signals:
        percent_changed: The new share, where it was changed.
        shown_changed: Whether it is shown from now on.
    """

    percent_changed = Signal(int)
    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_offered = False
        self._is_beside_others = True
        self.slider = Slider(Qt.Orientation.Horizontal)
        # The handle of the window's style is hard to see on dark panels: the style sheet has another.
        self.slider.setObjectName("share")
        self.slider.setMinimumHeight(scaled(20))
        self.slider.setRange(0, MOST_PERCENT)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(_PAGE)
        self.slider.setAccessibleName("My drawings among the others, in per cent")
        self._text = muted_label()
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # As wide as its longest text, so that the slider stays as it is while it is moved.
        self._text.ensurePolished()
        self._text.setMinimumWidth(self._text.fontMetrics().horizontalAdvance(_words(MOST_PERCENT)))
        self.setToolTip(_TIP)
        self.setFocusProxy(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self.slider, 1)
        row.addWidget(self._text)
        self.slider.valueChanged.connect(self._on_changed)
        self._show_percent()
        self.hide()

    @property
    def percent(self) -> int:
        """What is to be trained with: 0 where it is not shown."""
        return self.slider.value() if self._is_shown else 0

    @property
    def is_offered(self) -> bool:
        """Whether there are drawings enough."""
        return self._is_offered

    def choose(self, percent: int) -> None:
        """Show a share without telling anyone."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(percent)
        self._show_percent()

    def set_offered(self, is_offered: bool) -> None:
        """Say whether there are drawings enough."""
        self._is_offered = is_offered
        self._show()

    def set_beside_others(self, is_beside_others: bool) -> None:
        """Say whether other data are chosen than drawings alone."""
        self._is_beside_others = is_beside_others
        self._show()

    @property
    def _is_shown(self) -> bool:
        return self._is_offered and self._is_beside_others

    def _show(self) -> None:
        self.setVisible(self._is_shown)
        self.shown_changed.emit(self._is_shown)

    def _on_changed(self, percent: int) -> None:
        self._show_percent()
        self.percent_changed.emit(percent)

    def _show_percent(self) -> None:
        words = _words(self.slider.value())
        self._text.setText(words)
        self.slider.setAccessibleDescription(f"{words} of what is learned from")


def _words(percent: int) -> str:
    return f"{percent} %"
