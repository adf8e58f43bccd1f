"""Which trainings can go side by side, and what memory they take."""

from dataclasses import replace

import pytest

from engine.settings import TrainingSettings
from engine.training.many.variants import Variant, bytes_for, groups_of

USUAL = TrainingSettings()


def test_what_a_network_can_have_for_itself_does_not_part_it_from_the_others():
    trials = [
        USUAL,
        replace(USUAL, seed=7),
        replace(USUAL, learning_rate=0.3),
        replace(USUAL, momentum=0.1),
        replace(USUAL, weight_decay=0.2, seed=7),
    ]
    assert groups_of(trials) == [(0, 2, 3, 1, 4)]  # those of one seed beside each other


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": (32,)},
        {"activation": "elu"},
        {"epochs": 3},
        {"batch_size": 32},
        {"schedule": "constant"},
        {"warps": True},
        {"averaging": True},
        {"optimiser": "adam"},
    ],
    ids=str,
)
def test_everything_else_does(change):
    assert groups_of([USUAL, replace(USUAL, **change), USUAL]) == [(0, 2), (1,)]


def test_groups_are_split_into_equal_parts_where_they_would_take_too_much():
    trials = [replace(USUAL, seed=seed) for seed in range(10)]
    one = bytes_for(USUAL)
    assert groups_of(trials, 4 * one) == [(0, 1, 2), (3, 4, 5), (6, 7, 8, 9)]
    assert groups_of(trials, 5 * one + 1) == [tuple(range(5)), tuple(range(5, 10))]
    assert groups_of(trials, 1) == [(place,) for place in range(10)]
    assert groups_of(trials, 100 * one) == [tuple(range(10))]
    assert groups_of([], 5) == []


def test_what_takes_more_memory_is_said_to():
    assert bytes_for(USUAL, 3) == 3 * bytes_for(USUAL)
    for change in ({"hidden": (200,)}, {"batch_size": 512}, {"averaging": True}, {"optimiser": "adam"}):
        assert bytes_for(replace(USUAL, **change)) > bytes_for(USUAL)
    # Two copies of the parameters alone take so much.
    assert 2 * 4 * 79_510 < bytes_for(USUAL) < 2_000_000


def test_a_variant_of_settings_has_what_they_have():
    trial = replace(USUAL, seed=3, learning_rate=0.2, momentum=0.4, weight_decay=0.01)
    assert Variant.of(trial).within(USUAL) == trial
    assert Variant.of(trial).order_seed == 3
    assert Variant(3, 0.2).within(replace(USUAL, weight_decay=0.5)) == replace(
        USUAL, seed=3, learning_rate=0.2, weight_decay=0.5
    )
