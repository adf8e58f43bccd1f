"""Close guard: whether the window may close, so that nothing that was learned is lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.networks.networks import Networks
from desktop.services.folders import refusal
from desktop.services.store_service import StoreService
from desktop.training.controller import TrainingController
from desktop.widgets.panels.notice_bar import NoticeBar

if TYPE_CHECKING:
    from engine.models.model import Model


class CloseGuard:
    """Asked each time that somebody closes the window; says once what would be lost."""

    def __init__(
        self,
        networks: Networks,
        training_controller: TrainingController,
        notice: NoticeBar,
        store_service: StoreService,
    ) -> None:
        self._networks, self._training_controller, self._notice, self._store_service = (
            networks,
            training_controller,
            notice,
            store_service,
        )
        self._warned_of_waiting = 0
        self._warned_of_unkept: list[Model] = []
        self._has_stopped = False

    def may_close(self) -> bool:
        """Whether what was learned is in files, or the user was told that it is not and closes once more."""
        networks = self._networks
        may_stop = self._training_controller.trainer.is_running and not self._has_stopped
        if may_stop and refusal(networks.library.folder):
            self._has_stopped = True
            self._training_controller.stop()
            self._notice.show_notice("Not closed yet: what was learned so far cannot be saved.")
            return False
        if self._store_service.waiting > self._warned_of_waiting:
            self._warned_of_waiting = self._store_service.waiting
            self._notice.show_notice(
                "Not closed yet: what you drew last is in memory alone, since the disk takes nothing. Free "
                "some space or bring the folder back, or close again to discard it."
            )
            return False
        networks.keep_rest()
        unkept, warned_of = networks.unkept, self._warned_of_unkept
        if all(any(model is other for other in warned_of) for model in unkept):
            return True
        self._warned_of_unkept = unkept
        names = " and ".join(f"“{model.name}”" for model in unkept)
        self._notice.show_notice(
            f"Not closed yet: {names} could not be saved and would be lost. Choose More, Save network as…, "
            "or close again to discard it."
        )
        return False
