"""What is known of a search follows from its events."""

import pytest

from desktop.search.pace import Pace
from desktop.search.search_record import UNDER_WAY, SearchRecord
from tests.desktop.search.some_search import (
    begun,
    completed,
    plan_of,
    progress,
    record_of,
    started,
    trials_of,
)

RATES = {"learning_rate": "0.1 0.2 0.4", "epochs": "4", "seed": "1 2"}


def test_share_pace_and_time_left_count_parts_of_trials():
    plan = plan_of(RATES)
    record, trials = SearchRecord(plan), trials_of(plan)
    assert (record.share, record.per_minute, record.seconds_left) == (0.0, None, None)
    record.take([started(plan), begun(plan, trials[0]), begun(plan, trials[1])], 100.0)
    record.take([progress(trials[0], 0.5, 2), completed(plan, trials[1], 0.7)], 130.0)
    assert record.share == pytest.approx(1.5 / 6)
    assert record.per_minute == pytest.approx(3.0)
    assert record.seconds_left == pytest.approx(90.0)
    assert [each.state for each in record.ranked()] == ["finished", UNDER_WAY]
    assert record.trial(1).score == 0.5
    assert record.scored() == [record.trials[2]]


def test_what_an_earlier_run_has_done_is_not_counted_for_the_pace():
    plan = plan_of(RATES)
    record, trials = SearchRecord(plan), trials_of(plan)
    known = [completed(plan, trial, 0.5, is_known=True) for trial in trials[:3]]
    record.take([started(plan, done=3), *known], 0.0)
    assert record.per_minute is None
    assert record.share == 0.5
    record.take([completed(plan, trials[3], 0.6)], 60.0)
    assert record.per_minute == pytest.approx(1.0)


def test_only_the_network_of_the_best_is_kept():
    plan = plan_of(RATES)
    record, (first, second, third, *_) = SearchRecord(plan), trials_of(plan)
    one, other = object(), object()
    record.take([started(plan), completed(plan, first, 0.5, model=one)], 0.0)
    assert record.best_model is one
    record.take([completed(plan, second, 0.9, model=other), completed(plan, third, 0.3)], 1.0)
    assert record.best.trial.number == 2
    assert record.best_model is other
    assert all(each.model is None for each in record.trials.values())


def test_the_best_so_far_never_gets_worse_whatever_is_chosen_by():
    scores = [0.5, 0.9, 0.7, 0.95, 0.1, 0.2]
    assert record_of(plan_of(RATES), scores).best_so_far() == [0.5, 0.9, 0.9, 0.95, 0.95, 0.95]
    by_loss = plan_of(RATES, objective="loss")
    assert record_of(by_loss, scores).best_so_far() == [0.5, 0.5, 0.5, 0.5, 0.1, 0.1]


def test_seeds_of_a_point_are_put_together_with_their_spread():
    points = record_of(plan_of(RATES), [0.5, 0.7, None, 0.8, None, None]).points()
    assert [each.values["learning_rate"] for each in points] == [0.1, 0.2]
    assert points[0].mean == pytest.approx(0.6)
    assert points[0].spread == pytest.approx(0.1414, abs=1e-4)
    assert points[0].trials == (2, 1)
    assert points[1].spread is None


def test_a_trial_whose_worker_was_lost_begins_anew():
    plan = plan_of(RATES)
    record, trials = SearchRecord(plan), trials_of(plan)
    record.take([started(plan), begun(plan, trials[0]), progress(trials[0], 0.5, 2)], 0.0)
    record.take([begun(plan, trials[0])], 1.0)
    assert record.share == 0.0
    record.take([progress(trials[0], 0.6, 1)], 2.0)
    assert [each.epoch for each in record.trial(1).figures] == [1]


def test_the_pace_is_known_even_of_a_search_that_was_over_at_the_first_look():
    plan = plan_of({"hidden": "4; 5", "epochs": "2"})
    record = SearchRecord(plan, "handwriting")
    trials = trials_of(plan)
    record.take([started(plan), *(completed(plan, trial, 0.5) for trial in trials)], 0.0)
    pace = Pace()
    pace.note(record, jobs=2)
    assert pace.seconds(plan, len(trials), "handwriting", 2) == pytest.approx(1.0)
