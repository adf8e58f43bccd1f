"""Signs band: how the learning of signs goes, and what to do with the network that comes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.signs.sign_learning import LearningState
from desktop.widgets.panels.progress_band import ProgressBand


class SignsBand(ProgressBand):
    """Shows what it is told; hidden until then.

    Attributes:
        try_it: The button that makes room for a drawing.
        go_back: The one that goes back to the network before.

    Signals:
        try_requested: Somebody wants to draw a sign.
        return_requested: The network before is to read again.
    """

    try_requested = Signal()
    return_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Learning signs")
        self.try_it = self.add_button("Draw one to try it")
        self.try_it.setObjectName("primary")
        self.try_it.clicked.connect(self.try_requested)
        self.go_back = self.add_button("Return to the former network", "Go back to the network before")
        self.go_back.clicked.connect(self.return_requested)

    @property
    def shows_running(self) -> bool:
        """Whether something is shown that can be stopped."""
        return not self.stop.isHidden()

    def show_state(self, state: LearningState) -> None:
        """Show how far it is, or what it came to."""
        offered = {self.try_it: state.is_in_use, self.go_back: state.is_in_use}
        self.show_progress(state.headline, state.details, state.share, state.is_running, offered)
