"""What drawings are called as data, and what others may not be called."""

import pytest

from engine.data import sources
from engine.data.classes import DIGITS, Classes
from engine.data.drawing_names import name_among_others, parts_of_name, too_few
from engine.data.sources import name_of_others, source_of


@pytest.mark.parametrize("others", ["MNIST", "letters and signs", "a (5 %)", "two\nlines"])
def test_a_name_tells_the_other_set_and_the_share(others):
    name = f"{others} and {name_among_others(35)}"
    assert parts_of_name(name) == (others, 35)
    assert parts_of_name(others) == (others, 0)


def test_the_test_set_of_mnist_among_drawings_is_mnist_s():
    assert sources.test_set_title(f"MNIST and {name_among_others(20)}", DIGITS) == "MNIST test"


def test_letters_that_were_learned_beside_mnist_have_a_test_set_of_their_own():
    letters = Classes(("A", "1"))
    assert sources.test_set_title("pen letters and digits, MNIST", letters) == "test"
    assert sources.test_set_title("Fashion-MNIST", DIGITS) == "test"


@pytest.mark.parametrize("name", ["MNIST", "MNIST and letters", "built-in handwriting", "my drawings"])
def test_nothing_from_elsewhere_has_the_name_of_a_source(name):
    other = name_of_others(name)
    assert other != name
    assert source_of(other) == ""
    assert sources.test_set_title(other, DIGITS) == "test"
    assert name_of_others(other) == other


@pytest.mark.parametrize("name", ["mnist of mine", "letters", "MNIST-letters"])
def test_other_names_stay(name):
    assert name_of_others(name) == name


@pytest.mark.parametrize(
    ("count", "words"), [(0, "are no drawings to"), (1, "is one drawing to"), (19, "are 19 drawings to")]
)
def test_few_are_counted_in_words(count, words):
    assert f"There {words} learn from" in too_few(count)
