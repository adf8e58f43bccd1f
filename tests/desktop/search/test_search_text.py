"""What is said of plans, searches and trials."""

import importlib.util
import shlex

import pytest

from desktop.search import search_text
from desktop.search.pace import Pace
from engine.cli.options import make_parser
from engine.errors import SettingsError
from engine.search.events import SearchEnded
from engine.settings import TrainingSettings
from engine.training.run_states import FAILED, STOPPED
from tests.desktop.search.some_search import completed, plan_of, record_of, trials_of

TWO = {"learning_rate": "0.1 0.2", "hidden": "10; 20; none"}


@pytest.mark.parametrize(
    ("written", "more", "trials"),
    [
        (TWO, {}, 6),
        ({**TWO, "seed": "1..4"}, {}, 24),
        ({**TWO, "seed": "1..4"}, {"trials": 10}, 8),
        ({"learning_rate": "0.1..0.5"}, {}, 5),
        ({"learning_rate": "0.1..0.5"}, {"sampler": "random"}, 50),
        (TWO, {"sampler": "random", "trials": 100}, 6),
        ({"learning_rate": "0.1..0.5"}, {"sampler": "tpe", "trials": 7}, 7),
    ],
)
def test_trainings_are_counted_as_the_engine_does(written, more, trials):
    plan = plan_of(written, **more)
    assert search_text.count_trials(plan) == trials == len(trials_of(plan))


def test_a_grid_of_ten_million_is_said_with_its_number():
    plan = plan_of({"learning_rate": "0.1..0.5 in 10000", "momentum": "0..0.9 in 1000"})
    with pytest.raises(SettingsError, match="10,000,000"):
        search_text.count_trials(plan)


def test_without_optuna_the_pip_command_is_said(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="pip install optuna") as caught:
        search_text.count_trials(plan_of(TWO, sampler="tpe"))
    assert caught.value.field == "sampler"


def test_a_plan_says_how_long_only_where_that_is_known():
    plan = plan_of({**TWO, "seed": "1 2"})
    unknown = search_text.plan_words(plan, 12, "MNIST", None)
    assert unknown.startswith("12 trainings on MNIST (6 points, 2 seeds each). How long")
    assert "about 2 minutes here" in search_text.plan_words(plan, 12, "MNIST", 110)
    assert search_text.plan_words(plan_of({}), 1, "MNIST", 4).startswith("1 training on MNIST, about 5 sec")


def test_the_pace_of_one_search_tells_of_another_with_the_same_data():
    pace, plan = Pace(), plan_of({"learning_rate": "0.1 0.2", "epochs": "2"})
    pace.note(record_of(plan, [0.5, 0.6], is_over=False), 1)
    assert pace.seconds(plan, 2, "handwriting", 1) == pytest.approx(10.0)
    twice = plan_of({"learning_rate": "0.1 0.2", "epochs": "4"})
    assert pace.seconds(twice, 2, "handwriting", 1) == pytest.approx(20.0)
    assert pace.seconds(plan, 2, "mnist", 1) is None
    assert pace.seconds(plan, 2, "handwriting", 2) is None


def test_a_trial_is_told_with_what_varies_and_how_it_ended():
    plan = plan_of({**TWO, "seed": "1 2", "epochs": "5"})
    record, trial = record_of(plan, [0.9]), trials_of(plan)[0]
    said = search_text.trial_words(record.trials[1], record)
    assert said == "Trial 1: learning rate 0.1, hidden layers 10, seed 1. Validation 90.00 %, loss 0.1000."
    early = search_text.trial_words(completed(plan, trial, 0.5, STOPPED), record)
    assert "stopped early after 2 of 5 epochs" in early
    failed = search_text.trial_words(completed(plan, trial, None, FAILED, message="It diverged."), record)
    assert failed.endswith("seed 1. It diverged.")


def test_the_end_says_best_spread_and_what_to_do():
    plan = plan_of({**TWO, "seed": "1 2"})
    record = record_of(plan, [0.9, 0.92])
    ended = SearchEnded("finished", (), record.best, None, 0.91, 0.014)
    assert "91.00 % ± 1.40 % over 2 seeds" in search_text.end_words(ended, record)
    assert "Go on" in search_text.end_words(SearchEnded(STOPPED, ()), record)
    assert "smaller learning rates" in search_text.end_words(SearchEnded("finished", ()), record)


def test_a_set_of_the_user_s_own_is_said_by_its_name_and_commanded_by_its_path(tmp_path):
    path = tmp_path / "my letters.csv"
    path.write_text("")
    assert search_text.data_words(str(path), {str(path): "letters"}) == "“letters”"
    assert search_text.data_words("handwriting", {}) == "the built-in handwriting"
    command = search_text.command_line(TrainingSettings(), str(path))
    chosen = make_parser().parse_args(shlex.split(command)[3:])
    assert chosen.data == [str(path)]


def test_the_command_line_trains_with_the_same_settings():
    settings = TrainingSettings((100, 50), epochs=3, learning_rate=0.2, warps=True, seed=7, weight_decay=1e-4)
    command = search_text.command_line(settings, "handwriting")
    assert command.startswith("python -m engine train --data handwriting")
    chosen = make_parser().parse_args(shlex.split(command)[3:])
    assert (chosen.hidden, chosen.epochs, chosen.learning_rate) == ("100 50", 3, 0.2)
    assert (chosen.warps, chosen.seed, chosen.weight_decay) == (True, 7, 1e-4)
