"""The rate finder raises the rate, sees the loss take off, and leaves everything as it was."""

import itertools
import math
from dataclasses import replace

import pytest
import torch

from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit
from engine.training.learner import Learner
from engine.training.rate_finder import HIGHEST_RATE, LOWEST_RATE, TriedRate, suggested_rate, try_rates
from tests.engine.digit_sets import small_set

SETTINGS = TrainingSettings(hidden=(20,), batch_size=32)


def tried(settings=SETTINGS, **more):
    digits = small_set(1500, 1)
    return list(try_rates(digits, settings, Standardisation.of(digits), **more))


def test_rates_rise_evenly_on_a_logarithmic_scale_until_the_loss_takes_off():
    found = tried()
    assert found[0].rate == LOWEST_RATE
    ratios = [late.rate / early.rate for early, late in itertools.pairwise(found)]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))
    lowest = min(each.smoothed for each in found)
    assert found[-1].smoothed > 2 * lowest
    assert found[-1].rate <= HIGHEST_RATE * 1.0001
    assert all(math.isfinite(each.loss) for each in found)


def test_it_ends_at_the_highest_rate_where_the_loss_never_takes_off():
    found = tried(steps=2)
    assert len(found) == 2
    assert found[-1].rate == pytest.approx(HIGHEST_RATE)


def test_the_weights_that_it_starts_from_stay_as_they_were():
    digits = small_set()
    start = Learner(digits, SETTINGS, Standardisation.of(digits)).network.snapshot()
    kept = {name: weights.clone() for name, weights in start.items()}
    first = tried(start=start)
    assert all(torch.equal(start[name], kept[name]) for name in kept)
    assert first == tried(start=start)


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_the_suggested_rate_trains_better_than_ones_far_from_it(optimiser):
    settings = replace(SETTINGS, optimiser=optimiser, epochs=2)
    rate = suggested_rate(tried(settings))

    def accuracy(learning_rate):
        digits, judged = small_set(1500, 1), small_set(400, 2)
        settings_with_rate = replace(settings, learning_rate=learning_rate)
        results = fit(digits, judged, settings_with_rate, Standardisation.of(digits))
        return [each for each in results if isinstance(each, EpochCompleted)][-1].validation_accuracy

    assert accuracy(rate) > accuracy(rate / 100) + 0.1
    assert accuracy(rate) > accuracy(min(10.0, rate * 100)) + 0.1


def test_a_loss_that_never_falls_gives_no_suggestion():
    assert suggested_rate([TriedRate(10.0**-n, 2.3, 2.3) for n in range(5, 0, -1)]) is None
    assert suggested_rate([]) is None


def test_the_suggestion_is_rounded_to_two_figures():
    losses = [2.0, 1.9, 1.0, 0.5, 2.5]
    rates = [0.001, 0.0037, 0.0137, 0.0507, 0.1878]
    found = [TriedRate(rate, loss, loss) for rate, loss in zip(rates, losses, strict=True)]
    assert suggested_rate(found) == 0.017
