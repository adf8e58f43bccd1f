"""Loss series and their axis: bounded however long it takes, calm, and true at the ends."""

import math

import numpy as np
import pytest

from desktop.boundaries.pictures.loss_series import MOST_POINTS, LossSeries, loss_top, round_ticks


def series_of(*losses):
    made = LossSeries()
    for epochs, (training, test) in enumerate(losses):
        made.add(float(epochs), training, test)
    return made


def falling(count, test_more=0.1):
    return series_of(*[(1 / (1 + step), test_more + 1 / (1 + step)) for step in range(count)])


@pytest.mark.parametrize("count", [1, 2, MOST_POINTS, MOST_POINTS + 1, 2 * MOST_POINTS + 2, 20_001])
def test_first_and_newest_are_shown_and_few_between(count):
    epochs, training, _ = falling(count).values()
    assert epochs[0] == 0
    assert epochs[-1] == count - 1
    assert training[-1] == pytest.approx(1 / count)
    assert min(count, MOST_POINTS // 2) <= len(epochs) <= MOST_POINTS + 1
    gaps = np.diff(epochs)[:-1]
    assert len(gaps) == 0 or gaps.min() == gaps.max()


def test_losses_that_are_no_numbers_are_passed_over():
    made = series_of((0.5, 0.6), (math.nan, 0.5), (math.inf, 0.5))
    assert len(made) == 1


def test_without_test_points_the_test_loss_is_no_number():
    assert math.isnan(series_of((0.5, math.nan)).newest[2])


def test_what_came_after_goes_when_a_model_goes_back():
    made = falling(2000)
    made.add(100.0, 0.25, 0.5)
    epochs, training, _ = made.values()
    assert epochs[-1] == 100.0
    assert training[-1] == 0.25
    assert (np.diff(epochs) > 0).all()
    made.add(101.0, 0.2, 0.5)
    assert made.newest == (101.0, 0.2, 0.5)


def test_the_axis_reaches_above_all_losses():
    assert loss_top([falling(20)]) >= 1.1
    assert loss_top([series_of((0.01, 0.02)), series_of((0.3, 0.4))]) >= 0.4
    assert loss_top([]) == 1.0


def test_a_first_loss_that_was_far_higher_is_cut_off():
    assert loss_top([series_of((90.0, 95.0), *[(0.1, 0.2)] * 10)]) < 10


def test_the_axis_stays_calm_while_a_loss_wavers():
    assert loss_top([series_of((0.7, 0.74))], former=1.2) == 1.2
    assert loss_top([series_of((0.1, 0.1))], former=1.2) < 0.5
    assert loss_top([series_of((1.3, 1.3))], former=1.2) > 1.2


@pytest.mark.parametrize("last", [0.03, 0.6, 1.0, 1.2, 10.0, 37.2, 4e6])
@pytest.mark.parametrize("most", [2, 5, 8])
def test_ticks_are_few_and_inside(last, most):
    ticks = round_ticks(last, most)
    assert ticks[0] == (0, "0")
    assert 2 <= len(ticks) <= most + 1
    assert all(value <= last * (1 + 1e-9) for value, _ in ticks)
    assert len({text for _, text in ticks}) == len(ticks)
