"""Signs starter: what calls for signs of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.networks.networks import Networks
from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from desktop.services.store_service import StoreService
from desktop.training.training_lock import TrainingLock
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours
from desktop.window.lazy import Lazy

if TYPE_CHECKING:
    from desktop.signs.signs_controller import SignsController


class SignsStarter(QObject):
    """Everything is imported and made when it is first wanted.

    Attributes:
        signs: From the names of signs to a network that tells them apart.

    Signals:
        notice_given: One sentence, and details or an empty text.
        pad_wanted: Somebody is about to draw: what covers the pad must go.
    """

    notice_given = Signal(str, str)
    pad_wanted = Signal()

    def __init__(
        self,
        *,
        actions: Actions,
        canvas: Canvas,
        reader: LiveReader,
        labeller: Labeller,
        labels: QWidget,
        networks: Networks,
        collection: Collection,
        store_service: StoreService,
        training_lock: TrainingLock,
        bands: QVBoxLayout,
        colours: Colours,
    ) -> None:
        """Connect what calls for it: bands come into `bands`; `labels` are hidden while signs are drawn."""
        super().__init__(canvas)
        self._canvas, self._reader = canvas, reader
        self._labeller, self._labels = labeller, labels
        self._networks, self._collection, self._store_service = networks, collection, store_service
        self._training_lock, self._bands, self._colours = training_lock, bands, colours
        self.signs = Lazy(self._make_signs)
        actions.new_signs.triggered.connect(lambda: self.signs.get().open_new())
        actions.signs.triggered.connect(lambda: self.signs.get().open_sets())

    def _make_signs(self) -> SignsController:
        from desktop.signs.sign_collection import SignCollection
        from desktop.signs.sign_learning import SignLearning
        from desktop.signs.sign_practice import SignPractice
        from desktop.signs.signs_controller import SignsController

        signs = SignCollection(self._store_service, self._collection, self)
        practice = SignPractice(
            self._canvas, self._reader, self._labeller, self._labels, self._collection, self._bands, self
        )
        learning = SignLearning(
            self._networks, signs, self._training_lock, self._store_service.wait_for_store, self
        )
        made = SignsController(self._canvas, self._networks, signs, practice, learning, self._bands, self)
        made.set_colours(self._colours)
        made.notice_given.connect(self.notice_given)
        made.pad_wanted.connect(self.pad_wanted)
        return made

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        self._colours = colours
        if (signs := self.signs.made) is not None:
            signs.set_colours(colours)

    def leave(self) -> None:
        """Ask for no more signs; what was drawn is kept."""
        if (signs := self.signs.made) is not None:
            signs.practice.leave()

    def close(self) -> None:
        """The window closes: end what runs and wait for it."""
        if (signs := self.signs.made) is not None:
            signs.close()
