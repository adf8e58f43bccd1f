"""One at a time."""

from desktop.training.training_lock import TrainingLock


def test_a_turn_is_taken_by_one_and_ends_once(qtbot):
    training_lock = TrainingLock()
    ended = []
    training_lock.ended.connect(lambda: ended.append(training_lock.is_taken))
    assert training_lock.take()
    assert not training_lock.take()
    training_lock.end()
    training_lock.end()
    assert ended == [False]
    assert training_lock.take()
