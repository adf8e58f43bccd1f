"""One at a time."""

from desktop.turn import Turn


def test_a_turn_is_taken_by_one_and_ends_once(qtbot):
    turn = Turn()
    ended = []
    turn.ended.connect(lambda: ended.append(turn.is_taken))
    assert turn.take()
    assert not turn.take()
    turn.end()
    turn.end()
    assert ended == [False]
    assert turn.take()
