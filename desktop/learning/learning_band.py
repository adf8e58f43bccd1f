"""Learning band: how a lesson goes, and what it came to."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.learning.learning_controller import LessonState
from desktop.widgets.panels.progress_band import ProgressBand


class LearningBand(ProgressBand):
    """Shows what it is told; hidden until then.

    Signals:
        return_requested: The network before is to read again.
        use_requested: The network that was not put to use is to read.
    """

    return_requested = Signal()
    use_requested = Signal()

    def __init__(self, scale: float = 1.0) -> None:
        """Make one whose text is `scale` times as large as usual."""
        super().__init__("Learning", scale)
        self._return = self.add_button("Undo learning", "Go back to the network before")
        self._return.clicked.connect(self._on_return_clicked)
        self._use = self.add_button("Use it anyway", "Use the network that learned from the drawings")
        self._use.clicked.connect(self._on_use_clicked)

    def show_state(self, state: LessonState) -> None:
        """Show how far a lesson is, or what it came to."""
        offered = {self._return: state.has_new_network, self._use: state.can_use}
        self.show_progress(state.headline, state.details, state.share, state.is_running, offered)

    def _on_use_clicked(self) -> None:
        self.hide()
        self.use_requested.emit()

    def _on_return_clicked(self) -> None:
        self.hide()
        self.return_requested.emit()
