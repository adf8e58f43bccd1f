"""SGD and Adam three ways: each equals torch.optim's for ten steps, repeats bitwise, approaches a target."""

import pytest
import torch

from engine.nn.optimisers import SGD, Adam


def descend(make, steps=10, schedule=None):
    """Ten steps on a bumpy bowl; the parameters after each."""
    generator = torch.Generator().manual_seed(3)
    parameters = [torch.randn(4, 3, generator=generator).requires_grad_(), torch.ones(3, requires_grad=True)]
    optimiser = make(parameters)
    path = []
    for step in range(steps):
        if schedule:
            schedule(optimiser, step)
        loss = (parameters[0].pow(2).sum() + (parameters[0] @ parameters[1]).cos().sum()) / 3
        for parameter in parameters:
            parameter.grad = None
        loss.backward()
        optimiser.step()
        path.append([parameter.detach().clone() for parameter in parameters])
    return path


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("weight_decay", [0.0, 0.01])
def test_ten_steps_equal_torch_s(momentum, weight_decay):
    ours = descend(lambda p: SGD(p, 0.1, momentum, weight_decay))
    theirs = descend(lambda p: torch.optim.SGD(p, 0.1, momentum=momentum, weight_decay=weight_decay))
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine, other)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("weight_decay", [0.0, 0.01])
def test_ten_steps_of_adam_equal_torch_s(momentum, weight_decay):
    ours = descend(lambda p: Adam(p, 0.1, momentum, weight_decay))
    theirs = descend(lambda p: torch.optim.Adam(p, 0.1, betas=(momentum, 0.999), weight_decay=weight_decay))
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine, other)


def test_a_rate_that_changes_equals_torch_s():
    def theirs(optimiser, step):
        optimiser.param_groups[0]["lr"] = 0.1 / (1 + step)

    def ours(optimiser, step):
        optimiser.learning_rate = 0.1 / (1 + step)

    torch.testing.assert_close(
        descend(lambda p: SGD(p, 0.1, 0.9), schedule=ours)[-1],
        descend(lambda p: torch.optim.SGD(p, 0.1, momentum=0.9), schedule=theirs)[-1],
    )


@pytest.mark.parametrize("kind", [SGD, Adam])
def test_it_repeats_bitwise(kind):
    first, again = (descend(lambda p: kind(p, 0.1, 0.9, 0.01)) for _ in range(2))
    assert all(
        torch.equal(a, b) for x, y in zip(first, again, strict=True) for a, b in zip(x, y, strict=True)
    )


@pytest.mark.parametrize("kind", [SGD, Adam])
def test_it_approaches_a_target(kind):
    target = torch.tensor([1.0, -2.0, 3.0])
    place = torch.zeros(3, requires_grad=True)
    optimiser = kind([place], 0.1, 0.9)
    for _ in range(400):
        place.grad = None
        (place - target).pow(2).sum().backward()
        optimiser.step()
    torch.testing.assert_close(place.detach(), target, atol=2e-3, rtol=0)


@pytest.mark.parametrize("kind", [SGD, Adam])
def test_a_parameter_without_a_gradient_stays(kind):
    parameter = torch.ones(2, requires_grad=True)
    kind([parameter], 0.1, 0.9, 0.1).step()
    assert torch.equal(parameter, torch.ones(2))


def test_gradients_that_are_added_up_equal_torch_s():
    """The velocity is no second name of the gradient, which changes when nobody forgets it."""

    def add_up(make):
        place = torch.ones(3, requires_grad=True)
        optimiser = make([place])
        for _ in range(5):
            (place - 2).pow(2).sum().backward()
            optimiser.step()
        return place.detach()

    ours = add_up(lambda p: SGD(p, 0.01, 0.9))
    torch.testing.assert_close(ours, add_up(lambda p: torch.optim.SGD(p, 0.01, momentum=0.9)))
