"""Predictions, against counts made one by one and torch's own loss."""

import pytest
import torch
from torch.nn import functional

from engine.data.digits import Digits, Standardisation
from engine.evaluation.evaluate import evaluate
from engine.evaluation.predictions import Confusion, Predictions, predictions_of
from engine.nn.network import Architecture, Network
from tests.engine.digit_sets import small_set


def say(labels, predictions, confidence=5.0):
    """Answers that name the given digits, each with a logit of its own height."""
    logits = torch.zeros(len(labels), 10)
    for place, answer in enumerate(predictions):
        logits[place, answer] = confidence + place / 100
    return Predictions(logits, torch.tensor(labels))


@pytest.fixture(scope="module")
def predictions():
    return predictions_of(
        Network(Architecture((784, 12, 10)), seed=3), small_set(), Standardisation(0.13, 0.31)
    )


def test_figures_are_those_of_the_evaluation(predictions):
    network, digits = Network(Architecture((784, 12, 10)), seed=3), small_set()
    figures = evaluate(network, Standardisation(0.13, 0.31)(digits.intensities()), digits.labels)
    assert predictions.confusion == figures.confusion
    assert predictions.accuracy == figures.accuracy
    assert float(predictions.losses.mean()) == pytest.approx(figures.loss, rel=1e-5)
    judge = functional.cross_entropy(predictions.logits, digits.labels, reduction="none")
    assert torch.allclose(predictions.losses, judge, atol=1e-5)


def test_a_cell_has_its_digits_and_all_cells_have_all(predictions):
    seen = []
    for label in range(10):
        for answer in range(10):
            places = predictions.cell(label, answer)
            assert len(places) == predictions.confusion[label][answer]
            assert all(predictions.labels[p] == label and predictions.read[p] == answer for p in places)
            losses = predictions.losses[places].tolist()
            assert losses == sorted(losses, reverse=True)
            seen += places
    assert sorted(seen) == list(range(len(predictions)))


def test_the_commonest_confusion_comes_first():
    predictions = say([4, 4, 4, 7, 7, 2, 4, 1], [9, 9, 9, 2, 2, 2, 4, 7])
    assert predictions.most_confused() == [Confusion(4, 9, 3), Confusion(7, 2, 2), Confusion(1, 7, 1)]
    assert say([1, 2], [1, 2]).most_confused() == []


def test_the_highest_losses_come_first(predictions):
    places = predictions.highest_losses(25)
    assert predictions.losses[places].tolist() == sorted(predictions.losses.tolist(), reverse=True)[:25]
    assert sorted(predictions.highest_losses(9999)) == list(range(len(predictions)))


def test_accuracy_of_a_digit_that_is_not_there_is_not_known():
    shares = say([3, 3, 3, 3, 5], [3, 3, 3, 8, 3]).accuracy_by_digit()
    assert shares[3] == 0.75
    assert shares[5] == 0
    assert [shares[digit] for digit in (0, 1, 2, 4, 6, 7, 8, 9)] == [None] * 8


def test_a_temperature_changes_confidence_and_no_answer(predictions):
    cooler = Predictions(predictions.logits, predictions.labels, 4.0)
    assert torch.equal(cooler.read, predictions.read)
    assert bool((cooler.confidences < predictions.confidences).all())
    probabilities = torch.softmax(predictions.logits / 4, dim=1)
    assert torch.allclose(cooler.confidences, probabilities.amax(1), atol=1e-6)


def test_an_empty_set_has_no_mistakes():
    empty = Predictions(torch.zeros(0, 10), torch.zeros(0, dtype=torch.int64))
    assert empty.accuracy == 0
    assert empty.most_confused() == []
    assert empty.highest_losses(5) == []


def test_logits_without_their_labels_are_refused():
    with pytest.raises(ValueError, match="logits"):
        Predictions(torch.zeros(3, 10), torch.zeros(4, dtype=torch.int64))


def test_reading_a_set_leaves_no_gradients():
    digits = Digits(torch.zeros(2, 784, dtype=torch.uint8), torch.tensor([1, 2]), "none")
    network = Network(Architecture((784, 10)))
    assert not predictions_of(network, digits, Standardisation(0, 1)).logits.requires_grad
