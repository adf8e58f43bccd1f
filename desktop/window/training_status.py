"""Training status: how a training goes, in the status line and in notices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.training.controller import TrainingController
from desktop.training.panel import TrainingPanel
from desktop.widgets.actions import Actions
from desktop.widgets.panels.notice_bar import NoticeBar, Offer
from desktop.widgets.panels.status_line import StatusLine

_TRAINING = "training"


class TrainingStatus(QObject):
    """Ties a training to the actions that begin and end it, and to what is said about it."""

    def __init__(
        self,
        actions: Actions,
        panel: TrainingPanel,
        controller: TrainingController,
        status: StatusLine,
        notice: NoticeBar,
    ) -> None:
        super().__init__(controller)
        self._status, self._notice = status, notice
        self._is_training = False
        actions.train.triggered.connect(panel.request_training)
        actions.stop.triggered.connect(controller.stop)
        controller.status_changed.connect(self.show_status)
        controller.data_state_changed.connect(status.set_data)
        controller.device_changed.connect(status.set_device)
        controller.notice_given.connect(self._on_notice_given)
        controller.choice_offered.connect(self._on_choice_offered)
        controller.data_state_changed.connect(lambda _words: notice.settle(_TRAINING))
        controller.sets.moved_on.connect(lambda: notice.settle(_TRAINING))
        controller.running_changed.connect(self._on_running_changed)

    def show_status(self, words: str) -> None:
        """While a run is under way this is how far it is, else what came of it."""
        if self._is_training:
            self._status.set_state(words)
        else:
            self._status.show_message(words)

    def _on_notice_given(self, sentence: str, details: str) -> None:
        self._notice.show_notice(sentence, details, about=_TRAINING)

    def _on_choice_offered(self, sentence: str, offers: Sequence[Offer]) -> None:
        self._notice.show_notice(sentence, about=_TRAINING, offers=offers)

    def _on_running_changed(self, is_running: bool) -> None:
        """What went wrong the last time is no news any more."""
        self._is_training = is_running
        if is_running:
            self._notice.settle(_TRAINING)
        # What was said last is what goes on now; once it has ended, nothing does.
        self._status.set_state(self._status.text if is_running else "Ready")
