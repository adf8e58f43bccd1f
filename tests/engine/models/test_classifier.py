from dataclasses import replace

import numpy as np
import pytest
import torch

import resources
from engine.data.digits import Standardisation
from engine.data.handwriting.synthetic_digits import random_ink
from engine.errors import DivergedError, InkError, PictureError
from engine.models.classifier import SURE_FROM, Classifier, Reading
from engine.models.model_file import load_model
from engine.nn.network import Architecture, Network
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_ink, normalise_picture


@pytest.fixture(scope="module")
def shipped():
    return load_model(resources.path("weights", "shipped.safetensors"))


def test_the_shipped_network_reads_written_digits(shipped):
    classifier = Classifier(shipped)
    inks = [(label, random_ink(label, seed)) for label in range(10) for seed in range(10)]
    right = sum(classifier.read_vector(normalise_ink(ink)).digit == label for label, ink in inks)
    assert right >= 85


def test_probabilities_are_probabilities_and_the_picture_is_what_was_seen(shipped):
    ink = random_ink(4, 2)
    reading = Classifier(shipped).read_vector(normalise_ink(ink))
    assert sum(reading.probabilities) == pytest.approx(1, abs=1e-5)
    assert reading.image.shape == (28, 28)
    assert (reading.image.ravel() == normalise_ink(ink)).all()
    assert reading.ranked()[0] == (str(reading.digit), reading.probability)


def test_other_weights_answer_otherwise_until_the_model_is_used_again(shipped):
    classifier = Classifier(shipped)
    vector = normalise_ink(random_ink(3, 1))
    before = classifier.read_vector(vector).probabilities
    architecture = Architecture((784, 10))
    classifier.use(architecture, Network(architecture, 5).snapshot(), Standardisation(0.0, 1.0))
    assert classifier.read_vector(vector).probabilities != before
    classifier.use(shipped.architecture, shipped.weights, shipped.standardisation)
    assert classifier.read_vector(vector).probabilities == before


def test_the_temperature_of_a_model_tells_how_sure_it_is_and_nothing_else(shipped):
    vector = normalise_ink(random_ink(3, 1))
    plain = Classifier(shipped).read_vector(vector)
    classifier = Classifier(replace(shipped, temperature=2.5))
    cooler = classifier.read_vector(vector)
    assert cooler.logits == plain.logits
    assert cooler.digit == plain.digit
    expected = torch.softmax(torch.tensor(plain.logits) / 2.5, dim=0).tolist()
    assert cooler.probabilities == pytest.approx(expected, abs=1e-6)
    again = torch.softmax(torch.tensor(cooler.scaled_logits), dim=0).tolist()
    assert cooler.probabilities == pytest.approx(again, abs=1e-6)
    # A network in training has no temperature yet.
    classifier.use(shipped.architecture, shipped.weights, shipped.standardisation)
    assert classifier.read_vector(vector).probabilities == plain.probabilities


def test_below_a_stated_probability_it_is_not_sure():
    image = np.zeros((28, 28), dtype=np.float32)
    logits = (0.0,) * 10
    rest = (1 - SURE_FROM) / 9
    assert Reading(logits, (SURE_FROM, *[rest] * 9), image).is_sure
    assert not Reading(logits, (SURE_FROM - 0.01, *[rest] * 9), image).is_sure


def test_a_network_that_knows_more_than_digits_says_whether_this_is_one(shipped):
    """As with an eleventh unit, for none of the ten, whose logit is always 0."""
    classifier = Classifier(replace(shipped, digit_threshold=0.5))
    for logit in (-200.0, -2.0, 0.0, 3.0, 200.0):
        logits = (logit, -300.0, *[-400.0] * 8)
        probabilities = torch.softmax(torch.tensor([*logits, 0.0], dtype=torch.float64), dim=0)
        reading = Reading(logits, (1.0, *[0.0] * 9), np.zeros((28, 28), np.float32), digit_threshold=0.5)
        assert reading.digit_probability == pytest.approx(float(probabilities[:10].sum()), abs=1e-12)
        assert reading.is_digit == reading.is_sure == (logit >= 0)
    vector = normalise_ink(random_ink(3, 1))
    reading = classifier.read_vector(vector)
    assert reading.digit_threshold == 0.5
    # A network in training has learned from digits alone.
    classifier.use(shipped.architecture, shipped.weights, shipped.standardisation)
    assert classifier.read_vector(vector).digit_threshold is None


def test_to_a_network_that_knows_digits_alone_everything_is_one():
    reading = Reading((-50.0,) * 10, (0.91, *[0.01] * 9), np.zeros((28, 28), np.float32))
    assert reading.digit_probability == 1
    assert reading.is_digit
    assert reading.is_sure


def test_nothing_is_read_from_nothing(shipped):
    with pytest.raises(InkError):
        Classifier(shipped).read_vector(normalise_ink(Ink()))
    with pytest.raises(PictureError):
        Classifier(shipped).read_vector(normalise_picture(np.zeros((50, 50))))


def test_weights_that_do_not_fit_are_refused_and_change_nothing(shipped):
    classifier = Classifier(shipped)
    vector = normalise_ink(random_ink(3, 1))
    before = classifier.read_vector(vector).probabilities
    weights = Network(Architecture((784, 10)), 5).snapshot()
    for architecture in (shipped.architecture, Architecture((784, 20, 10))):
        with pytest.raises(ValueError, match="not those of"):
            classifier.use(architecture, weights, Standardisation(0.0, 1.0))
        assert classifier.read_vector(vector).probabilities == before


def test_a_picture_is_read_as_the_ink_that_it_shows(shipped):
    classifier = Classifier(shipped)
    ink = random_ink(7, 3)
    from_ink = classifier.read_vector(normalise_ink(ink))
    for picture in (from_ink.image, 1 - from_ink.image):
        again = classifier.read_vector(normalise_picture(np.pad(picture, 9, constant_values=picture[0, 0])))
        assert again.digit == from_ink.digit
        assert again.probability == pytest.approx(from_ink.probability, abs=0.05)


def test_weights_are_read_with_their_own_standardisation(shipped):
    other = replace(shipped, standardisation=Standardisation(0.3, 0.9))
    vector = normalise_ink(random_ink(3, 1))
    classifier = Classifier(shipped)
    classifier.use(other.architecture, other.weights, other.standardisation)
    assert classifier.read_vector(vector).probabilities == Classifier(other).read_vector(vector).probabilities
    assert (
        classifier.read_vector(vector).probabilities != Classifier(shipped).read_vector(vector).probabilities
    )


def test_probabilities_are_the_softmax_of_the_logits(shipped):
    reading = Classifier(shipped).read_vector(np.full(784, 0.3, dtype=np.float32))
    expected = torch.softmax(torch.tensor(reading.logits), dim=0)
    torch.testing.assert_close(torch.tensor(reading.probabilities), expected)


def test_outputs_that_overflow_are_no_answer(shipped):
    classifier = Classifier(shipped)
    enormous = {name: 1e25 * weight for name, weight in shipped.weights.items()}
    classifier.use(shipped.architecture, enormous, shipped.standardisation)
    with pytest.raises(DivergedError, match="smaller rate"):
        classifier.read_vector(normalise_ink(random_ink(3, 1)))
