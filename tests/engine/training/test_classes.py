"""Training with other classes than ten digits comes to the same on every level, alone and side by side."""

from dataclasses import replace

import pytest
import torch

from engine.data.classes import Classes
from engine.data.digits import Digits, Standardisation
from engine.data.sources import TrainingData
from engine.evaluation.predictions import predictions_of
from engine.levels.levels import LEVELS
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.many.fit import fit_many
from engine.training.many.variants import Variant
from engine.training.quick.choice import CHOICES
from engine.training.run import RunOutcome, RunRequest, run_training
from engine.training.stretches.way import StretchWay
from tests.engine.training.stretches.call_again import CallAgain

SETTINGS = TrainingSettings(hidden=(12,), epochs=2, batch_size=16, seed=1)


def made_signs(names, count=200, seed=0):
    """A pattern for each class."""
    classes = Classes(tuple(names))
    patterns = torch.randint(256, (len(classes), 784), generator=torch.Generator().manual_seed(9))
    labels = torch.arange(count) % len(classes)
    noise = torch.randint(-60, 60, (count, 784), generator=torch.Generator().manual_seed(seed))
    images = (patterns[labels] + noise).clamp(0, 255).to(torch.uint8)
    return Digits(images, labels, "signs", classes)


def last_epoch(signs, settings, **arguments):
    results = fit(signs, signs, settings, Standardisation.of(signs), **arguments)
    return [each for each in results if isinstance(each, EpochCompleted)][-1]


@pytest.mark.parametrize("names", ["ab", "abcdefghijklmnopqrstuvwxyz"])
def test_every_level_learns_the_same(names, monkeypatch):
    signs = made_signs(names)
    monkeypatch.setattr(CHOICES, "is_quicker", lambda *_about: False)
    expected = last_epoch(signs, replace(SETTINGS, level=1))
    assert expected.validation_accuracy > 0.5
    ways = [(replace(SETTINGS, level=level), {}) for level in LEVELS if level != 1]
    ways += [
        (replace(SETTINGS, level=level), {"way": StretchWay(CallAgain(), is_fused=False)})
        for level in (5, 6, 7)
    ]
    found = [last_epoch(signs, settings, **arguments) for settings, arguments in ways]
    monkeypatch.setattr(CHOICES, "is_quicker", lambda *_about: True)
    found.append(last_epoch(signs, replace(SETTINGS, level=7)))
    for each in found:
        assert each.training_loss == pytest.approx(expected.training_loss, rel=1e-3)
        for name, weights in expected.weights.items():
            torch.testing.assert_close(each.weights[name], weights, rtol=1e-3, atol=1e-4)


def test_networks_side_by_side_learn_what_one_learns():
    signs = made_signs("abc")
    each_settings = [SETTINGS, replace(SETTINGS, seed=2, learning_rate=0.05)]
    variants = [Variant.of(settings) for settings in each_settings]
    many = list(fit_many(signs, signs, SETTINGS, Standardisation.of(signs), variants))[-1]
    for settings, each in zip(each_settings, many.networks, strict=True):
        alone = last_epoch(signs, settings)
        assert each.figures.training_loss == pytest.approx(alone.training_loss, rel=1e-3)


def test_a_run_makes_a_network_that_knows_its_classes():
    signs = made_signs(("plus", "minus", "times"))
    validation = made_signs(signs.classes.names, 60, seed=1)
    data = TrainingData(signs, validation, None, Standardisation.of(signs))
    outcome = list(run_training(RunRequest(data, SETTINGS, "cpu")))[-1]
    assert isinstance(outcome, RunOutcome)
    assert outcome.model.classes.names == ("plus", "minus", "times")
    network = Network.from_weights(outcome.model.architecture, outcome.model.weights)
    predictions = predictions_of(network, validation, outcome.model.standardisation)
    assert len(predictions.confusion) == 3
    assert predictions.accuracy > 0.5
    # A network of other classes is no rival of it.
    digits = replace(validation, classes=Classes(("a", "b", "c")))
    other = replace(data, training=replace(signs, classes=digits.classes), validation=digits)
    request = RunRequest(other, SETTINGS, "cpu", in_use=outcome.model)
    assert list(run_training(request))[-1].judgement.former is None
