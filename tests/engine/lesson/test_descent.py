"""Descent with one parameter: slopes, steps, verdicts, and what it refuses."""

import math
from itertools import islice

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.lesson.descent import (
    CURVES,
    LARGEST_RATE,
    DescentStep,
    Verdict,
    check_rate,
    judge,
    take_step,
)


def descend(curve, start, rate):
    """Steps, each from where the last one ended, until they have lost the curve."""
    parameter = start
    while True:
        step = take_step(curve, parameter, rate)
        yield step
        parameter = step.next_parameter
        if curve.has_lost(parameter):
            return


curves = pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)


def verdicts(curve, start: float, rate: float, most: int = 400) -> list[Verdict]:
    steps: list[DescentStep] = []
    found = []
    for step in islice(descend(curve, start, rate), most):
        steps.append(step)
        found.append(judge(curve, steps))
    return found


@curves
def test_the_gradient_is_the_slope(curve):
    for share in (0.05, 0.3, 0.5, 0.77):
        place = curve.low + share * curve.width
        below, above = curve.losses([place - 1e-6, place + 1e-6])
        loss, gradient = curve.loss_and_gradient(place)
        assert gradient == pytest.approx((above - below) / 2e-6, rel=1e-4, abs=1e-6)
        assert loss == pytest.approx(curve.losses([place])[0])
        assert loss >= 0


def test_the_bowl_is_the_mean_squared_error_of_one_weight():
    x, y = torch.tensor([-1.5, -0.5, 0.5, 1.5]), torch.tensor([-2.6, -1.3, 0.5, 3.4])
    assert CURVES[0].losses([1.2])[0] == pytest.approx(float(((1.2 * x - y) ** 2).mean()))


@curves
def test_steps_are_those_of_plain_sgd(curve):
    weight = torch.tensor(curve.start, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([weight], lr=curve.rates[1])
    for step in islice(descend(curve, curve.start, curve.rates[1]), 20):
        assert step.parameter == pytest.approx(float(weight.detach()))
        optimiser.zero_grad()
        curve.formula(weight).backward()
        optimiser.step()
        assert step.next_parameter == pytest.approx(float(weight.detach()))
        assert step.step == pytest.approx(step.next_parameter - step.parameter)


@curves
def test_each_preset_does_what_it_is_called(curve):
    small, good, large = curve.rates
    assert set(verdicts(curve, curve.start, small, 40)) == {Verdict.CRAWLS}
    found = verdicts(curve, curve.start, good)
    assert Verdict.ARRIVED in found
    assert not {Verdict.CLIMBS, Verdict.DIVERGED} & set(found)
    found = verdicts(curve, curve.start, large)
    assert found[-1] is Verdict.DIVERGED
    assert found.count(Verdict.DIVERGED) == 1


def test_one_that_overshoots_may_settle():
    found = verdicts(CURVES[0], -1.8, 0.7)
    assert found[0] is Verdict.OVERSHOOTS
    assert found[-1] is Verdict.ARRIVED


def test_to_bounce_for_ever_is_no_progress():
    # The second derivative of the bowl is 2.5: at a rate of 0.8 a step ends as high as it began.
    assert set(verdicts(CURVES[0], -1.8, 0.8, 50)) == {Verdict.CLIMBS}
    # Between two places at different heights, for ever.
    assert set(verdicts(CURVES[2], 3.1, 0.5, 50)[4:]) == {Verdict.CLIMBS}


def test_the_start_decides_which_valley_is_found():
    ends = [list(islice(descend(CURVES[2], start, 0.05), 200))[-1].next_parameter for start in (-1, 1)]
    assert ends == pytest.approx([-2.1, 1.9], abs=0.05)


@given(
    st.sampled_from(CURVES),
    st.floats(0, 1),
    st.floats(0, LARGEST_RATE, exclude_min=True, allow_subnormal=True),
)
def test_nothing_ever_overflows(curve, share, rate):
    steps = []
    for step in islice(descend(curve, curve.low + share * curve.width, rate), 60):
        steps.append(step)
        values = (step.parameter, step.loss, step.gradient, step.step, step.next_parameter, step.next_loss)
        assert all(map(math.isfinite, values))
        assert judge(curve, steps) in Verdict


@pytest.mark.parametrize("rate", [0, -0.0, -0.1, 1e9, 10.001, math.nan, math.inf, -math.inf])
def test_a_rate_that_makes_no_sense_is_refused_in_a_sentence(rate):
    with pytest.raises(SettingsError, match=r"at most 10\.$") as caught:
        check_rate(rate)
    assert caught.value.field == "learning_rate"
    with pytest.raises(SettingsError):
        take_step(CURVES[0], 0.0, rate)


@pytest.mark.parametrize("start", [math.nan, math.inf, 1e6])
def test_a_start_that_makes_no_sense_is_refused(start):
    with pytest.raises(SettingsError, match="Choose a start between") as caught:
        next(descend(CURVES[0], start, 0.1))
    assert caught.value.field == "start"
