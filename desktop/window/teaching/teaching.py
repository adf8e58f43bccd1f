"""Teaching: learning from drawings, practice, signs of the user's own, the booth; who gives way to whom."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.networks.networks import Networks
from desktop.pad.canvas import Canvas
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from desktop.services.collection import Collection
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.controller import TrainingController
from desktop.widgets.actions import Actions
from desktop.widgets.theme import Colours
from desktop.window.teaching.booth_starter import BoothStarter
from desktop.window.teaching.learning_starter import LearningStarter
from desktop.window.teaching.practice_starter import PracticeStarter
from desktop.window.teaching.signs_starter import SignsStarter


class Teaching(QObject):
    """Whoever asks for drawings ends what else asks for some.

    Attributes:
        learning: From the labelled drawings.
        practice: Asks for digits.
        signs: Asks for signs of the user's own, and has them learned.
        booth: The pad for visitors.

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
        training_controller: TrainingController,
        settings: Settings,
        bands: QVBoxLayout,
        colours: Colours,
        window: QWidget,
    ) -> None:
        """Connect what calls for each; bands come into `bands`, `labels` are hidden while one asks."""
        super().__init__(window)
        self._actions = actions
        self.learning = LearningStarter(
            actions,
            networks,
            collection,
            training_controller,
            store_service.wait_for_store,
            settings,
            bands,
            self,
        )
        self.practice = PracticeStarter(actions, canvas, reader, labeller, labels, collection, bands, colours)
        lock = training_controller.training_lock
        self.signs = SignsStarter(
            actions=actions,
            canvas=canvas,
            reader=reader,
            labeller=labeller,
            labels=labels,
            networks=networks,
            collection=collection,
            store_service=store_service,
            training_lock=lock,
            bands=bands,
            colours=colours,
        )
        self.booth = BoothStarter(
            actions, networks, lock, self.learning.rehearsal_cache, settings, colours, window
        )
        self.practice.offered.connect(self.signs.leave)
        self.practice.offered.connect(self.learning.make_way)
        self.practice.drawings_completed.connect(self.learning.learn)
        self.signs.pad_wanted.connect(self.practice.leave)
        for part in (self.learning, self.practice, self.signs):
            part.notice_given.connect(self.notice_given)
        for asking in (self.practice, self.signs):
            asking.pad_wanted.connect(self.pad_wanted)
            self.booth.about_to_open.connect(asking.leave)

    def set_available(self) -> None:
        """There is a network to teach."""
        for action in self._actions.teaching:
            action.setEnabled(True)

    def set_colours(self, colours: Colours) -> None:
        """Paint with the colours of another appearance."""
        for part in (self.practice, self.signs, self.booth):
            part.set_colours(colours)

    def close(self) -> None:
        """The window closes: keep what was drawn, end what runs and wait for it."""
        self.booth.close()
        self.practice.leave()
        self.signs.close()
        self.learning.close()
