"""What takes the place of the network in use without asking, and what does not."""

import pytest
import torch

from engine.settings import TrainingSettings
from engine.training.replacement import Verdict, chance_of, judge, smaller_rate


@pytest.mark.parametrize(
    ("accuracy", "former", "verdict"),
    [
        (0.976, 0.99, Verdict.USABLE),  # the usual training beside the shipped network
        (0.92, 0.992, Verdict.USABLE),  # logistic regression, which one trains to learn from
        (0.99, 0.92, Verdict.USABLE),
        (0.5, None, Verdict.USABLE),
        (0.11, None, Verdict.LEARNED_NOTHING),
        (0.1124, 0.99, Verdict.LEARNED_NOTHING),
        (0.098, 0.098, Verdict.LEARNED_NOTHING),
        (0.0, None, Verdict.LEARNED_NOTHING),
        (0.8, 0.99, Verdict.CLEARLY_WORSE),
        (0.2, 0.99, Verdict.CLEARLY_WORSE),
        (0.2, 0.25, Verdict.USABLE),
        (None, 0.99, Verdict.USABLE),
    ],
)
def test_only_a_mishap_is_held_back(accuracy, former, verdict):
    judgement = judge(accuracy, former, chance=0.112, digits=5000)
    assert judgement.verdict is verdict
    assert judgement.may_replace == (verdict is Verdict.USABLE)
    assert bool(judgement.reason) == (verdict is not Verdict.USABLE)


@pytest.mark.parametrize("accuracy", [0.1, 0.97, 1.0, None])
def test_an_unfinished_network_never_replaces_one(accuracy):
    assert judge(accuracy, 0.5, is_interrupted=True).verdict is Verdict.UNFINISHED


def test_a_small_set_leaves_more_to_luck():
    assert judge(0.3, digits=10).verdict is Verdict.LEARNED_NOTHING
    assert judge(0.3, digits=1000).verdict is Verdict.USABLE


def test_chance_is_what_one_answer_to_all_comes_to():
    assert chance_of(torch.tensor([1, 1, 1, 0, 9, 9])) == 0.5


def test_the_reason_has_the_figures():
    assert judge(0.112, 0.99, 0.11).reason == (
        "learned nothing: 11.2 % right on the validation set (11 % is chance)"
    )
    assert "80.0 %" in judge(0.8, 0.99).reason
    assert "99.0 %" in judge(0.8, 0.99).reason
    assert judge(None, is_interrupted=True).reason == "is unfinished"


@pytest.mark.parametrize(
    ("optimiser", "rate", "smaller"),
    [("sgd", 5, 0.05), ("sgd", 0.05, 0.005), ("adam", 10, 0.002), ("adam", 1e-3, 1e-4)],
)
def test_the_rate_to_try_next(optimiser, rate, smaller):
    tried = smaller_rate(TrainingSettings(optimiser=optimiser, learning_rate=rate))
    assert tried == pytest.approx(smaller)
    TrainingSettings(optimiser=optimiser, learning_rate=tried).check()
