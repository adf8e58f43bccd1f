import pytest
import torch

from engine.adaptation.interpolation import farthest_that_keeps, interpolate
from engine.nn.network import Architecture

ARCHITECTURE = Architecture((1, 2))
# Answers 0 for inputs below its boundary and 1 above it.
INPUTS = torch.arange(10, dtype=torch.float32)[:, None]


def boundary_at(place: float):
    return {"0.weights": torch.tensor([[0.0, 1.0]]), "0.bias": torch.tensor([0.0, -place])}


def test_ends_and_middle_of_the_way():
    old, new = boundary_at(2.0), boundary_at(6.0)
    for share, place in ((0, 2.0), (0.5, 4.0), (1, 6.0)):
        between = interpolate(old, new, share)
        assert all(torch.equal(between[name], weights) for name, weights in boundary_at(place).items())


@pytest.mark.parametrize(
    ("most_lost", "place"),
    [
        (0.0, 4.95),  # a tenth of the way is the least
        (0.15, 5.85),  # 5 alone is lost
        (0.25, 6.75),  # 5 and 6 are
        (1.0, 9.0),
    ],
)
def test_goes_as_far_as_the_known_set_allows(most_lost, place):
    targets = (INPUTS[:, 0] > 4.5).long()
    found = farthest_that_keeps(ARCHITECTURE, boundary_at(4.5), boundary_at(9.0), INPUTS, targets, most_lost)
    assert float(found["0.bias"][1]) == pytest.approx(-place)


def test_a_tenth_of_the_way_is_gone_at_least():
    targets = (INPUTS[:, 0] > 4.5).long()
    found = farthest_that_keeps(ARCHITECTURE, boundary_at(4.5), boundary_at(45.0), INPUTS, targets, 0.0)
    assert float(found["0.bias"][1]) == pytest.approx(-8.55)
