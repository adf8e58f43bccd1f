"""Halving: a third of those that come to a rung go on."""

import math

import pytest

from engine.search.halving import Halving


def test_the_best_third_goes_on_and_the_first_never_waits():
    halving = Halving()
    goes_on = [halving.goes_on(1, 9, score) for score in (0.5, 0.4, 0.6, 0.3, 0.55, 0.7)]
    assert goes_on == [True, False, True, False, True, True]
    assert halving.goes_on(3, 9, 0.1)  # the first at the next rung


def test_a_lower_loss_is_better():
    halving = Halving(is_higher_better=False)
    assert [halving.goes_on(1, 9, loss) for loss in (0.5, 0.6, 0.4)] == [True, False, True]


@pytest.mark.parametrize(("epoch", "epochs"), [(2, 9), (5, 9), (9, 9), (1, 1)])
def test_nothing_is_decided_between_rungs_or_at_the_end(epoch, epochs):
    halving = Halving()
    assert all(halving.goes_on(epoch, epochs, score) for score in (0.9, 0.8, 0.1))


def test_what_is_no_number_does_not_go_on():
    assert not Halving().goes_on(1, 9, math.nan)
