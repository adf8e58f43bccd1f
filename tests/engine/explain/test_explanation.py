"""Explanations: exact where they say so, within the bound elsewhere, the gradients those of autograd."""

import numpy as np
import pytest
import torch

import resources
from engine.explain.explanation import COMPLETENESS_BOUND, Against, Method, explain
from engine.models.model_file import load_model
from engine.nn.network import Network
from engine.nn.registry import ACTIVATIONS
from tests.engine.explain.explaining import STANDARDISE, drawing, gradients, random_network, weighting

SIZES = [(784, 10), (784, 25, 10), (784, 30, 20, 10), (784, 16, 16, 16, 16, 10)]


def scores(network, explanation, vector):
    """Of blank paper and of a drawing, by the network itself."""
    ends = torch.stack([torch.zeros(784), torch.from_numpy(vector)])
    return (network(STANDARDISE(ends)) @ weighting(explanation)).tolist()


def test_a_network_without_hidden_layers_is_explained_exactly():
    network, vector = random_network((784, 10)), drawing()
    found = explain(network, STANDARDISE, vector, 3, Against.NOTHING)
    assert found.method is Method.INPUT_TIMES_WEIGHT
    weights = network.layers[0].weights.detach().numpy()
    np.testing.assert_allclose(found.contributions, vector / 0.31 * weights[:, 3], rtol=1e-5, atol=1e-7)
    bias = float(network.layers[0].bias[3].detach())
    assert found.baseline == pytest.approx(bias - 0.13 / 0.31 * weights[:, 3].sum(), rel=1e-4)
    assert found.bias == found.baseline
    assert len(found.unit_contributions) == 0
    assert abs(found.completeness_error) <= found.completeness_bound
    other = explain(network, STANDARDISE, vector, 3, Against.NOTHING, Method.GRADIENT_TIMES_INPUT)
    np.testing.assert_array_equal(other.contributions, found.contributions)


@pytest.mark.parametrize("against", Against)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_contributions_add_up_to_the_difference_from_blank_paper(activation, sizes, against):
    for seed in range(5):
        network, vector = random_network(sizes, activation, seed), drawing(seed, seed)
        found = explain(network, STANDARDISE, vector, against=against)
        blank, drawn = scores(network, found, vector)
        assert found.baseline == pytest.approx(blank, abs=1e-4)
        assert found.score == pytest.approx(drawn, abs=1e-4)
        allowed = COMPLETENESS_BOUND * max(1.0, float(np.abs(found.contributions).sum(dtype=np.float64)))
        assert abs(drawn - blank - found.contributions.sum(dtype=np.float64)) <= 2 * allowed
        assert abs(found.completeness_error) <= found.completeness_bound == pytest.approx(allowed)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradient_times_input_is_that_of_automatic_differentiation(activation, sizes):
    network, vector = random_network(sizes, activation), drawing()
    found = explain(network, STANDARDISE, vector, 4, method=Method.GRADIENT_TIMES_INPUT)
    expected = gradients(network, found, torch.from_numpy(vector)[None])[0] * vector
    np.testing.assert_allclose(found.contributions, expected, rtol=1e-4, atol=1e-5)


def test_gradient_times_input_says_what_it_misses():
    network, vector = random_network(), drawing()
    found = explain(network, STANDARDISE, vector, method=Method.GRADIENT_TIMES_INPUT)
    assert abs(found.completeness_error) > 10 * found.completeness_bound


@pytest.mark.parametrize(("sizes", "share"), [((784, 25, 10), 1e-3), ((784, 30, 20, 10), 2e-2)], ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_integrated_gradients_are_the_mean_of_many_gradients(activation, sizes, share):
    network, vector = random_network(sizes, activation), drawing()
    found = explain(network, STANDARDISE, vector)
    way = (torch.arange(4000) + 0.5) / 4000
    expected = gradients(network, found, way[:, None] * torch.from_numpy(vector)).mean(axis=0) * vector
    np.testing.assert_allclose(found.contributions, expected, atol=share * np.abs(expected).max())


def test_the_shipped_network_is_explained_within_the_bound():
    model = load_model(resources.path("weights", "shipped.safetensors"))
    network = Network.from_weights(model.architecture, model.weights)
    for digit in range(10):
        for method in (Method.INTEGRATED_GRADIENTS, Method.INPUT_TIMES_WEIGHT):
            found = explain(network, model.standardisation, drawing(digit, digit), method=method)
            assert found.method is Method.INTEGRATED_GRADIENTS
            assert abs(found.completeness_error) <= found.completeness_bound


def test_the_digit_read_is_asked_about_and_compared_with_the_next():
    network, vector = random_network(), drawing()
    logits = network(STANDARDISE(torch.from_numpy(vector)[None]))[0]
    first, second = logits.argsort(descending=True)[:2].tolist()
    found = explain(network, STANDARDISE, vector)
    assert (found.digit, found.rival) == (first, second)
    asked = explain(network, STANDARDISE, vector, second)
    assert (asked.digit, asked.rival) == (second, first)
    np.testing.assert_allclose(asked.contributions, -found.contributions, atol=1e-5)
    assert explain(network, STANDARDISE, vector, against=Against.OTHERS).rival is None


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_units_and_bias_add_up_to_the_score(activation):
    network, vector = random_network(activation=activation), drawing()
    for against in Against:
        found = explain(network, STANDARDISE, vector, 2, against)
        assert len(found.unit_contributions) == 20
        assert found.bias + found.unit_contributions.sum() == pytest.approx(found.score, abs=1e-4)


def test_paper_says_nothing_and_an_empty_drawing_is_explained():
    network, vector = random_network(), drawing()
    found = explain(network, STANDARDISE, vector)
    assert not found.contributions[vector == 0].any()
    assert found.contributions[vector > 0].any()
    empty = explain(network, STANDARDISE, np.zeros(784, np.float32))
    assert not empty.contributions.any()
    assert empty.score == empty.baseline
