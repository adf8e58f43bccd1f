"""The running mean of a network's weights, against one computed by hand."""

import pytest
import torch

from engine.nn.network import Architecture, Network, Weights
from engine.nn.weight_average import WeightAverage


def walk(decay: float, steps: int) -> tuple[list[Weights], Weights]:
    """The weights at the start and after each random step, and the average of them all."""
    network = Network(Architecture((3, 2)), seed=1)
    average = WeightAverage(network, decay)
    generator = torch.Generator().manual_seed(2)
    path = [network.snapshot()]
    for _ in range(steps):
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.add_(torch.randn(parameter.shape, generator=generator))
        average.update()
        path.append(network.snapshot())
    return path, average.snapshot()


def test_before_any_step_it_is_the_start() -> None:
    path, average = walk(0.9, 0)
    for name, start in path[0].items():
        assert torch.equal(average[name], start)


def test_its_beginning_is_the_plain_mean() -> None:
    path, average = walk(0.999, 20)
    for name, mean in average.items():
        torch.testing.assert_close(mean, torch.stack([weights[name] for weights in path]).mean(0))


@pytest.mark.parametrize("decay", [0.5, 0.9])
def test_later_on_it_forgets_exponentially(decay: float) -> None:
    path, average = walk(decay, 60)
    for name, mean in average.items():
        by_hand = path[0][name].double()
        for step, weights in enumerate(path[1:], start=1):
            share = max(1 - decay, 1 / (step + 1))
            by_hand = (1 - share) * by_hand + share * weights[name].double()
        torch.testing.assert_close(mean.double(), by_hand, rtol=1e-5, atol=1e-6)


def test_the_network_and_earlier_copies_stay_as_they_are() -> None:
    network = Network(Architecture((3, 2)))
    before = network.snapshot()
    average = WeightAverage(network)
    early = average.snapshot()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(1)
    average.update()
    for name, start in before.items():
        assert torch.equal(network.named_parameters()[name], start + 1)
        assert torch.equal(early[name], start)
        assert not torch.equal(average.snapshot()[name], start)
