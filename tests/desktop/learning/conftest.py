"""What tests of lessons and practice share: a store, networks, and little to rehearse."""

from __future__ import annotations

import pytest

from desktop.collection import Collection
from desktop.keeping import Keeping
from desktop.learning.learning_session import LearningSession
from desktop.learning.rehearsal_shelf import RehearsalShelf
from desktop.model_library import ModelLibrary
from desktop.networks import Networks
from desktop.settings import Settings
from desktop.training_thread import DataShelf
from desktop.turn import Turn
from engine.handwriting import random_ink
from tests.desktop.test_networks import make_model

PATIENCE_MS = 300_000


class School:
    """A learning session and all that it works with."""

    def __init__(self, folder, qtbot):
        self.settings = Settings(folder / "s.ini")
        self.settings.mnist_folder = folder / "no mnist here"
        self.networks = Networks(ModelLibrary(folder / "networks"), self.settings)
        self.networks.use(make_model("start", (784, 10)), folder / "start.safetensors")
        self.keeping = Keeping(folder / "kept")
        self.collection = Collection(self.keeping)
        self.turn = Turn()
        self.shelf = RehearsalShelf(DataShelf())
        self.qtbot = qtbot
        self.states = []
        self.session = self.make_session()

    def make_session(self, is_for_visitor=False):
        made = LearningSession(
            self.networks,
            self.collection,
            self.settings,
            self.turn,
            self.shelf,
            self.keeping.wait_for_store,
            is_for_visitor,
        )
        made.state_changed.connect(self.states.append)
        return made

    def open_store(self):
        with self.qtbot.waitSignal(self.keeping.opened, timeout=PATIENCE_MS):
            self.keeping.open()

    def draw(self, labels, writer="", first_seed=0):
        for seed, label in enumerate(labels, first_seed):
            self.keeping.store.drawings.add(random_ink(label, seed), label, writer=writer).result()

    def learn(self, session=None):
        session = session or self.session
        with self.qtbot.waitSignal(session.lesson_ended, timeout=PATIENCE_MS) as ended:
            session.learn()
        return ended.args[0]

    def close(self):
        self.session.close()
        self.keeping.close()


@pytest.fixture
def school(tmp_path, qtbot, little_to_rehearse):
    made = School(tmp_path, qtbot)
    made.open_store()
    yield made
    made.close()
