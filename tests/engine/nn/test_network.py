"""The network against torch.nn's, and what may go into it and come out of it."""

from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn import functional

from engine.errors import SettingsError
from engine.nn.losses import negative_log_likelihood
from engine.nn.network import Architecture, Network

ACTIVATIONS = {"relu": nn.ReLU, "leaky-relu": lambda: nn.LeakyReLU(0.01), "elu": nn.ELU}


def judge_of(network: Network) -> nn.Sequential:
    """The same network built from torch's own layers."""
    weights = network.snapshot()
    sizes = network.architecture.sizes
    layers: list[nn.Module] = []
    for index, (inputs, outputs) in enumerate(pairwise(sizes)):
        if index:
            layers.append(ACTIVATIONS[network.architecture.activation]())
        linear = nn.Linear(inputs, outputs)
        with torch.no_grad():
            linear.weight.copy_(weights[f"{index}.weights"].T)
            linear.bias.copy_(weights[f"{index}.bias"])
        layers.append(linear)
    return nn.Sequential(*layers)


def samples(count: int, inputs: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    return torch.randn(count, inputs, generator=generator), torch.arange(count) % 10


@pytest.mark.parametrize("hidden", [(), (7,), (12, 5), (6, 5, 4, 3, 8)])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_any_depth_equals_torch_s_in_value_and_gradient(hidden: tuple[int, ...], activation: str) -> None:
    network = Network(Architecture((20, *hidden, 10), activation), seed=3)
    judge = judge_of(network)
    inputs, targets = samples(33, 20)
    torch.testing.assert_close(network(inputs), judge(inputs))
    negative_log_likelihood(network.log_probabilities(inputs), targets).backward()
    functional.cross_entropy(judge(inputs), targets).backward()
    gradients = {name: parameter.grad for name, parameter in network.named_parameters().items()}
    for index, layer in enumerate(layer for layer in judge if isinstance(layer, nn.Linear)):
        torch.testing.assert_close(gradients[f"{index}.weights"], layer.weight.grad.T)
        torch.testing.assert_close(gradients[f"{index}.bias"], layer.bias.grad)


def test_without_hidden_layers_it_is_logistic_regression() -> None:
    network = Network(Architecture((784, 10)))
    assert len(network.layers) == 1
    assert [tuple(parameter.shape) for parameter in network.parameters()] == [(784, 10), (10,)]


def test_the_seed_decides_the_first_weights() -> None:
    architecture = Architecture((20, 7, 10))
    first, again, other = (Network(architecture, seed).snapshot() for seed in (1, 1, 2))
    for name, weights in first.items():
        assert torch.equal(weights, again[name])
    assert not torch.equal(first["0.weights"], other["0.weights"])
    assert not torch.equal(first["0.weights"][:7], first["1.weights"][:7, :7])


def test_an_untrained_network_keeps_the_size_of_its_signal() -> None:
    network = Network(Architecture((784, *[256] * 6, 10)))
    spread = float(network(samples(64, 784)[0]).detach().std())
    assert 0.3 < spread < 3


def test_a_snapshot_is_a_copy() -> None:
    network = Network(Architecture((4, 3, 2)))
    snapshot = network.snapshot()
    kept = {name: weights.clone() for name, weights in snapshot.items()}
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(1)
    for name, weights in snapshot.items():
        assert torch.equal(weights, kept[name])
        assert not weights.requires_grad
        assert weights.device.type == "cpu"


def test_loading_takes_copies_and_keeps_the_parameters_that_an_optimiser_knows() -> None:
    network = Network(Architecture((4, 2)))
    known = network.parameters()
    given = {name: torch.full(shape, 0.5) for name, shape in network.architecture.shapes().items()}
    network.load(given)
    given["0.bias"].zero_()
    assert all(torch.equal(parameter, torch.full_like(parameter, 0.5)) for parameter in known)
    assert all(parameter.requires_grad for parameter in known)


def without(weights, name):
    return {key: tensor for key, tensor in weights.items() if key != name}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda weights: {**weights, "1.bias": torch.zeros(3)},
        lambda weights: {**weights, "1.bias": torch.zeros(1, 2)},
        lambda weights: {**weights, "0.weights": weights["0.weights"].T},
        lambda weights: {**weights, "2.bias": torch.zeros(2)},
        lambda weights: without(weights, "1.weights"),
        lambda weights: {},
    ],
)
def test_weights_of_another_network_are_refused_and_change_nothing(spoil) -> None:
    network = Network(Architecture((4, 3, 2)), seed=1)
    before = network.snapshot()
    with pytest.raises(ValueError, match="4-3-2"):
        network.load(spoil(Network(network.architecture, seed=2).snapshot()))
    for name, weights in network.snapshot().items():
        assert torch.equal(weights, before[name])


def test_a_network_made_of_weights_answers_as_the_one_they_came_from() -> None:
    network = Network(Architecture((20, 7, 10), "elu"), seed=4)
    inputs, _ = samples(5, 20)
    copy = Network.from_weights(network.architecture, network.snapshot())
    assert torch.equal(copy(inputs), network(inputs))


def test_it_describes_itself() -> None:
    assert Architecture((784, 512, 256, 10)).describe() == "784-512-256-10"


@pytest.mark.parametrize("sizes", [(), (784,), (784, 0, 10), (784, -3, 10)])
def test_a_layer_without_units_is_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(SettingsError) as caught:
        Architecture(sizes)
    assert caught.value.field == "hidden"


def test_an_unknown_activation_is_refused() -> None:
    with pytest.raises(SettingsError, match="swish") as caught:
        Architecture((784, 10), "swish")
    assert caught.value.field == "activation"
