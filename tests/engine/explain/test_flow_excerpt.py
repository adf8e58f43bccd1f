"""What a picture has room for: the most active units in steady places, the rest counted."""

import pytest
import torch

from engine.explain.flow_excerpt import FlowExcerpts
from engine.explain.network_flow import flow_through
from engine.explain.steady_units import SteadyUnits
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network


def flow_of(network, digit=7, seed=0):
    return flow_through(network.architecture, network.snapshot(), STANDARDISE, drawing(digit, seed))


def test_the_most_active_units_get_the_places_in_order_of_their_numbers():
    activity = torch.tensor([0.0, 5.0, 1.0, 4.0, 2.0, 3.0])
    assert SteadyUnits().choose(activity, 3) == (1, 3, 5)


def test_where_there_is_room_every_unit_has_its_own_place():
    steady = SteadyUnits()
    for activity in (torch.tensor([0.0, 2.0, 1.0]), torch.tensor([3.0, 0.0, 9.0])):
        assert steady.choose(activity, 3) == (0, 1, 2)
        assert steady.choose(activity, 8) == (0, 1, 2)


def test_units_keep_their_places_while_activity_changes_a_little():
    steady = SteadyUnits()
    first = torch.tensor([1.0, 1.1, 0.9, 1.05, 0.2])
    chosen = steady.choose(first, 3)
    assert chosen == (0, 1, 3)
    for activity in ([0.9, 1.0, 1.1, 0.95, 0.2], [1.0, 0.9, 1.1, 1.0, 1.05], [1.2, 1.0, 1.2, 1.2, 1.2]):
        assert steady.choose(torch.tensor(activity), 3) == chosen


def test_a_much_more_active_unit_takes_the_place_of_the_quietest():
    steady = SteadyUnits()
    steady.choose(torch.tensor([1.0, 2.0, 3.0, 0.0]), 3)
    assert steady.choose(torch.tensor([1.0, 2.0, 3.0, 9.0]), 3) == (3, 1, 2)
    assert steady.choose(torch.tensor([0.0, 0.0, 0.0, 9.0]), 3) == (3, 1, 2)


def test_a_unit_that_is_kept_stays_where_it_is_however_quiet():
    steady = SteadyUnits()
    steady.choose(torch.tensor([1.0, 2.0, 3.0, 0.0, 0.5]), 3)
    assert steady.choose(torch.tensor([1.0, 2.0, 3.0, 0.0, 0.5]), 3, kept=3) == (3, 1, 2)
    for activity in ([5.0, 2.0, 3.0, 0.0, 0.5], [5.0, 0.1, 0.1, 0.0, 7.0]):
        assert steady.choose(torch.tensor(activity), 3, kept=3)[0] == 3
    assert steady.choose(torch.tensor([5.0, 0.1, 6.0, 0.0, 7.0]), 3)[0] != 3


def test_units_never_have_two_places():
    steady, generator = SteadyUnits(), torch.Generator().manual_seed(0)
    for step in range(200):
        activity = torch.rand(50, generator=generator)
        places = 12 if step % 20 else 9
        chosen = steady.choose(activity, places, kept=step % 50 if step % 3 else None)
        assert len(set(chosen)) == places


@pytest.mark.parametrize("sizes", [(784, 10), (784, 100, 10), (784, 512, 256, 10)])
def test_an_excerpt_counts_what_it_leaves_out(sizes):
    flow = flow_of(random_network(sizes))
    excerpt = FlowExcerpts().take(flow, 16, 60)
    assert [layer.size for layer in excerpt.layers] == list(sizes[1:])
    for number, layer in enumerate(excerpt.layers, 1):
        assert layer.rest_count == max(0, layer.size - 16)
        outputs = flow.outputs[number]
        assert layer.outputs == pytest.approx(outputs[list(layer.units)].tolist())
        assert layer.limit == pytest.approx(float(outputs.abs().max()))
    assert excerpt.layers[-1].units == tuple(range(10))
    assert excerpt.answer == flow.answer
    assert excerpt.image.shape == (28, 28)
    for number, connections in enumerate(excerpt.connections):
        assert 0 < len(connections) <= 60
        sizes_found = [abs(each.contribution) for each in connections]
        assert sizes_found == sorted(sizes_found, reverse=True)
        assert {each.target for each in connections} <= set(excerpt.layers[number].units)
        if number:
            assert {each.source for each in connections} <= set(excerpt.layers[number - 1].units)


def test_one_unit_has_its_own_connections_alone_and_a_place():
    flow = flow_of(random_network((784, 60, 40, 10)))
    quietest = int(flow.outputs[1].argmin())
    excerpt = FlowExcerpts().take(flow, 12, 30, (1, quietest))
    assert quietest in excerpt.layers[0].units
    assert {each.target for each in excerpt.connections[0]} == {quietest}
    assert {each.source for each in excerpt.connections[1]} <= {quietest}
    assert excerpt.connections[2] == ()
    excerpt = FlowExcerpts().take(flow, 12, 30, (3, 7))
    assert excerpt.connections[0] == excerpt.connections[1] == ()
    assert {each.target for each in excerpt.connections[2]} == {7}


def test_places_are_kept_from_one_drawing_to_the_next_and_given_anew_to_another_network():
    excerpts, network = FlowExcerpts(), random_network((784, 100, 10))
    before = excerpts.take(flow_of(network), 12, 30).layers[0].units
    after = excerpts.take(flow_of(network, seed=1), 12, 30).layers[0].units
    stayed = set(before) & set(after)
    assert stayed
    assert all(before.index(unit) == after.index(unit) for unit in stayed)
    other = excerpts.take(flow_of(random_network((784, 5, 10))), 12, 30)
    assert other.layers[0].units == (0, 1, 2, 3, 4)
