"""Drawings to learn from, alone and among the pictures of another set."""

import pytest
import torch

from engine.data.classes import Classes
from engine.data.digits import Standardisation
from engine.data.handwriting.synthetic_digits import random_ink
from engine.data.mixing import drawings_as_data, mixed
from engine.data.pen_digits import PenDigits
from engine.data.sources import TrainingData
from engine.errors import DataError
from tests.engine.digit_sets import small_set

SIGNS = Classes(("plus", "minus"))


def drawn(count, classes=None, name="my drawings"):
    labels = tuple(place % (10 if classes is None else len(classes)) for place in range(count))
    inks = tuple(random_ink(label, seed) for seed, label in enumerate(labels))
    arguments = {} if classes is None else {"classes": classes}
    return PenDigits(inks, labels, ("me",) * count, name=name, **arguments)


def other_set():
    digits = small_set()
    return TrainingData(digits, small_set(100, 8), small_set(60, 9), Standardisation.of(digits), "somebody")


def test_drawings_alone_are_varied_and_a_fifth_is_validated_on():
    data = drawings_as_data(drawn(50))
    assert len(data.validation) == 10
    assert torch.equal(data.validation.labels.bincount(), torch.ones(10, dtype=torch.int64))
    assert len(data.training) == 40 * 101
    assert data.training.name == "my drawings"
    assert data.test is None
    own = drawn(50).split_in_order()
    assert torch.equal(data.validation.images, own[1].normalised().images)
    assert torch.equal(data.training.images[:40], own[0].normalised().images)


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5])
def test_a_share_of_the_pictures_are_drawings(share):
    base = other_set()
    data = mixed(base, drawn(50), share)
    added = len(data.training) - len(base.training)
    assert added / len(data.training) == pytest.approx(share, abs=0.05)
    assert len(data.validation) == len(base.validation) + 10
    assert data.standardisation == base.standardisation
    assert data.test is not None
    assert data.attribution == "somebody"
    assert data.training.name == f"{base.training.name} and my drawings"


def test_nothing_and_nothing_else():
    base = other_set()
    assert mixed(base, drawn(50), 0) is base
    assert torch.equal(mixed(base, drawn(50), 1).training.images, drawings_as_data(drawn(50)).training.images)


def test_other_classes_are_learned_together_with_digits():
    data = mixed(other_set(), drawn(40, SIGNS), 0.2)
    assert data.training.classes.names == (*"0123456789", "plus", "minus")
    for part in (data.validation, data.test):
        assert part.classes == data.training.classes
    assert set(data.training.labels.tolist()) == set(range(12))


def test_too_few_drawings_and_a_single_class():
    with pytest.raises(DataError, match="19 drawings"):
        drawings_as_data(drawn(19))
    ones = drawn(40)
    with pytest.raises(DataError, match="of one class"):
        drawings_as_data(PenDigits(ones.inks, (1,) * 40, ones.writers))


def test_whoever_waits_is_told_and_can_give_up():
    shares = []
    mixed(other_set(), drawn(50), 0.5, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    asked = iter([False, True])
    with pytest.raises(DataError, match="stopped"):
        drawings_as_data(drawn(50), None, lambda: next(asked))


def test_few_drawings_are_the_share_that_was_asked_for(monkeypatch):
    monkeypatch.setattr("engine.data.mixing._MOST_PAINTED", 80)
    base = other_set()
    data = mixed(base, drawn(50), 0.5)
    own = data.training.images[len(base.training) :]
    assert len(own) == len(base.training)
    assert len(own.unique(dim=0)) == 80
