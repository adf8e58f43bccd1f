"""Which digits are asked for, forwards and back."""

import random
from itertools import pairwise

import pytest

from desktop.learning.practice_round import Mark, PracticeRound


@pytest.mark.parametrize("of_each", [1, 3])
def test_each_digit_comes_as_often_as_any_other_and_never_twice_in_a_row(of_each):
    for seed in range(200):
        digits = PracticeRound.shuffled(of_each, random.Random(seed)).digits
        assert sorted(digits) == sorted(list(range(10)) * of_each)
        assert all(first != second for first, second in pairwise(digits))
        assert all(sorted(digits[ten : ten + 10]) == list(range(10)) for ten in range(0, len(digits), 10))


def test_what_is_missing_is_asked_for_in_turns():
    for seed in range(200):
        asked = PracticeRound.of_needs([3, 0, 1, 3], random.Random(seed))
        assert sorted(asked.digits) == [0, 0, 0, 2, 3, 3, 3]
        assert sorted(asked.digits[:3]) == [0, 2, 3]
        assert all(first != second for first, second in pairwise(asked.digits))
    assert PracticeRound.of_needs([0, 2], random.Random(1)).digits == (1, 1)


def test_orders_differ():
    assert (
        PracticeRound.shuffled(1, random.Random(1)).digits
        != PracticeRound.shuffled(1, random.Random(2)).digits
    )


def test_keeping_skipping_and_going_back():
    asked = PracticeRound((3, 5), [Mark.OPEN] * 2)
    with pytest.raises(IndexError):
        asked.back()
    asked.mark(Mark.KEPT)
    asked.mark(Mark.SKIPPED)
    assert (asked.digit, asked.kept) == (None, 1)
    assert asked.back() == 1
    assert (asked.digit, asked.states()) == (5, (Mark.KEPT, Mark.OPEN))
    assert asked.back() == 0
    assert (asked.digit, asked.kept) == (3, 0)
