"""What tests of lessons and practice share: a store, networks, and little to rehearse."""

from __future__ import annotations

import pytest

from desktop.learning.learning_controller import LearningController
from desktop.learning.rehearsal_cache import RehearsalCache
from desktop.networks.model_library import ModelLibrary
from desktop.networks.networks import Networks
from desktop.services.collection import Collection
from desktop.services.store_service import StoreService
from desktop.settings.settings import Settings
from desktop.training.data.data_cache import DataCache
from desktop.training.training_lock import TrainingLock
from engine.data.handwriting.synthetic_digits import random_ink
from tests.desktop.networks.test_networks import make_model

PATIENCE_MS = 300_000


class School:
    """A learning controller and all that it works with."""

    def __init__(self, folder, qtbot):
        self.settings = Settings(folder / "s.ini")
        self.settings.mnist_folder = folder / "no mnist here"
        self.networks = Networks(ModelLibrary(folder / "networks"), self.settings)
        self.networks.use(make_model("start", (784, 10)), folder / "start.safetensors")
        self.store_service = StoreService(folder / "kept")
        self.collection = Collection(self.store_service)
        self.training_lock = TrainingLock()
        self.cache = RehearsalCache(DataCache())
        self.qtbot = qtbot
        self.states = []
        self.training_controller = self.make_controller()

    def make_controller(self, is_for_visitor=False):
        made = LearningController(
            self.networks,
            self.collection,
            self.settings,
            self.training_lock,
            self.cache,
            self.store_service.wait_for_store,
            is_for_visitor,
        )
        made.state_changed.connect(self.states.append)
        return made

    def open_store(self):
        with self.qtbot.waitSignal(self.store_service.opened, timeout=PATIENCE_MS):
            self.store_service.open()

    def draw(self, labels, writer="", first_seed=0):
        for seed, label in enumerate(labels, first_seed):
            self.store_service.store.drawings.add(random_ink(label, seed), str(label), writer=writer).result()

    def learn(self, controller=None):
        controller = controller or self.training_controller
        with self.qtbot.waitSignal(controller.lesson_ended, timeout=PATIENCE_MS) as ended:
            controller.learn()
        return ended.args[0]

    def close(self):
        self.training_controller.close()
        self.store_service.close()


@pytest.fixture
def school(tmp_path, qtbot, little_to_rehearse):
    made = School(tmp_path, qtbot)
    made.open_store()
    yield made
    made.close()
