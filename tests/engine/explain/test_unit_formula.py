"""A unit's sum: its terms are the largest, and with the rest and the bias they make its output."""

import numpy as np
import pytest
import torch

from engine.explain.network_flow import flow_through
from engine.explain.unit_formula import unit_formula
from engine.nn.registry import ACTIVATIONS
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network


def flow_of(network):
    return flow_through(network.architecture, network.snapshot(), STANDARDISE, drawing())


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("layer", "unit"), [(1, 0), (1, 29), (2, 11), (3, 7)])
def test_the_formula_is_true(activation, layer, unit):
    network = random_network(activation=activation)
    flow = flow_of(network)
    formula = unit_formula(flow, layer, unit, 6)
    total = sum(term.weight * term.value for term in formula.terms) + formula.rest + formula.bias
    assert total == pytest.approx(formula.sum, abs=1e-5)
    assert formula.sum == pytest.approx(float(flow.sums[layer - 1][unit]))
    assert formula.output == pytest.approx(float(flow.outputs[layer][unit]))
    if formula.activation:
        function = ACTIVATIONS[formula.activation].layer_class()
        assert float(function(torch.tensor([formula.sum]))) == pytest.approx(formula.output, abs=1e-6)
    else:
        assert layer == 3
        assert formula.output == formula.sum


def test_terms_are_the_largest_and_the_others_are_counted():
    formula = unit_formula(flow_of(random_network()), 2, 3, 5)
    sizes = np.sort(np.abs(formula.contributions))[::-1]
    np.testing.assert_allclose(
        [abs(term.weight * term.value) for term in formula.terms], sizes[:5], rtol=1e-6
    )
    assert formula.rest_count == np.count_nonzero(formula.contributions) - 5
    for term in formula.terms:
        assert term.weight == pytest.approx(formula.weights[term.source])
        assert term.weight * term.value == pytest.approx(formula.contributions[term.source])


def test_there_may_be_fewer_terms_than_asked_for():
    formula = unit_formula(flow_of(random_network((784, 3, 10), "elu")), 2, 0, 6)
    assert len(formula.terms) == 3
    assert formula.rest_count == 0
    assert formula.rest == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("layer", "unit"), [(0, 0), (4, 0), (1, 30), (1, -1)])
def test_there_is_no_other_unit(layer, unit):
    with pytest.raises(IndexError, match="no unit"):
        unit_formula(flow_of(random_network()), layer, unit, 6)
