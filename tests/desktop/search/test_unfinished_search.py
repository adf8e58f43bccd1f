"""A search goes on where its data can be chosen: those of the program, and sets that are remembered."""

from types import SimpleNamespace

import pytest

from desktop.search.unfinished_search import find_unfinished
from engine.search.plan import plan_text
from engine.training.run_states import FINISHED, STOPPED
from tests.desktop.search.some_search import plan_of

PLAN = plan_of({"learning_rate": "0.1 0.2"})
DATA = {"MNIST": "mnist", "letters": "/home/me/letters"}


def store_of(*entries):
    """Searches, the newest first, as (data, state)."""
    listed = [
        SimpleNamespace(id=number, data=data, state=state, plan=plan_text(PLAN))
        for number, (data, state) in enumerate(entries)
    ]
    searches = SimpleNamespace(entries=lambda: listed, trials=lambda _number: [None] * 3)
    return SimpleNamespace(searches=searches)


@pytest.mark.parametrize(
    ("entries", "number", "data"),
    [
        ([("letters", STOPPED), ("MNIST", STOPPED)], 0, "/home/me/letters"),
        ([("forgotten", STOPPED), ("MNIST", STOPPED)], 1, "mnist"),
    ],
)
def test_the_newest_that_can_go_on_is_found(entries, number, data):
    found = find_unfinished(store_of(*entries), DATA)
    assert (found.number, found.data, found.done) == (number, data, 3)
    assert found.plan == PLAN


def test_none_goes_on_behind_one_that_came_to_its_end():
    assert find_unfinished(store_of(("letters", FINISHED), ("MNIST", STOPPED)), DATA) is None
    assert find_unfinished(store_of(("forgotten", STOPPED)), DATA) is None
