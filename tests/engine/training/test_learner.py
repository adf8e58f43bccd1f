"""What a learner leaves behind when its training is over: nothing that has to be looked for."""

import gc
import weakref

import pytest

from engine.data.digits import Digits, Standardisation
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.stretches.way import StretchWay
from tests.engine.digit_sets import small_set
from tests.engine.training.stretches.call_again import CallAgain


@pytest.fixture
def no_collector():
    """A circle of references keeps what is in it for as long as nobody collects."""
    # The libraries leave circles when they are used for the first time.
    train(small_set(), level=1)
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def own_set() -> Digits:
    """Digits that nobody else holds."""
    shared = small_set()
    return Digits(shared.images.clone(), shared.labels, shared.name)


def train(digits: Digits, level: int) -> None:
    settings = TrainingSettings(hidden=(12,), epochs=1, level=level)
    for _ in fit(digits, small_set(), settings, Standardisation.of(digits)):
        pass


@pytest.mark.parametrize("level", range(1, 8))
def test_the_data_go_with_the_training(level, no_collector):
    digits = own_set()
    data = weakref.ref(digits.images)
    train(digits, level)
    del digits
    assert data() is None


def test_the_data_go_with_recorded_stretches(no_collector):
    digits = own_set()
    data = weakref.ref(digits.images)
    settings = TrainingSettings(hidden=(12,), epochs=1)
    way = StretchWay(CallAgain(), is_fused=False)
    for _ in fit(digits, small_set(), settings, Standardisation.of(digits), way=way):
        pass
    del digits
    assert data() is None
