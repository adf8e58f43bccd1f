"""The curves of a run: smoothing, thinning, ends and ticks. No window is needed."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.training.plot.loss_curves import (
    RunCurves,
    epoch_ticks,
    log_limits,
    log_ticks,
    loss_ceiling,
    loss_ticks,
    round_stride,
)
from engine.training.epoch_figures import EpochFigures


def test_smoothing_is_an_exponential_mean_freed_of_its_start():
    run = RunCurves("a", total_steps=240, epochs=1)
    assert run.memory == 5  # the least; 240 / 60 would be 4
    run.add(0, [2.0, 1.0, 4.0])
    weights = [0.2 * 0.8**2, 0.2 * 0.8, 0.2]
    by_hand = sum(w * x for w, x in zip(weights, [2.0, 1.0, 4.0], strict=True)) / sum(weights)
    assert run.smoothed == pytest.approx(by_hand)
    assert run.bold[0] == [0, 1, 2]
    assert run.bold[1][0] == pytest.approx(2.0)
    assert run.bold[1][1] == pytest.approx((0.16 * 2.0 + 0.2 * 1.0) / 0.36)
    assert run.bold[1][2] == pytest.approx(by_hand)


def test_a_steady_loss_is_smoothed_to_itself():
    run = RunCurves("a", total_steps=6000, epochs=2)
    assert run.memory == 100
    run.add(0, [0.7] * 300)
    assert run.bold[1] == pytest.approx([0.7] * len(run.bold[1]))


def test_lists_may_come_in_any_lengths():
    losses = [2.0 / (1 + step) for step in range(50)]
    whole, pieces = RunCurves("a", 50, 1), RunCurves("a", 50, 1)
    whole.add(0, losses)
    for first in range(0, 50, 7):
        pieces.add(first, losses[first : first + 7])
    assert pieces.faint == whole.faint
    assert pieces.bold == whole.bold
    assert pieces.steps == 50


@given(total=st.integers(1, 60_000))
def test_curves_have_few_points_and_faint_ones_are_losses_as_they_were(total):
    run = RunCurves("a", total, 1)
    run.add(0, [float(step) for step in range(total)])
    run.finish()
    assert 1 <= len(run.bold[0]) <= 301
    assert len(run.faint[0]) <= 1000
    assert run.faint[1] == [float(step) for step in run.faint[0]]
    assert run.bold[0][-1] == total - 1


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_losses_that_are_not_finite_are_passed_over(bad):
    run = RunCurves("a", 10, 1)
    run.add(0, [bad, 2.0, bad, 1.0])
    assert run.faint == ([1, 3], [2.0, 1.0])
    assert math.isfinite(run.smoothed)
    assert run.steps == 4


def test_a_run_without_one_finite_loss_has_no_curve_and_a_common_axis():
    run = RunCurves("a", 10, 1)
    run.add(0, [math.nan] * 4)
    run.finish()
    assert run.bold == ([], [])
    assert run.ceiling == 2.5
    low, high = log_limits([run])
    assert low < high


def test_a_run_stopped_early_ends_where_it_ended_and_its_epochs_keep_their_places():
    run = RunCurves("a", total_steps=1000, epochs=5)
    run.add(0, [1.0] * 430)
    run.finish()
    assert run.total_steps == 430
    assert run.bold[0][-1] == 429
    assert epoch_ticks([run], most=6) == ("epoch", [(200, "1"), (400, "2")])


def test_a_run_stopped_before_its_first_step_keeps_its_length():
    run = RunCurves("a", total_steps=1000, epochs=5)
    run.finish()
    assert run.total_steps == 1000


@pytest.mark.parametrize(
    ("smoothed", "top"),
    [(math.nan, 2.5), (2.3, 2.5), (2.46, 5.0), (7.0, 10.0), (0.37, 2.5), (0.36, 1.2), (0.1, 0.6), (40, 100)],
)
def test_ceiling_of_a_loss(smoothed, top):
    assert loss_ceiling(smoothed) == top


def test_a_loss_that_wavers_about_a_limit_does_not_move_the_axis_to_and_fro():
    run = RunCurves("a", 100_000, 1)
    ceilings = []
    for step in range(0, 8000, 400):
        run.add(step, [0.30 if step % 800 else 0.42] * 400)
        ceilings.append(run.ceiling)
    # It changes once, down; then it stays.
    assert ceilings == sorted(ceilings, reverse=True)
    assert ceilings[-1] == 1.2


def test_an_axis_follows_a_loss_that_grows():
    run = RunCurves("a", 1000, 1)
    run.add(0, [0.2] * 200)
    assert run.ceiling == 1.2
    run.add(200, [3.0] * 200)
    assert run.ceiling == 5.0


def test_an_axis_has_room_for_the_validation_loss():
    run = RunCurves("a", 1000, 1)
    run.add(0, [0.05] * 500)
    assert run.ceiling == 0.6
    run.add_figures(EpochFigures(1, 500, 0.05, 0.99, 0.9, 0.9))
    assert run.ceiling == 1.2
    run.add_figures(EpochFigures(1, 600, 0.05, 0.99, 0.1, 0.9))
    assert run.ceiling == 0.6


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_an_epoch_whose_figures_are_not_finite_is_passed_over(bad):
    run = RunCurves("a", 1000, 1)
    run.add_figures(EpochFigures(1, 500, 0.05, 0.99, bad, 0.9))
    run.add_figures(EpochFigures(1, 600, bad, 0.99, 0.1, 0.9))
    assert run.figures == []
    run.add_figures(EpochFigures(1, 700, 0.05, 0.99, 0.1, 0.9))
    assert [figures.step for figures in run.figures] == [700]


def test_ticks_of_the_loss():
    assert [name for _, name in loss_ticks(1.2)] == ["0.0", "0.4", "0.8", "1.2"]
    assert [name for _, name in loss_ticks(2.5)] == ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]
    assert [name for _, name in loss_ticks(10.0)] == ["0", "2", "4", "6", "8", "10"]
    assert [place for place, _ in loss_ticks(0.6)] == pytest.approx([0, 0.2, 0.4, 0.6])
    assert [name for _, name in loss_ticks(1e21)] == ["0", "2e20", "4e20", "6e20", "8e20", "1e21"]


def test_log_ticks_are_round_and_do_not_crowd():
    assert [name for _, name in log_ticks(-1.0, math.log10(3))] == ["0.1", "0.2", "0.5", "1", "2"]
    assert [name for _, name in log_ticks(-4.0, 0.5)] == ["0.0001", "0.001", "0.01", "0.1", "1"]


@given(low=st.floats(-6, -0.5), high=st.floats(0.4, 3))
def test_log_ticks_lie_on_the_axis_where_their_names_say(low, high):
    ticks = log_ticks(low, high)
    assert 1 <= len(ticks) <= 10
    for place, name in ticks:
        assert low <= place <= high
        assert 10**place == pytest.approx(float(name.replace("−", "-")))


@pytest.mark.parametrize("high", [6, 12, 20, 30, 38])
def test_log_ticks_of_a_training_that_diverged_are_powers_of_ten_that_do_not_crowd(high):
    ticks = log_ticks(-6.0, float(high))
    assert 3 <= len(ticks) <= 6
    places = [place for place, _ in ticks]
    assert 0.0 in places
    assert len({later - earlier for earlier, later in pairwise(places)}) == 1
    assert max(len(name) for _, name in ticks) <= 5


def test_log_limits_take_in_the_curves_and_bear_zero():
    run = RunCurves("a", 100, 1)
    run.add(0, [1.0] * 20 + [0.02] * 80)
    low, high = log_limits([run])
    assert low <= math.log10(min(run.bold[1])) < low + 0.5
    assert high == pytest.approx(math.log10(3))
    run.add_figures(EpochFigures(1, 100, 0.02, 1.0, 0.0, 1.0))
    assert log_limits([run])[0] == -6


def test_runs_of_unequal_epochs_share_an_axis_of_steps():
    a, b = RunCurves("a", 400, 4), RunCurves("b", 400, 2)
    assert epoch_ticks([a], most=6)[0] == "epoch"
    assert epoch_ticks([a, b], most=6) == ("step", [(100, "100"), (200, "200"), (300, "300"), (400, "400")])
    longer = RunCurves("c", 600, 6)
    assert [name for _, name in epoch_ticks([longer, a], most=6)[1]] == ["1", "2", "3", "4", "5", "6"]


def test_a_run_stopped_in_its_first_epoch_has_ticks_of_steps():
    run = RunCurves("a", 3000, 3)
    run.add(0, [1.0] * 450)
    run.finish()
    assert epoch_ticks([run], most=5) == ("step", [(step, str(step)) for step in (100, 200, 300, 400)])


@given(total=st.integers(1, 10**7), most=st.integers(2, 20))
def test_strides_are_round_and_the_least_that_fit(total, most):
    stride = round_stride(total, most)
    assert str(stride).rstrip("0") in ("1", "2", "5")
    assert total / stride <= most
    assert stride == 1 or total / (stride / 2.5) > most
