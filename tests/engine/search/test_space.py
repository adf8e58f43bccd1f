"""Spaces: read from what people write, counted before anything starts, and refused in a sentence."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.nn.registry import OPTIMISERS
from engine.search.proposals import Proposal, Tried
from engine.search.samplers import GRID, LEARNING, RANDOM, make_sampler, random_points
from engine.search.space import MOST_TRIALS, Range, Space, Values
from engine.search.space_text import dimension_text, parse_dimension, parse_seeds, parse_space
from engine.settings import TrainingSettings


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("learning_rate", "0.01", Values((0.01,))),
        ("learning_rate", "0,01 0,1, 0,5", Values((0.01, 0.1, 0.5))),
        ("learning_rate", ["0.01", "5e-1"], Values((0.01, 0.5))),
        ("learning_rate", "0.01..0.5", Range(0.01, 0.5, is_log=True)),
        ("learning_rate", "0,01 … 0,5", Range(0.01, 0.5, is_log=True)),
        ("learning_rate", "0.1..0.5", Range(0.1, 0.5)),
        ("learning_rate", "0.01..0.5 in 8", Range(0.01, 0.5, is_log=True, points=8)),
        ("learning_rate", "0.1..0.1", Values((0.1,))),
        ("weight_decay", "0..0.01", Range(0.0, 0.01)),
        ("weight_decay", "1e-5..1e-2", Range(1e-5, 1e-2, is_log=True)),
        ("momentum", "0.1..0.99", Range(0.1, 0.99)),
        ("batch_size", "16..256", Range(16, 256, is_whole=True)),
        ("epochs", "1 2 2 3", Values((1, 2, 3))),
        ("hidden", ["32", "100", "100 50"], Values(((32,), (100,), (100, 50)))),
        ("hidden", '"32" "100" "100 50"', Values(((32,), (100,), (100, 50)))),
        ("hidden", "none; 32; 100 50", Values(((), (32,), (100, 50)))),
        ("hidden", "100 50", Values(((100, 50),))),
        ("hidden", "", Values(((),))),
        ("hidden", "16..128", Range(16, 128, is_whole=True)),
        ("hidden", "16..16", Values(((16,),))),
        ("warps", "on off", Values((True, False))),
        ("optimiser", "sgd adam", Values(("sgd", "adam"))),
        ("activation", "ReLU elu", Values(("relu", "elu"))),
    ],
    ids=str,
)
def test_what_is_written_is_understood_and_can_be_written_again(name, written, expected):
    found = parse_dimension(name, written)
    assert found == expected
    assert parse_dimension(name, dimension_text(found, name)) == expected


@pytest.mark.parametrize(
    ("name", "written", "number"),
    [
        ("learning_rate", "0.5..0.01", "0.01..0.5"),
        ("learning_rate", "0.01..", "0.01.."),
        ("learning_rate", "..", ".."),
        ("learning_rate", "", "0 values"),
        ("learning_rate", "0.1 20", "20"),
        ("learning_rate", "0.1...5", "0.1...5"),
        ("learning_rate", "1,500", "1,500"),
        ("learning_rate", "0.1 0.2..0.3", "0.2..0.3"),
        ("learning_rate", "0.1..0.3..0.5", "0.1..0.3..0.5"),
        ("learning_rate", "0.1..0.5 in 0", "0"),
        ("learning_rate", "0.1..0.5 in 1000000", "1,000,000"),
        ("epochs", "1.5", "1.5"),
        ("epochs", "0..3", "0"),
        ("hidden", "16..5000", "5000"),
        ("hidden", ["12", "x"], "100"),
        ("optimiser", "sgd best", "best"),
        ("warps", "sometimes", "sometimes"),
        ("seed", "1..100000", "100,000"),
        ("seed", "9..1", "9"),
        ("colour", "1", "colour"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_with_its_field_and_number(name, written, number):
    with pytest.raises(SettingsError) as caught:
        parse_space({name: written})
    assert caught.value.field == name
    assert number in str(caught.value)
    assert str(caught.value).endswith(".")


def test_every_seed_is_a_training_of_every_point():
    assert parse_seeds("1..8") == tuple(range(1, 9))
    space = parse_space({"seed": "3 5", "learning_rate": "0.1 0.2 0.3"})
    assert (space.seeds, space.grid_points, space.grid_trials) == ((3, 5), 3, 6)
    assert space.varied == ("learning_rate",)


def test_more_seeds_mean_fewer_points_for_as_many_trials():
    space = parse_space({"seed": "1..4", "learning_rate": "0.01..0.5"})
    assert [make_sampler(RANDOM, space, trials).points for trials in (1, 7, 8, 40)] == [1, 1, 2, 10]
    assert make_sampler(GRID, space, 9).points == 2
    with pytest.raises(SettingsError, match="twice"):
        replace(space, seeds=(1, 1)).check()


def test_a_grid_has_both_ends_and_even_steps():
    assert Range(0.01, 1.0, is_log=True, points=3).grid() == (0.01, 0.1, 1.0)
    assert Range(0.0, 1.0, points=3).grid() == (0.0, 0.5, 1.0)
    assert Range(1, 3, is_whole=True).grid() == (1, 2, 3)
    space = parse_space({"learning_rate": "0.1 0.2", "hidden": "8; 16; 8 8"})
    points = list(space.grid())
    assert points == [space.grid_point(number) for number in range(6)]
    assert space.settings(points[-1], 7) == TrainingSettings(learning_rate=0.2, hidden=(8, 8), seed=7)


def test_a_range_of_hidden_units_is_one_layer_and_an_optimiser_brings_its_rate():
    space = parse_space({"hidden": "8..32", "optimiser": "sgd adam"})
    settings = [space.settings(point, 1) for point in space.grid()]
    assert [each.hidden for each in settings[:1] + settings[-1:]] == [(8,), (32,)]
    assert {each.optimiser: each.learning_rate for each in settings} == {
        name: entry.usual_rate for name, entry in OPTIMISERS.items()
    }


@given(st.integers(0, 2**32))
def test_what_is_drawn_lies_within_and_is_whole_where_it_should_be(seed):
    space = parse_space({"learning_rate": "0.001..0.5", "momentum": "0..0.9", "batch_size": "16..64"})
    point = space.draw(random.Random(seed))
    space.settings(point, 1).check()
    assert isinstance(point["batch_size"], int)
    assert 0.001 <= point["learning_rate"] <= 0.5


def test_a_grid_of_ten_million_points_is_counted_not_made():
    space = Space(
        dimensions={
            name: Range(0.1, 0.5, points=MOST_TRIALS // 10)
            for name in ("learning_rate", "momentum", "weight_decay")
        }
    )
    with pytest.raises(SettingsError, match="1,000,000,000 trainings"):
        make_sampler(GRID, space)
    assert make_sampler(GRID, space, trials=12).points == 12
    assert make_sampler(RANDOM, space, trials=12).points == 12
    for trials in (0, MOST_TRIALS + 1):
        with pytest.raises(SettingsError) as caught:
            make_sampler(RANDOM, space, trials)
        assert caught.value.field == "trials"


def test_random_points_are_decided_by_the_seed_and_differ():
    space = parse_space({"learning_rate": "0.001..0.5", "hidden": "8..12"})
    points = random_points(space, 30, seed=4)
    assert points == random_points(space, 30, seed=4) != random_points(space, 30, seed=5)
    assert len({tuple(point.values()) for point in points}) == 30
    few = parse_space({"learning_rate": "0.1 0.2", "hidden": "8; 16"})
    assert len(random_points(few, 30, seed=4)) == 4
    assert make_sampler(RANDOM, few, 30).points == 4
    whole = parse_space({"batch_size": "1..3"})
    assert len(random_points(whole, 30, seed=4)) == 3


def listed(sampler):
    return list(iter(sampler.ask, None))


def test_a_grid_goes_on_where_it_was_left():
    space = parse_space({"learning_rate": "0.1 0.2 0.3 0.4"})
    first = make_sampler(GRID, space)
    done, begun = first.ask(), first.ask()
    again = make_sampler(GRID, space)
    again.restore([Tried(done.number, done.point, 0.9)], [begun])
    assert (
        listed(again)
        == listed(first)
        == [
            Proposal(2, {"learning_rate": 0.3}),
            Proposal(3, {"learning_rate": 0.4}),
        ]
    )


def score(point):
    """Best at a rate of 0.05 with 64 units."""
    return -abs(point["learning_rate"] - 0.05) - abs(point["hidden"] - 64) / 100


def learn(sampler, count):
    scores = []
    for _ in range(count):
        proposal = sampler.ask()
        scores.append(score(proposal.point))
        sampler.tell(Tried(proposal.number, proposal.point, scores[-1]))
    return scores


LEARNABLE = {"learning_rate": "0.001..0.5", "hidden": "8..128", "optimiser": "sgd adam"}


def test_learning_finds_better_points_than_chance_and_repeats_itself():
    pytest.importorskip("optuna")
    space = parse_space(LEARNABLE)
    scores = learn(make_sampler(LEARNING, space, 40, seed=3), 40)
    assert scores == learn(make_sampler(LEARNING, space, 40, seed=3), 40)
    assert max(scores[20:]) > max(score(point) for point in random_points(space, 20, seed=3))


def test_learning_goes_on_with_what_an_earlier_search_learned():
    pytest.importorskip("optuna")
    space = parse_space(LEARNABLE)
    known = [Tried(n, p, score(p)) for n, p in enumerate(random_points(space, 10, seed=1))]
    known.append(Tried(10, known[0].point, None))
    known.append(Tried(11, known[1].point, 0.5, epochs=1))
    sampler = make_sampler(LEARNING, space, 14)
    sampler.restore(known, [Proposal(12, known[2].point)])
    (last,) = listed(sampler)
    assert last.number == 13
    sampler.tell(Tried(13, last.point, None))
    sampler.tell(Tried(12, known[2].point, 0.1))


def test_without_optuna_a_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "optuna", None)
    with pytest.raises(SettingsError, match="pip install") as caught:
        make_sampler(LEARNING, parse_space(LEARNABLE), 5)
    assert caught.value.field == "sampler"
