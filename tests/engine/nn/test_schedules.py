"""Schedules, with torch's own one-cycle policy as the judge."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.schedules import SCHEDULES, constant, one_cycle

shares = st.floats(0, 1, allow_nan=False)


@given(shares)
def test_constant_is_always_one(progress: float) -> None:
    assert constant(progress) == 1


@given(shares)
def test_every_factor_is_above_zero_and_at_most_one(progress: float) -> None:
    for schedule in SCHEDULES.values():
        assert 0 < schedule(progress) <= 1


def test_one_cycle_starts_low_peaks_after_a_quarter_and_ends_near_nothing() -> None:
    assert one_cycle(0.0) == pytest.approx(1 / 25)
    assert one_cycle(0.25) == pytest.approx(1)
    assert one_cycle(1.0) == pytest.approx(1e-4)


@given(shares, shares)
def test_one_cycle_rises_up_to_its_peak_and_falls_after_it(one: float, other: float) -> None:
    earlier, later = sorted((one, other))
    if later <= 0.25:
        assert one_cycle(earlier) <= one_cycle(later)
    if earlier >= 0.25:
        assert one_cycle(earlier) >= one_cycle(later)


@given(shares)
def test_one_cycle_never_jumps(progress: float) -> None:
    step = 1e-6
    assert abs(one_cycle(progress) - one_cycle(min(1.0, progress + step))) < 10 * step


def test_one_cycle_equals_torch_s() -> None:
    steps = 41  # a whole number of steps up to the peak
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0, momentum=0.9)
    judge = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=1.0,
        total_steps=steps,
        pct_start=(0.25 * (steps - 1) + 1) / steps,  # torch counts its peak one step early
        div_factor=25,
        final_div_factor=400,
    )
    for step in range(steps):
        assert one_cycle(step / (steps - 1)) == pytest.approx(judge.get_last_lr()[0], rel=1e-9)
        optimiser.step()
        if step < steps - 1:
            judge.step()
