import pytest

from engine.data.watched_work import UNWATCHED, WatchedWork
from engine.errors import DataError


def test_parts_of_parts_are_told_as_shares_of_the_whole():
    shares = []
    work = WatchedWork(on_progress=shares.append)
    small, nothing, large = work.part(0.5, 1).parts([1, 0, 3])
    small.tell(1)
    nothing.tell(0.5)
    large.tell(0)
    large.tell(2)  # more than all of it is all of it
    assert shares == [0.625, 0.625, 0.625, 1.0]


def test_parts_without_weight_are_parts_all_the_same():
    assert [(part.first, part.last) for part in WatchedWork().parts([0, 0])] == [(0.0, 0.0)] * 2
    UNWATCHED.tell(0.5)


def test_a_part_ends_as_the_whole_does_and_tells_nothing_more():
    shares = []
    work = WatchedWork("It was stopped.", shares.append, lambda: True)
    with pytest.raises(DataError, match=r"^It was stopped\.$"):
        work.part(0, 0.5).tell(1)
    assert shares == []
