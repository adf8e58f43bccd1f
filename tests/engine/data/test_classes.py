"""Classes: named, few enough, and told from each other."""

import pytest
import torch

from engine.data.class_names import names_in
from engine.data.classes import DIGITS, Classes
from engine.data.digits import Digits
from engine.errors import DataError


def test_digits_are_digits_whoever_names_them():
    assert Classes(tuple("0123456789")).are_digits
    assert not Classes(tuple("9876543210")).are_digits
    assert (DIGITS.noun, Classes(("a", "b")).noun) == ("digit", "sign")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "two are the least"),
        (("one",), "has 1 class:"),
        (tuple(map(str, range(65))), "64 are the most"),
        (("a", ""), "without a name"),
        (("a", "b" * 21), "at most 20 characters"),
        (("a", "two\nlines"), "all of which can be seen"),
        (("a", "\u202eb"), "all of which can be seen"),
        (("a", "b", "a"), "two classes called “a”"),
    ],
    ids=str,
)
def test_what_no_classes_can_be_called(names, said):
    with pytest.raises(DataError, match=said):
        Classes(names)


def made(name, names, labels):
    images = torch.zeros(len(labels), 784, dtype=torch.uint8)
    return Digits(images, torch.tensor(labels), name, Classes(tuple(names)))


def test_sets_are_joined_by_the_names_of_their_classes():
    both = made("one", "abc", [0, 1, 2]).joined(made("other", "cad", [0, 1, 2]))
    assert both.classes.names == ("a", "b", "c", "d")
    assert both.labels.tolist() == [0, 1, 2, 2, 0, 3]
    assert both.name == "one and other"


def test_a_set_is_labelled_by_the_classes_of_a_network():
    few = made("few", "ca", [0, 1, 0])
    known = few.known_to(Classes(("a", "b", "c")))
    assert known.labels.tolist() == [2, 0, 2]
    assert known.classes.names == ("a", "b", "c")
    assert known.take(torch.tensor([1])).classes == known.classes
    with pytest.raises(DataError, match=r"few has classes that this network does not know \(c\)"):
        few.known_to(Classes(("a", "b")))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rock, paper ,scissors", ("rock", "paper", "scissors")),
        ("rock\n\n paper\r\nscissors,", ("rock", "paper", "scissors")),
        ("thumbs up, thumbs down", ("thumbs up", "thumbs down")),
        (" ,\n", ()),
    ],
)
def test_names_stand_one_on_a_line_or_between_commas(text, names):
    assert names_in(text) == names
