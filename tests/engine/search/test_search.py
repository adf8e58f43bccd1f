"""A search tells what it does, chooses by the validation set alone, and trains as `fit` does."""

from dataclasses import replace

import pytest
import torch

from engine.errors import SettingsError
from engine.search import search as searching
from engine.search import winner
from engine.search.best_fit import best_fit
from engine.search.choice import choose, ranked
from engine.search.events import SearchStarted, TrialCompleted, TrialProgress, TrialStarted
from engine.search.objective import score_of
from engine.search.plan import plan_from, plan_text
from engine.search.request import SearchRequest
from engine.search.search import run_search
from engine.search.space_text import parse_space
from engine.search.trial import Trial, run_trial
from engine.search.ways.way import InThisProcess
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, StepsCompleted, fit
from engine.training.run_states import FAILED, FINISHED, STOPPED
from tests.engine.search.searching import BASE, RATES, completed, ended, plan, search, search_data, tiny_data

pytestmark = pytest.mark.threaded

DIVERGING = replace(BASE, hidden=(100, 100), batch_size=8, epochs=6, momentum=0.99, schedule="constant")


def test_a_trial_is_the_same_training_as_by_itself():
    data = search_data()
    outcome = run_trial(Trial(1, 0, BASE), data)
    results = list(fit(data.training, data.validation, BASE, data.standardisation))
    epochs = [each for each in results if isinstance(each, EpochCompleted)]
    assert outcome.figures == tuple(each.figures for each in epochs)
    losses = [loss for each in results if isinstance(each, StepsCompleted) for loss in each.losses]
    assert list(outcome.losses) == pytest.approx(losses)
    for name, weights in epochs[-1].weights.items():
        assert torch.equal(torch.from_numpy(outcome.weights[name]), weights)


def test_a_grid_is_told_from_its_start_to_its_end():
    events = search()
    assert isinstance(events[0], SearchStarted)
    assert (events[0].total, events[0].done, events[0].jobs) == (4, 0, 1)
    trials = completed(events)
    assert [each.trial.settings.learning_rate for each in trials] == [0.01, 0.05, 0.1, 0.2]
    assert [each.completed for each in trials] == [1, 2, 3, 4]
    assert trials[0].values == {"learning_rate": 0.01}
    assert len([each for each in events if isinstance(each, TrialStarted)]) == 4
    assert len([each for each in events if isinstance(each, TrialProgress)]) >= 4
    end = ended(events)
    assert end.state == FINISHED
    assert [each.score for each in end.trials] == sorted((each.score for each in trials), reverse=True)
    assert end.best == end.trials[0]
    assert end.validation_accuracy == pytest.approx(end.best.score, abs=1e-6)
    assert 0 < end.test_accuracy < 1
    best = [each for each in trials if each.is_best]
    assert best[-1].trial == end.best.trial
    assert all(each.model.provenance.test_accuracy is None for each in best)


def test_the_test_set_is_read_once_by_the_winner(monkeypatch):
    measured = []

    def finish_model(data, settings, *rest):
        measured.append((data.test is not None, settings))
        return real(data, settings, *rest)

    real = winner.finish_model
    monkeypatch.setattr(winner, "finish_model", finish_model)
    end = ended(search())
    assert measured == [(True, end.best.trial.settings)]


@pytest.mark.parametrize("objective", ["accuracy", "loss"])
def test_the_best_is_chosen_by_the_validation_set(objective):
    end = ended(search(replace(RATES, objective=objective)))
    figures = [score_of(each.figures[-1], objective) for each in end.trials]
    assert end.point_score == (max(figures) if objective == "accuracy" else min(figures)) == figures[0]


def test_every_point_is_repeated_with_each_seed_and_its_spread_is_known():
    of = plan(learning_rate="0.05 0.1", seed="1 2 3")
    end = ended(search(of))
    assert sorted((each.trial.number, each.trial.settings.seed) for each in end.trials) == [
        (number, (number - 1) % 3 + 1) for number in range(1, 7)
    ]
    scores = torch.tensor(
        [each.score for each in end.trials if each.trial.point == end.best.trial.point]
    ).double()
    assert end.point_score == pytest.approx(float(scores.mean()))
    assert end.point_spread == pytest.approx(float(scores.std()))


def test_a_trial_that_diverges_is_marked_and_the_search_goes_on():
    of = plan(base=DIVERGING, learning_rate="10 0.05")
    failed, good = completed(search(of))
    assert (failed.state, failed.score) == (FAILED, None)
    assert "too high" in failed.message
    assert (good.state, good.is_best) == (FINISHED, True)


def test_side_by_side_each_trial_learns_what_it_would_alone():
    alone, together = completed(search()), completed(search(side_by_side=4))
    assert [each.trial for each in together] == [each.trial for each in alone]
    for one, other in zip(together, alone, strict=True):
        for ours, theirs in zip(one.figures, other.figures, strict=True):
            assert ours.validation_loss == pytest.approx(theirs.validation_loss, rel=1e-3)
            assert ours.step == theirs.step


def test_one_that_diverges_side_by_side_leaves_the_others_alone():
    of = plan(base=DIVERGING, learning_rate="10 0.05")
    trials = {each.trial.number: each for each in completed(search(of, side_by_side=2))}
    assert [trials[number].state for number in (1, 2)] == [FAILED, FINISHED]


def test_a_stopped_search_leaves_the_test_set_alone():
    seen = []

    def is_stopped():
        return len(seen) == 2

    for event in run_search(SearchRequest(RATES, tiny_data(), is_stopped=is_stopped)):
        if isinstance(event, TrialCompleted):
            seen.append(event)
    assert (event.state, len(event.trials)) == (STOPPED, 2)
    assert event.test_accuracy is None
    assert event.validation_accuracy == pytest.approx(event.best.score, abs=1e-6)


def test_whoever_turns_away_leaves_nothing_running():
    events = run_search(SearchRequest(RATES, tiny_data()))
    next(events)
    next(events)
    events.close()  # and no thread is left behind, which the fixtures look after


def test_hopeless_trials_are_given_up_on_the_way():
    base = replace(BASE, epochs=9)
    of = plan(base=base, learning_rate="0.1 0.0001 0.0002 0.0003", halving=True)
    first, *others = completed(search(of))
    assert first.state == FINISHED
    assert {each.state for each in others} == {STOPPED}
    assert all(len(each.figures) < 9 for each in others)
    end = ended(search(of, side_by_side=4))
    assert end.best.trial == first.trial


def test_the_winner_is_trained_again_where_its_weights_are_gone(monkeypatch):
    monkeypatch.setattr(searching, "KeptWeights", lambda objective: nothing)
    nothing = type("", (), {"takes": lambda *_: False, "get": lambda *_: None})()
    end = ended(search())
    assert end.validation_accuracy == pytest.approx(end.best.score, abs=1e-6)


class DeafWay(InThisProcess):
    """Its workers never hear that a trial is to stop."""

    def stop(self, numbers):
        pass


def test_what_was_given_up_is_what_it_was_then_however_late_the_worker_hears_of_it():
    of = plan(learning_rate="0.1 0.05 0.01 0.001", epochs="3", halving=True)
    deaf = {each.trial.number: each for each in completed(search(of, way=DeafWay()))}
    stopped = [each for each in deaf.values() if each.state == STOPPED]
    assert stopped
    steps = len(deaf[1].losses) // 3
    for each in stopped:
        assert [figures.epoch for figures in each.figures] == [1]
        assert each.score == each.figures[0].validation_accuracy
        assert len(each.losses) == steps
    heard = {each.trial.number: each.score for each in completed(search(of))}
    assert {number: each.score for number, each in deaf.items()} == heard


def test_learning_searches_come_to_an_end():
    pytest.importorskip("optuna")
    of = plan(sampler="tpe", trials=6, learning_rate="0.01..0.5", hidden="4..16", halving=True)
    first, again = ended(search(of)), ended(search(of))
    assert len(first.trials) == 6
    assert [each.score for each in first.trials] == [each.score for each in again.trials]


def test_best_fit_is_a_search_in_one_call():
    data = tiny_data()
    events = []
    space = parse_space({"learning_rate": "0.01 0.1"}, BASE)
    found = best_fit(space, data.training, data.validation, data.test, on_event=events.append)
    network, score, settings, scores = found
    assert score == max(scores) == scores[0]
    assert network.provenance.validation_accuracy == pytest.approx(score, abs=1e-6)
    assert {each.learning_rate for each in settings} == {0.01, 0.1}
    assert ended(events).test_accuracy == network.provenance.test_accuracy


@pytest.mark.parametrize(
    ("of", "field"),
    [
        (replace(RATES, sampler="best"), "sampler"),
        (replace(RATES, objective="beauty"), "objective"),
        (replace(RATES, trials=0), "trials"),
        (replace(RATES, space=replace(RATES.space, seeds=())), "seed"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_starts(of, field):
    with pytest.raises(SettingsError) as caught:
        next(run_search(SearchRequest(of, tiny_data())))
    assert caught.value.field == field


def test_a_mini_batch_too_large_for_the_digits_is_that_trial_s_fault_alone():
    trials = completed(search(plan(batch_size="100 5000")))
    assert [each.state for each in trials] == [FINISHED, FAILED]
    assert "300" in trials[1].message


def test_a_plan_comes_back_from_its_text():
    for of in (
        RATES,
        plan(
            sampler="tpe",
            trials=7,
            learning_rate="0.01..0.5 in 3",
            hidden="none; 8 8",
            warps="on off",
            seed="1..4",
        ),
        plan(hidden="8..32", halving=True, objective="loss"),
    ):
        assert plan_from(plan_text(of)) == of


def test_nothing_is_chosen_where_nothing_came_to_anything():
    assert choose([], "accuracy", 1) is None
    of = plan(base=TrainingSettings(hidden=(8,), epochs=1, batch_size=5000))
    end = ended(search(of))
    assert (end.best, end.model, end.point_score) == (None, None, None)
    assert len(ranked(end.trials, "loss")) == 1
