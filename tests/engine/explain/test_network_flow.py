"""A drawing on its way: outputs are the network's own, connections are the largest there are."""

import numpy as np
import pytest
import torch

from engine.explain.network_flow import flow_through, strongest_connections
from engine.nn.registry import ACTIVATIONS
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network


def flow_of(network, vector, temperature=1.0):
    return flow_through(network.architecture, network.snapshot(), STANDARDISE, vector, temperature)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(784, 10), (784, 30, 10), (784, 30, 20, 15, 10)])
def test_outputs_are_those_of_the_network(sizes, activation):
    network, vector = random_network(sizes, activation), drawing()
    flow = flow_of(network, vector)
    values = STANDARDISE(torch.from_numpy(vector)[None])
    torch.testing.assert_close(flow.outputs[0], values[0])
    for place, layer in enumerate(network.layers):
        values = layer(values)
        found = flow.outputs if place % 2 else (None, *flow.sums)
        torch.testing.assert_close(found[place // 2 + 1], values[0].detach(), rtol=1e-4, atol=1e-5)
    assert flow.outputs[-1] is flow.sums[-1]
    assert flow.last_layer == len(sizes) - 1
    assert [len(each) for each in flow.outputs] == list(sizes)


def test_the_answer_and_its_probability_are_softmax_at_the_temperature():
    network, vector = random_network(), drawing()
    with torch.no_grad():
        logits = network(STANDARDISE(torch.from_numpy(vector)[None]))[0]
    flow = flow_of(network, vector, temperature=2.0)
    torch.testing.assert_close(flow.probabilities, torch.softmax(logits / 2, 0))
    assert flow.answer == int(logits.argmax())
    assert flow.is_finite


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_network_that_diverged_is_noticed(bad):
    network = random_network()
    weights = network.snapshot()
    weights["1.weights"][3, 4] = bad
    assert not flow_through(network.architecture, weights, STANDARDISE, drawing()).is_finite


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_connections_are_the_largest_products(layer):
    network, vector = random_network(), drawing()
    flow = flow_of(network, vector)
    weights = network.snapshot()[f"{layer - 1}.weights"]
    products = weights * flow.outputs[layer - 1][:, None]
    sources = None if layer == 1 else [4, 0, 7, 3]
    targets = [5, 1, 9]
    seen = products[:, targets] if sources is None else products[sources][:, targets]
    found = strongest_connections(flow, layer, sources, targets, 7)
    expected = seen.abs().flatten().sort(descending=True).values[:7]
    expected = expected[expected > 0]
    np.testing.assert_allclose([abs(each.contribution) for each in found], expected.numpy(), rtol=1e-6)
    for each in found:
        assert each.target in targets
        assert sources is None or each.source in sources
        assert each.contribution == pytest.approx(float(products[each.source, each.target]))


def test_connections_that_contribute_nothing_are_none():
    network = random_network()
    flow = flow_of(network, drawing())
    silent = (flow.outputs[1] == 0).nonzero().flatten().tolist()
    assert silent  # with ReLU about half of the units are
    assert strongest_connections(flow, 2, silent, [0, 1], 5) == ()


def test_there_may_be_fewer_connections_than_asked_for():
    flow = flow_of(random_network((784, 3, 10), "elu"), drawing())
    assert len(strongest_connections(flow, 2, [0, 2], [1], 50)) == 2
