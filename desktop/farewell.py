"""Farewell: whether the window may close, so that nothing that was learnt is lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.folders import refusal
from desktop.keeping import Keeping
from desktop.networks import Networks
from desktop.notice_bar import NoticeBar
from desktop.training_session import TrainingSession

if TYPE_CHECKING:
    from engine.model import Model


class Farewell:
    """Asked each time that somebody closes the window; says once what would be lost."""

    def __init__(
        self, networks: Networks, session: TrainingSession, notice: NoticeBar, keeping: Keeping
    ) -> None:
        self._networks, self._session, self._notice, self._keeping = networks, session, notice, keeping
        self._told_waiting = 0
        self._told_unkept: list[Model] = []
        self._has_stopped = False

    def may_close(self) -> bool:
        """Whether what was learnt is in files, or the user was told that it is not and closes once more."""
        networks = self._networks
        may_stop = self._session.trainer.is_running and not self._has_stopped
        if may_stop and refusal(networks.library.folder):
            self._has_stopped = True
            self._session.stop()
            self._notice.tell("Not closed yet: what was learnt so far can be kept in no file.")
            return False
        if self._keeping.waiting > self._told_waiting:
            self._told_waiting = self._keeping.waiting
            self._notice.tell(
                "Not closed yet: what you drew last is in memory alone, since the disk takes nothing. Free "
                "some space or bring the folder back, or close once more to let go of it."
            )
            return False
        networks.keep_rest()
        unkept, told = networks.unkept, self._told_unkept
        if all(any(model is other for other in told) for model in unkept):
            return True
        self._told_unkept = unkept
        names = " and ".join(f"“{model.name}”" for model in unkept)
        self._notice.tell(
            f"Not closed yet: {names} could not be kept and would be lost. Choose More, Save network as…, or "
            "close once more to let go of it."
        )
        return False
