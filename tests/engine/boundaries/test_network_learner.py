"""Networks of the plane, at every level of the lesson."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from engine.boundaries.network_learner import SPIRALS_SETTINGS, USUAL_SETTINGS, NetworkLearner, fit_plane
from engine.errors import DataError, DivergedError, SettingsError
from engine.levels.levels import LEVELS
from engine.plane.features import FEATURES
from engine.plane.patterns import make_points
from engine.plane.points import Points
from engine.settings import TrainingSettings


def parts(pattern, count=300, classes=None, noise=0.2):
    return make_points(pattern, count, classes, noise).split(0.4, 1)


def after(epochs, *args, **kwargs):
    return next(itertools.islice(fit_plane(*args, **kwargs), epochs - 1, None))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_every_level_trains_the_same_network(level, optimiser):
    training, test = parts("blobs", 120, 5)
    way = replace(USUAL_SETTINGS, hidden=(6,), optimiser=optimiser, momentum=0.9, level=level)
    last = after(2, training, test, way)
    reference = after(2, training, test, replace(way, level=6))
    for name, weights in reference.model.weights.items():
        assert np.allclose(last.model.weights[name], weights, atol=1e-4), name
    assert last.model.architecture.sizes == (2, 6, 5)


def test_it_learns_and_the_figures_are_those_of_its_model():
    training, test = parts("moons")
    told = list(itertools.islice(fit_plane(training, test), 30))
    last = told[-1]
    assert last.training.loss < told[0].training.loss
    assert last.test.accuracy > 0.9
    assert last.test.accuracy == (last.model.predict(test.coordinates) == test.labels).mean()
    probabilities = last.model.probabilities(test.coordinates)
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-6)
    loss = -np.log(probabilities[np.arange(len(test)), test.labels]).mean()
    assert last.test.loss == pytest.approx(loss, abs=1e-6)
    assert (last.steps, last.epochs) == (30 * 18, 30)


def test_features_part_what_x_and_y_alone_cannot():
    training, test = parts("xor", noise=0)
    logistic = replace(USUAL_SETTINGS, hidden=())
    assert after(10, training, test, logistic).test.accuracy < 0.8
    assert after(10, training, test, logistic, tuple(FEATURES)).test.accuracy > 0.95


def test_it_does_not_matter_how_often_one_looks():
    training, test = parts("circles")
    often, seldom = NetworkLearner(training, test), NetworkLearner(training, test)
    for _ in range(2 * 18):
        one = often.advance(longest_s=0)
    for _ in range(2):
        other = seldom.advance()
    assert one.steps == other.steps
    assert all(
        np.array_equal(one.model.weights[name], other.model.weights[name]) for name in one.model.weights
    )


def test_an_epoch_that_was_begun_is_ended():
    learner = NetworkLearner(*parts("circles"))
    learner.advance(longest_s=0)
    assert learner.advance().epochs == 1


def test_what_was_told_does_not_change():
    learner = NetworkLearner(*parts("circles"))
    first = learner.advance()
    kept = {name: weights.clone() for name, weights in first.model.weights.items()}
    learner.advance()
    assert all(np.array_equal(first.model.weights[name], kept[name]) for name in kept)


def test_each_hidden_unit_has_a_picture_of_its_own():
    training, test = parts("moons")
    model = after(1, training, test, replace(USUAL_SETTINGS, hidden=(4, 3))).model
    outputs = model.unit_outputs(test.coordinates)
    assert [each.shape for each in outputs] == [(len(test), 4), (len(test), 3)]
    assert min(each.min() for each in outputs) == 0
    assert (
        after(1, training, test, replace(USUAL_SETTINGS, hidden=())).model.unit_outputs(test.coordinates)
        == []
    )


def test_two_spirals():
    training, test = make_points("spirals", 1000, 2, noise=0.0).split(0.5, 1)
    for told in itertools.islice(fit_plane(training, test, SPIRALS_SETTINGS), 200):
        if told.test.accuracy >= 0.99:
            break
    assert told.test.accuracy >= 0.99


def test_without_test_points_their_figures_are_no_numbers():
    told = after(1, parts("moons")[0], Points.none())
    assert np.isnan(told.test.loss)
    assert np.isnan(told.test.accuracy)


def test_a_few_points_are_one_mini_batch():
    training = make_points("xor", 4)
    assert after(3, training, training, replace(USUAL_SETTINGS, batch_size=64)).steps == 3


def test_what_cannot_be_trained_is_said():
    training, test = parts("moons")
    with pytest.raises(DataError):
        NetworkLearner(Points.none(), test)
    with pytest.raises(DataError):
        NetworkLearner(training.take(training.labels == 1), test)
    with pytest.raises(SettingsError):
        NetworkLearner(training, test, TrainingSettings(learning_rate=-1))
    with pytest.raises(SettingsError):
        NetworkLearner(training, test, features=("z",))


def test_a_rate_that_is_too_high_is_said():
    learner = NetworkLearner(*parts("blobs"), replace(USUAL_SETTINGS, learning_rate=10, momentum=0.99))
    learner.learning_rate = 1e6
    with pytest.raises(DivergedError, match="too high"):
        for _ in iter(learner.advance, None):
            pass
