"""The shipped network reads how strangers write: ten styles of each digit, none of them somebody's own."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.cli.read import load_shipped
from engine.models.classifier import Classifier
from engine.preprocessing.number import number_of_ink
from tests.engine.models.strangers import Stranger, strangers


@pytest.fixture(scope="module")
def shipped() -> Classifier:
    return Classifier(load_shipped())


def test_there_are_ten_styles_of_each_digit():
    assert Counter(each.digit for each in strangers()) == dict.fromkeys(range(10), 10)


@pytest.mark.parametrize("stranger", strangers(), ids=lambda each: f"{each.digit} {each.style}")
def test_a_strangers_digit_is_read(shipped: Classifier, stranger: Stranger):
    [reading] = shipped.read_vectors(number_of_ink(stranger.ink).vectors)
    assert reading.is_digit, f"taken for no digit ({reading.digit_probability:.0%})"
    assert reading.digit == stranger.digit, f"read as {reading.digit} ({reading.probability:.0%})"
