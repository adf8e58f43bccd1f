"""Booth starter: opens and closes the pad for visitors, which has a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.networks.networks import Networks
from desktop.settings.settings import Settings
from desktop.training.training_lock import TrainingLock
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours
from desktop.window.lazy import Lazy

if TYPE_CHECKING:
    from desktop.booth.booth_controller import BoothController
    from desktop.learning.rehearsal_cache import RehearsalCache


class BoothStarter(QObject):
    """The booth is imported and made when it is first wanted.

    Attributes:
        booth: The pad for visitors.

    Signals:
        about_to_open: Visitors come next: what the owner has under way ends.
        files_dropped: Paths, of files that are no pictures.
    """

    about_to_open = Signal()
    files_dropped = Signal(object)

    def __init__(
        self,
        actions: Actions,
        networks: Networks,
        training_lock: TrainingLock,
        rehearsal_cache: Lazy[RehearsalCache],
        settings: Settings,
        colours: Colours,
        owner_window: QWidget,
    ) -> None:
        """Connect what calls for it; the booth fills the screen that `owner_window` is on."""
        super().__init__(owner_window)
        self._networks, self._settings = networks, settings
        self._training_lock, self._rehearsal_cache = training_lock, rehearsal_cache
        self._colours, self._owner_window = colours, owner_window
        self.booth = Lazy(self._make_booth)
        actions.booth.triggered.connect(self._on_booth_wanted)

    def _make_booth(self) -> BoothController:
        from desktop.booth.booth_controller import BoothController

        booth = BoothController(
            networks=self._networks,
            settings=self._settings,
            training_lock=self._training_lock,
            rehearsal_cache=self._rehearsal_cache.get(),
            owner_window=self._owner_window,
            colours=self._colours,
            parent=self,
        )
        booth.files_dropped.connect(self.files_dropped)
        return booth

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        if (booth := self.booth.made) is not None:
            booth.set_colours(colours)

    def close(self) -> None:
        """The window closes: forget the visitor, end what runs and wait for it."""
        if (booth := self.booth.made) is not None:
            booth.close()

    def _on_booth_wanted(self) -> None:
        booth = self.booth.get()
        if booth.is_open:
            booth.leave()
            return
        self.about_to_open.emit()
        booth.open()
