"""A training in quick steps comes to what one in level 7's own steps comes to."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.data.digits import Digits, Standardisation
from engine.errors import DivergedError
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, StepsCompleted, fit
from engine.training.pace import QuickPace
from engine.training.quick.choice import CHOICES

SETTINGS = TrainingSettings(hidden=(30,), epochs=2, batch_size=32, seed=4)


def made_digits(count, seed=0):
    """Ten blurred patterns that can be told apart."""
    generator = torch.Generator().manual_seed(seed)
    patterns = torch.randint(256, (10, 784), generator=torch.Generator().manual_seed(9))
    labels = torch.arange(count) % 10
    noise = torch.randint(-60, 60, (count, 784), generator=generator)
    return Digits((patterns[labels] + noise).clamp(0, 255).to(torch.uint8), labels, "patterns")


TRAINING, VALIDATION = made_digits(330), made_digits(50, seed=1)


def results(settings, are_quick, monkeypatch, interval_s=0.0, **arguments):
    taken = []
    take = QuickPace.take

    def counted(self, longest_s):
        taken.append(longest_s)
        return take(self, longest_s)

    monkeypatch.setattr(QuickPace, "take", counted)
    monkeypatch.setattr(CHOICES, "is_quicker", lambda *_about: are_quick)
    standardisation = Standardisation.of(TRAINING)
    found = list(
        fit(TRAINING, VALIDATION, settings, standardisation, report_interval_s=interval_s, **arguments)
    )
    assert bool(taken) is are_quick
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"hidden": ()},
        {"hidden": (40, 20), "activation": "elu"},
        {"activation": "leaky-relu", "momentum": 0.0, "weight_decay": 0.001},
        {"optimiser": "adam", "learning_rate": 0.001, "momentum": 0.9},
        {"warps": True},
        {"averaging": True},
        {"batch_size": 330},
        {"batch_size": 1, "epochs": 1},
        {"schedule": "one-cycle"},
    ],
)
def test_same_losses_and_weights(monkeypatch, changes):
    settings = replace(SETTINGS, **changes)
    expected, found = (results(settings, quick, monkeypatch) for quick in (False, True))
    assert [type(each) for each in found] == [type(each) for each in expected]
    for own, other in zip(found, expected, strict=True):
        if isinstance(own, StepsCompleted):
            assert (own.first_step, own.examples) == (other.first_step, other.examples)
            assert np.allclose(own.losses, other.losses, rtol=1e-3, atol=1e-5)
        else:
            assert own.training_accuracy == pytest.approx(other.training_accuracy, abs=0.004)
            assert own.training_loss == pytest.approx(other.training_loss, rel=1e-3, abs=1e-5)
        for name, weights in other.weights.items():
            assert torch.allclose(own.weights[name], weights, rtol=0, atol=1e-4), name


@pytest.mark.parametrize("batch", [32, 33])  # the last mini-batch is shorter, or not
@pytest.mark.parametrize("interval_s", [0.0, 1e9])
def test_the_same_twice_however_often_it_reports(monkeypatch, interval_s, batch):
    settings = replace(SETTINGS, batch_size=batch)
    first = results(settings, True, monkeypatch)[-1]
    again = results(settings, True, monkeypatch, interval_s)[-1]
    assert first.training_loss == pytest.approx(again.training_loss)
    for name, weights in first.weights.items():
        assert torch.equal(weights, again.weights[name])


def test_it_goes_on_from_weights(monkeypatch):
    learned = results(SETTINGS, True, monkeypatch)[-1].weights
    further = results(SETTINGS, True, monkeypatch, start=learned)
    assert further[0].losses[0] < 0.2
    assert not torch.equal(further[-1].weights["0.weights"], learned["0.weights"])


def test_it_ends_when_it_is_told_to(monkeypatch):
    found = results(SETTINGS, True, monkeypatch, is_stopped=lambda: True)
    assert [type(each) for each in found] == [StepsCompleted, EpochCompleted]
    assert found[-1].step == 1


def test_a_rate_far_too_high_is_said(monkeypatch):
    with pytest.raises(DivergedError, match="learning rate"):
        results(replace(SETTINGS, learning_rate=10.0, weight_decay=1.0, epochs=20), True, monkeypatch)
