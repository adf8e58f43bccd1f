"""One at a time."""

import pytest

from desktop.training.training_lock import TrainingLock
from engine.data.sources import HANDWRITING
from engine.settings import TrainingSettings


def test_the_lock_is_taken_by_one_and_ends_once(qtbot):
    training_lock = TrainingLock()
    ended = []
    training_lock.ended.connect(lambda: ended.append(training_lock.is_taken))
    assert training_lock.take()
    assert not training_lock.take()
    training_lock.end()
    training_lock.end()
    assert ended == [False]
    assert training_lock.take()


@pytest.mark.threaded
def test_whoever_waits_for_a_training_goes_on_from_its_network(
    make_window, any_network_will_do, little_handwriting, qtbot
):
    window = make_window()
    controller, before = window.training_controller, window.networks.model
    in_use = []
    controller.training_lock.ended.connect(lambda: in_use.append(window.networks.model))
    window.training.fields.set_settings(TrainingSettings(hidden=(8,), epochs=50), HANDWRITING, "cpu")
    controller.trainer.results_arrived.connect(lambda _: controller.stop())
    with qtbot.waitSignal(controller.training_lock.ended):
        window.training.request_training()
    assert len(in_use) == 1
    assert in_use[0] is not before
    assert in_use[0] is window.networks.model


def test_the_lock_ends_even_where_the_end_of_a_run_cannot_be_shown(make_window, monkeypatch, qtbot):
    controller = make_window().training_controller

    def fails(_finished):
        raise ValueError

    monkeypatch.setattr(controller, "_show_end", fails)
    assert controller.training_lock.take()
    with pytest.raises(ValueError):
        controller._on_run_finished(None)
    assert not controller.training_lock.is_taken
