"""What tests of signs share: a window with a store, a quick training, and drawings of three signs."""

from __future__ import annotations

import dataclasses

import pytest

from engine.adaptation import new_signs
from engine.data.classes import Classes
from engine.preprocessing.ink import Ink

PATIENCE_MS = 300_000
SIGNS = Classes(("plus", "minus", "times"))
_SHAPES = (
    [[[0, 50], [100, 50]], [[50, 0], [50, 100]]],
    [[[0, 50], [100, 50]]],
    [[[0, 0], [100, 100]], [[100, 0], [0, 100]]],
)
_QUICK = {"copies": 90, "epochs": 2}


@pytest.fixture(autouse=True)
def quick_training(monkeypatch):
    """Few copies of each drawing, learned a few times."""
    learn = new_signs.learn_signs
    known = {field.name for field in dataclasses.fields(new_signs.NewSignsSettings)}
    settings = new_signs.NewSignsSettings(**{name: _QUICK[name] for name in _QUICK if name in known})
    monkeypatch.setattr(
        new_signs, "learn_signs", lambda start, drawings, **more: learn(start, drawings, settings, **more)
    )


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.store_service.store is not None, timeout=PATIENCE_MS)
    return window


def sign(place, number=0):
    """A drawing of a sign, a little wider each time."""
    return Ink.from_lists(
        [[[x * (1 + number / 20), y + number] for x, y in stroke] for stroke in _SHAPES[place]]
    )


def keep_set(window, of_each=2, name="Sums"):
    """A set with drawings in the store; its number."""
    store = window.store_service.store
    number = store.sign_sets.add(name, SIGNS).result()
    for turn in range(of_each):
        for place in range(len(SIGNS)):
            store.drawings.add(sign(place, turn), SIGNS[place]).result()
    return number


def asked(window):
    """The place of the sign that is asked for; None if none is."""
    practice = window._signs.signs.get().practice.practice
    return None if practice._asked is None else practice._asked.round.digit


def draw_asked(window, count):
    """Draw what is asked for, so many times."""
    practice = window._signs.signs.get().practice.practice
    for number in range(count):
        window.document.put_ink(sign(asked(window), number))
        practice.keep()
