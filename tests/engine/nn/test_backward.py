"""Buffered layers against automatic differentiation: the same numbers, in memory that stays where it is."""

import pytest
import torch
from torch.nn import functional

from engine.nn.activations import ELU, LeakyReLU, ReLU, Sigmoid, Tanh
from engine.nn.backward import BufferedLinear, CrossEntropyBackward, buffered_layers
from engine.nn.gradients import ChainRule
from engine.nn.layers import Linear
from engine.nn.losses import negative_log_likelihood
from engine.nn.network import Architecture, Network


def values(seed=0, *shape):
    return torch.randn(shape or (17, 9), generator=torch.Generator().manual_seed(seed)) * 3


def linear(inputs=9, outputs=4):
    layer = Linear(inputs, outputs, torch.Generator().manual_seed(0))
    layer.bias.detach().copy_(values(7, outputs))
    for parameter in layer.parameters().values():
        parameter.grad = torch.full_like(parameter, torch.nan)
    return layer


ACTIVATIONS = [ReLU(), LeakyReLU(), LeakyReLU(0.3), ELU(), ELU(0.5), Tanh(), Sigmoid()]


@pytest.mark.parametrize("layer", ACTIVATIONS, ids=repr)
def test_an_activation_equals_its_layer_and_its_derivative(layer):
    inputs = torch.cat([values(), torch.zeros(1, 9), torch.full((1, 9), -1e4)])
    watched = inputs.clone().requires_grad_()
    expected, gradient = layer(watched), values(1, 19, 9)
    (expected * gradient).sum().backward()
    _, activation = buffered_layers([linear(9, 9), layer], 19)
    with torch.no_grad():
        activation.gradient.copy_(gradient)
        outputs = activation.forward(activation.outputs.copy_(inputs))
        torch.testing.assert_close(outputs, expected.detach())
        activation.backward(outputs, None)
    torch.testing.assert_close(activation.gradient, watched.grad)


def test_a_linear_layer_equals_its_layer_and_its_derivatives():
    layer = linear()
    watched, gradient = values().requires_grad_(), values(1, 17, 4)
    expected = layer(watched)
    each = BufferedLinear(layer, 17)
    back = torch.empty(17, 9)
    with torch.no_grad():
        torch.testing.assert_close(each.forward(watched.detach()), expected)
        each.gradient.copy_(gradient)
        each.backward(watched.detach(), back)
    found = [back, layer.weights.grad, layer.bias.grad]
    layer.weights.grad = layer.bias.grad = None
    (expected * gradient).sum().backward()
    for mine, other in zip(found, [watched.grad, layer.weights.grad, layer.bias.grad], strict=True):
        torch.testing.assert_close(mine, other)


def test_the_derivative_of_cross_entropy_is_torch_s_and_stands_extremes():
    before = BufferedLinear(linear(9, 10), 17)
    logits = values(2, 17, 10)
    logits[3] = torch.tensor([1e4, -1e4, *[0.0] * 8])
    targets = torch.arange(17) % 10
    watched = logits.clone().requires_grad_()
    functional.cross_entropy(watched, targets).backward()
    with torch.no_grad():
        CrossEntropyBackward(before).backward(logits, targets)
    torch.testing.assert_close(before.gradient, watched.grad)


@pytest.mark.parametrize("sizes", [(9, 10), (9, 7, 10), (9, 12, 8, 7, 10)], ids=str)
@pytest.mark.parametrize("activation", ["relu", "leaky-relu", "elu"])
def test_a_whole_network_has_the_gradients_of_automatic_differentiation(sizes, activation):
    architecture = Architecture(sizes, activation)
    judge, network = Network(architecture, 3), Network(architecture, 3)
    by_hand = ChainRule(network, negative_log_likelihood)
    for seed, length in enumerate([17, 5, 17, 1]):  # batches of several lengths in turn
        inputs, targets = values(seed, length, 9), torch.randint(10, (length,))
        for parameter in judge.parameters():
            parameter.grad = None
        log_probabilities = judge.log_probabilities(inputs)
        loss = negative_log_likelihood(log_probabilities, targets)
        loss.backward()
        found = by_hand(inputs, targets)
        torch.testing.assert_close(found.loss, loss.detach())
        torch.testing.assert_close(found.log_probabilities, log_probabilities.detach())
        for name, gradient in judge.gradients().items():
            torch.testing.assert_close(network.gradients()[name], gradient)


def test_a_step_takes_up_no_new_memory():
    network = Network(Architecture((784, 100, 10)))
    chain_rule = ChainRule(network, negative_log_likelihood)
    inputs, targets = values(0, 64, 784), torch.arange(64) % 10
    place = chain_rule(inputs, targets).logits.data_ptr()
    gradients = [parameter.grad.data_ptr() for parameter in network.parameters()]
    with torch.profiler.profile(profile_memory=True, acc_events=True) as profile:
        again = chain_rule(inputs, targets)
    assert again.logits.data_ptr() == place
    assert [parameter.grad.data_ptr() for parameter in network.parameters()] == gradients
    taken = sum(max(0, event.self_cpu_memory_usage) for event in profile.key_averages())
    assert taken < 64 * 100 * 4  # less than one layer's outputs


def test_an_unknown_layer_or_loss_is_refused():
    class Sine:
        def parameters(self):
            return {}

    with pytest.raises(TypeError, match="derivative of Sine"):
        buffered_layers([linear(), Sine()], 3)
    with pytest.raises(TypeError, match="one loss"):
        ChainRule(Network(Architecture((9, 10))), torch.nn.functional.nll_loss)
