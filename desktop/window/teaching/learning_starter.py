"""Learning starter: what calls for learning from drawings, and the band that shows how it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.networks.networks import Networks
from desktop.services.collection import Collection
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions
from desktop.window.lazy import Lazy

if TYPE_CHECKING:
    from desktop.learning.learning_band import LearningBand
    from desktop.learning.learning_controller import LearningController, LessonState
    from desktop.learning.rehearsal_cache import RehearsalCache
    from engine.store.store import Store


_NO_DRAWINGS = (
    "There are no drawings to learn from yet. Draw a digit and press its key, 0 to 9, to save it, or choose "
    "More, Practice."
)


class LearningStarter(QObject):
    """Controller and band are imported and made when they are first wanted.

    Attributes:
        rehearsal_cache: What networks see again while they learn, here and in the booth.
        learning: Teaches the owner's drawings.
        band: How a lesson goes.

    Signals:
        notice_given: One sentence, and details or an empty text.
    """

    notice_given = Signal(str, str)

    def __init__(
        self,
        actions: Actions,
        networks: Networks,
        collection: Collection,
        training_controller: TrainingController,
        wait_for_store: Callable[[], Store | None],
        settings: Settings,
        bands: QVBoxLayout,
        parent: QObject,
    ) -> None:
        """Connect what calls for it; the band comes into `bands`."""
        super().__init__(parent)
        self._action = actions.learn
        self._networks, self._collection, self._settings = networks, collection, settings
        self._training_controller, self._wait_for_store = training_controller, wait_for_store
        self._bands = bands
        self.rehearsal_cache = Lazy(self._make_rehearsal_cache)
        self.learning = Lazy(self._make_learning)
        self.band = Lazy(self._make_band)
        actions.learn.triggered.connect(self._on_learning_wanted)
        actions.drawings.toggled.connect(self._on_gallery_toggled)

    def _make_rehearsal_cache(self) -> RehearsalCache:
        from desktop.learning.rehearsal_cache import RehearsalCache

        return RehearsalCache(self._training_controller.trainer.cache)

    def _make_learning(self) -> LearningController:
        from desktop.learning.learning_controller import LearningController

        controller = LearningController(
            self._networks,
            self._collection,
            self._settings,
            self._training_controller.training_lock,
            self.rehearsal_cache.get(),
            self._wait_for_store,
            parent=self,
        )
        controller.state_changed.connect(self._on_lesson_changed)
        return controller

    def _make_band(self) -> LearningBand:
        from desktop.learning.learning_band import LearningBand

        band = LearningBand()
        band.stop_requested.connect(lambda: self.learning.get().stop())
        band.return_requested.connect(self._on_return_requested)
        band.use_requested.connect(lambda: self.learning.get().use())
        self._bands.addWidget(band)
        return band

    @property
    def is_running(self) -> bool:
        """Whether a lesson is under way."""
        learning = self.learning.made
        return learning is not None and learning.is_running

    def make_way(self) -> None:
        """Drawings are about to be made: a report goes, and what a lesson will rehearse is read meanwhile."""
        if (band := self.band.made) is not None and not self.is_running:
            band.hide()
        self.learning.get().prepare()

    def learn(self) -> None:
        """Teach what there is."""
        self.learning.get().learn()

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        if (learning := self.learning.made) is not None:
            learning.close()

    def _on_gallery_toggled(self, is_shown: bool) -> None:
        """A lesson from the gallery is likely: what it rehearses is read meanwhile."""
        if is_shown and self._action.isEnabled() and self._collection.total > 0:
            self.learning.get().prepare()

    def _on_learning_wanted(self) -> None:
        """Its keys are heard without drawings, too, and answered."""
        collection = self._collection
        if collection.total > 0 or collection.trouble:
            self.learn()
        else:
            self.notice_given.emit(_NO_DRAWINGS, "")

    def _on_return_requested(self) -> None:
        from desktop.learning.learning_controller import LessonState

        networks, taught = self._networks, self.learning.get().taught
        if taught is None or networks.model is not taught:
            state = LessonState(f"“{networks.title}” is already in use; nothing was changed.")
        else:
            networks.use_former()
            state = LessonState(
                f"Undone: “{networks.title}” is in use again.",
                f"“{taught.name}” can still be chosen under Network.",
            )
        self.band.get().show_state(state)

    def _on_lesson_changed(self, state: LessonState) -> None:
        self.band.get().show_state(state)
        if state.report:
            self.notice_given.emit(state.headline, state.report)
