"""A figure is called MNIST's only where it was measured on that."""

import pytest

from desktop.services.test_set_words import test_set_words as words_of


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("MNIST", "MNIST test"),
        ("built-in handwriting", "MNIST test"),
        ("MNIST and pen digits", "MNIST test"),
        ("Fashion-MNIST", "test"),
        ("EMNIST", "test"),
        ("my letters", "test"),
    ],
)
def test_words(data, words):
    assert words_of(data) == words
