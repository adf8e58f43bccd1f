"""Importance: the setting that decides comes first."""

import sys

import pytest

from engine.errors import SettingsError
from engine.search.events import TrialCompleted
from engine.search.importance import FEWEST_TRIALS, importances
from engine.search.samplers import make_sampler
from engine.search.space_text import parse_space
from engine.search.trial import Trial
from engine.store.run import FAILED, FINISHED
from engine.training.epoch_figures import EpochFigures

SPACE = parse_space({"learning_rate": "0.001..0.5", "hidden": "8; 16; 8 8", "epochs": "1"})


def trials(count, score=lambda point: -abs(point["learning_rate"] - 0.05)):
    sampler = make_sampler("random", SPACE, count)
    found = []
    for proposal in iter(sampler.ask, None):
        settings = SPACE.settings(proposal.point, 1)
        trial = Trial(proposal.number + 1, proposal.number, settings)
        figures = (EpochFigures(1, 1, 1.0, 0.5, 1.0, 0.5),)
        state = FAILED if score is None else FINISHED
        points = None if score is None else score(proposal.point)
        found.append(TrialCompleted(trial, proposal.point, state, points, figures, 1.0, 1))
    return found


def test_the_setting_that_decides_is_the_most_important():
    pytest.importorskip("optuna")
    found = importances(SPACE, trials(40))
    assert list(found) == ["learning_rate", "hidden"]
    assert sum(found.values()) == pytest.approx(1)
    assert found["learning_rate"] > 0.7


@pytest.mark.parametrize(
    "few", [trials(FEWEST_TRIALS - 1), trials(20, lambda point: 0.5), trials(20, None)], ids=len
)
def test_nothing_is_said_where_there_is_nothing_to_say(few):
    pytest.importorskip("optuna")
    assert importances(SPACE, few) == {}


def test_without_optuna_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(SettingsError, match="pip install"):
        importances(SPACE, [])
