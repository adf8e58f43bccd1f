"""What goes into the activation of the first hidden layer is what the network computes there."""

import pytest
import torch

from engine.explain.hidden_inputs import hidden_inputs
from tests.engine.explain.explaining import STANDARDISE, drawing, random_network


@pytest.mark.parametrize("sizes", [(784, 12, 10), (784, 30, 20, 10)])
def test_the_sums_go_through_the_activation(sizes):
    network, vector = random_network(sizes, "elu"), drawing()
    found = hidden_inputs(network, STANDARDISE, vector)
    inputs = STANDARDISE(torch.from_numpy(vector)[None])
    assert found.activation == "elu"
    torch.testing.assert_close(torch.tensor(found.sums), network.layers[0](inputs)[0].detach())
    torch.testing.assert_close(
        network.layers[1](torch.tensor(found.sums)), network.layers[1](network.layers[0](inputs))[0].detach()
    )


def test_without_a_hidden_layer_no_activation_stands_anywhere():
    assert hidden_inputs(random_network((784, 10)), STANDARDISE, drawing()) is None
