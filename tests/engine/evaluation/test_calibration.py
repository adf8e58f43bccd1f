"""Calibration: on answers whose true temperature is known, and on real digits."""

import pytest
import torch

import resources
from engine.data.mnist.digit_data import load_mnist_test, load_mnist_training
from engine.data.sources import TrainingData
from engine.evaluation.calibration import (
    HIGHEST_TEMPERATURE,
    LOWEST_TEMPERATURE,
    Reliability,
    ReliabilityBin,
    brier_score,
    fit_temperature,
    reliability,
)
from engine.evaluation.predictions import Predictions, predictions_of
from engine.models.model_file import load_model
from engine.nn.network import Network
from engine.settings import TrainingSettings
from engine.training.fit import fit
from engine.training.learner import architecture_of
from engine.training.run import finish_model


def drawn(count: int, too_sure: float, seed: int = 1) -> Predictions:
    """Labels drawn from the softmax of logits, then the logits made `too_sure` times as large."""
    generator = torch.Generator().manual_seed(seed)
    logits = 2 * torch.randn(count, 10, generator=generator)
    labels = torch.multinomial(torch.softmax(logits, 1), 1, generator=generator)[:, 0]
    return Predictions(logits * too_sure, labels)


def with_temperature(predictions: Predictions, temperature: float) -> Predictions:
    return Predictions(predictions.logits, predictions.labels, temperature)


@pytest.mark.parametrize("too_sure", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found(too_sure):
    assert fit_temperature(drawn(20_000, too_sure)) == pytest.approx(too_sure, rel=0.03)


def test_the_brier_score_is_the_squared_distance_from_the_truth():
    probabilities = torch.tensor([[0.7, 0.2, 0.1], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    expected = (0.3**2 + 0.2**2 + 0.1**2 + 0 + 2) / 3
    assert brier_score(probabilities, torch.tensor([0, 1, 2])) == pytest.approx(expected)


def test_no_temperature_nearby_has_a_lower_score():
    predictions = drawn(20_000, 1.7)
    found = fit_temperature(predictions)

    def cost(temperature):
        return brier_score(torch.softmax(predictions.logits.double() / temperature, 1), predictions.labels)

    assert cost(found) < min(cost(found * 1.01), cost(found / 1.01))


def test_it_mends_confidence_on_digits_it_was_not_fitted_on():
    temperature = fit_temperature(drawn(5000, 2.5, seed=1))
    others = drawn(10_000, 2.5, seed=2)
    before = reliability(others).expected_calibration_error
    after = reliability(with_temperature(others, temperature)).expected_calibration_error
    assert before > 0.1
    assert after < 0.02


def test_a_few_digits_read_rightly_do_not_make_it_sure_of_everything():
    logits = torch.zeros(20, 10)
    logits[:, 3] = 2.0
    few = Predictions(logits, torch.full((20,), 3))
    assert 0.4 < fit_temperature(few) < 1
    many = Predictions(logits.repeat(5000, 1), few.labels.repeat(5000))
    assert fit_temperature(many) < 0.3


def test_it_stays_within_its_bounds():
    wrong = Predictions(torch.eye(10).repeat(500, 1) * 100, torch.arange(10).roll(1).repeat(500))
    assert LOWEST_TEMPERATURE <= fit_temperature(wrong) <= HIGHEST_TEMPERATURE
    assert fit_temperature(Predictions(torch.zeros(0, 10), torch.zeros(0, dtype=torch.int64))) == 1


def test_bins_count_every_digit_once_and_know_their_accuracy():
    # Two digits at 0.5 of which one is right, one at nearly 1 that is wrong.
    logits = torch.full((3, 10), -50.0)
    logits[:2, 0], logits[:2, 1], logits[2, 4] = 1.0, 1.0, 50.0
    shown = reliability(Predictions(logits, torch.tensor([0, 1, 5])))
    assert [each.count for each in shown.bins] == [2, 1]
    assert shown.bins[0].confidence == pytest.approx(0.5)
    assert [each.accuracy for each in shown.bins] == [0.5, 0]
    assert shown.expected_calibration_error == pytest.approx(1 / 3)
    assert sum(each.count for each in reliability(drawn(777, 1.0), bins=7).bins) == 777


def test_a_bin_knows_what_chance_makes_of_it():
    assert ReliabilityBin(100, 0.9, 0.87).standard_error == pytest.approx(0.03)
    assert Reliability(()).expected_calibration_error == 0


def test_a_network_that_was_just_trained_is_right_as_often_as_it_says(mnist_folder):
    training, validation = load_mnist_training(mnist_folder)
    data = TrainingData(
        training.take(torch.arange(20_000)),
        validation,
        load_mnist_test(mnist_folder),
        load_model(resources.path("weights", "shipped.safetensors")).standardisation,
    )
    settings = TrainingSettings(hidden=(100,), epochs=6)
    *_, last = fit(data.training, data.validation, settings, data.standardisation)
    model = finish_model(data, settings, architecture_of(settings), last.weights)
    network = Network.from_weights(model.architecture, model.weights)
    raw = predictions_of(network, data.test, model.standardisation)
    mended = with_temperature(raw, model.temperature)
    assert model.temperature > 1.1
    assert reliability(mended).expected_calibration_error < reliability(raw).expected_calibration_error
    assert reliability(mended).expected_calibration_error <= 0.02
    assert float(mended.losses.mean()) < float(raw.losses.mean())
    assert mended.accuracy == pytest.approx(model.provenance.test_accuracy)
