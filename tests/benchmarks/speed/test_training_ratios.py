"""Ratios of training, from made-up seconds."""

import pytest

from tests.benchmarks.speed.contestants import AUTOMATIC, FLOOR, JAX, LEVEL_5, OURS
from tests.benchmarks.speed.disturbance import Quietest, Run
from tests.benchmarks.speed.rounds import Entry, Measured
from tests.benchmarks.speed.summary import Summary
from tests.benchmarks.speed.training_ratios import training_ratios

ENTRIES = {
    "ours": Entry(OURS, 64, AUTOMATIC),
    "ours 1": Entry(OURS, 64, 1),
    "floor 1": Entry(FLOOR, 64, 1),
    "floor 2": Entry(FLOOR, 64, 2),
    "jax": Entry(JAX, 64, 0),
    "level 5": Entry(LEVEL_5, 64, 1),
}


def ratios(quietest: Quietest | None = None, **runs: dict[int, Run]):
    """Of runs by their round."""
    quietest = quietest or Quietest()
    by_entry = {ENTRIES[name.replace("_", " ")]: found for name, found in runs.items()}
    for entry, found in by_entry.items():
        for run in found.values():
            quietest.note(entry.threads, run)
    summaries = {
        entry: Summary.of(list(found.values()), entry.threads, quietest) for entry, found in by_entry.items()
    }
    measured = Measured(summaries, by_entry, {}, 0, 3, 3)
    return {ratio.name: ratio for ratio in training_ratios(measured, quietest)}


def seconds(*figures: float) -> dict[int, Run]:
    """One for each round, on a quiet machine."""
    return {number: Run(figure, 1.0, 0.0) for number, figure in enumerate(figures)}


def test_each_round_is_compared_with_itself():
    # The machine became twice as slow in the last round, which no ratio shows.
    found = ratios(ours=seconds(0.3, 0.4, 0.6), jax=seconds(0.2, 0.2, 0.4))["ours over JAX, batch 64"]
    assert (found.least, found.median, found.greatest) == pytest.approx((1.5, 1.5, 2.0))
    assert found.rounds == 3
    assert found.is_lower_better


def test_others_count_with_the_threads_that_are_fastest_and_ours_with_its_own_choice():
    found = ratios(ours=seconds(0.4), ours_1=seconds(0.2), floor_1=seconds(0.4), floor_2=seconds(0.1))
    assert found["ours over bare products, batch 64"].median == pytest.approx(4.0)
    assert found["ours over ours with one thread, batch 64"].median == pytest.approx(2.0)


def test_what_level_7_gains_is_the_better_the_more_it_is():
    found = ratios(ours=seconds(0.2), level_5=seconds(0.5))["level 5 over ours, batch 64"]
    assert found.median == pytest.approx(2.5)
    assert not found.is_lower_better


def test_disturbed_rounds_are_left_out_as_long_as_half_are_quiet():
    disturbed = {1: Run(9.0, 1.0, 0.5)}
    found = ratios(ours={**seconds(0.4, 0.4, 0.4), **disturbed}, jax=seconds(0.2, 0.2, 0.2))
    ratio = found["ours over JAX, batch 64"]
    assert (ratio.median, ratio.rounds, ratio.is_disturbed) == (pytest.approx(2.0), 2, False)


def test_where_most_are_disturbed_the_quieter_half_is_kept_and_marked():
    runs = {0: Run(0.4, 1.0, 0.3), 1: Run(0.6, 1.0, 0.4), 2: Run(9.0, 1.0, 0.9)}
    ratio = ratios(ours=runs, jax=seconds(0.2, 0.2, 0.2))["ours over JAX, batch 64"]
    assert (ratio.median, ratio.rounds, ratio.is_disturbed) == (pytest.approx(2.5), 2, True)


def test_only_rounds_that_have_both_count():
    found = ratios(ours={0: Run(0.4, 1.0, 0.0)}, jax={1: Run(0.2, 1.0, 0.0)}, floor_1=seconds(0.1, 0.1))
    assert "ours over JAX, batch 64" not in found
    assert found["ours over bare products, batch 64"].rounds == 1


def test_what_was_not_measured_has_no_ratio():
    assert ratios(ours=seconds(0.4)) == {}
