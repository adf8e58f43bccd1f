"""First steps: three things to try at the first start, ticked as they are done."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.widgets.small_widgets import muted_label, set_flag
from desktop.widgets.text.fonts import tabular
from desktop.widgets.text.plain_text import PlainLabel
from desktop.widgets.zoom.lengths import scaled, scaled_margins

STEPS = ("Draw a digit", "Click a bar to see why", "Press Train")
_DONE = "That's all you need. Press F1 for help."
_FADE_MS = 12_000


class FirstSteps(QFrame):
    """A slim row above the pad.

    Signals:
        completed: All steps are done, or the user closed it: it need not be shown again.
    """

    completed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName("First steps")
        self._is_done = [False] * len(STEPS)
        self._labels = [muted_label() for _ in STEPS]
        self._end = PlainLabel(_DONE)
        self._end.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled_margins(16, 6, 12, 6))
        row.setSpacing(scaled(24))
        for label in self._labels:
            row.addWidget(label)
        row.addWidget(self._end)
        row.addStretch()
        self._close = QPushButton("Close")
        self._close.setObjectName("link")
        self._close.clicked.connect(self._on_close_clicked)
        row.addWidget(self._close)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FADE_MS)
        self._fade.timeout.connect(self.hide)
        self._show_steps()

    @property
    def done(self) -> tuple[bool, ...]:
        """Which steps are done, in order."""
        return tuple(self._is_done)

    def complete(self, step: int) -> None:
        """Tick a step, counted from 0; after the last one the row says so and goes by itself."""
        if self._is_done[step]:
            return
        self._is_done[step] = True
        self._show_steps()
        if all(self._is_done):
            for label in self._labels:
                label.hide()
            self._end.show()
            self._fade.start()
            self.completed.emit()

    def _show_steps(self) -> None:
        for number, (label, text, is_done) in enumerate(
            zip(self._labels, STEPS, self._is_done, strict=True), start=1
        ):
            label.setText(f"{'✓' if is_done else number}  {text}")
            label.setFont(tabular(self.font()))
            set_flag(label, "done", is_done)
        left = [text for text, is_done in zip(STEPS, self._is_done, strict=True) if not is_done]
        self.setAccessibleDescription(f"To try: {', '.join(left)}" if left else _DONE)

    def _on_close_clicked(self) -> None:
        self.hide()
        self.completed.emit()
