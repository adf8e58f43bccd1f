"""A network is asked about each digit once."""

import numpy as np
import pytest

from engine.cli.read import load_shipped
from engine.models.classifier import Classifier
from engine.models.known_readings import KnownReadings


@pytest.fixture
def asked(monkeypatch):
    """What reads, and how many digits the network was asked about, by call."""
    classifier, counts = Classifier(load_shipped()), []
    read = classifier.read_vectors

    def counting(vectors):
        counts.append(len(vectors))
        return read(vectors)

    monkeypatch.setattr(classifier, "read_vectors", counting)
    return KnownReadings(classifier), counts, read


def vectors(*seeds):
    return np.stack([np.random.default_rng(seed).random(784, dtype=np.float32) for seed in seeds])


def test_digits_that_look_as_before_are_not_read_again(asked):
    known, counts, _ = asked
    first = known.of(vectors(1, 2, 3))
    assert counts == [3]
    again = known.of(vectors(1, 2, 4))
    assert counts == [3, 1]
    assert again[0] is first[0]
    assert known.of(vectors(4, 2, 1)) == (again[2], again[1], again[0])
    assert counts == [3, 1]


def test_what_is_said_is_what_the_network_says(asked):
    known, _, read = asked
    known.of(vectors(1, 2))
    for ours, theirs in zip(known.of(vectors(3, 1, 2)), read(vectors(3, 1, 2)), strict=True):
        assert ours.probabilities == pytest.approx(theirs.probabilities, abs=1e-5)
        assert np.array_equal(ours.image, theirs.image)


def test_twice_the_same_digit_is_read_once(asked):
    known, counts, _ = asked
    one, other = known.of(vectors(1, 1))
    assert one is other
    assert counts == [1]


def test_a_digit_that_was_away_is_read_again(asked):
    known, counts, _ = asked
    for seeds in ((1, 2), (2,), (1, 2)):
        known.of(vectors(*seeds))
    assert counts == [2, 1]


def test_other_weights_read_everything_again(asked):
    known, counts, _ = asked
    known.of(vectors(1, 2))
    known.forget()
    known.of(vectors(1, 2))
    assert counts == [2, 2]
