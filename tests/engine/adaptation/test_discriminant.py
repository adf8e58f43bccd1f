"""A last layer calculated at once."""

import pytest
import torch

from engine.adaptation.discriminant import discriminant


def test_it_divides_clouds_half_way_between_their_means() -> None:
    random = torch.Generator().manual_seed(0)
    means = torch.tensor([[3.0, 0.0, 5.0], [7.0, 0.0, 5.0], [5.0, 4.0, 5.0]])
    labels = torch.arange(3).repeat(400)
    units = means[labels] + torch.randn(1200, 3, generator=random)
    weights, bias = discriminant(units, labels, 3)
    logits = units @ weights + bias
    assert (logits.argmax(dim=1) == labels).float().mean() > 0.93
    assert float(logits.std()) == pytest.approx(4.0, abs=0.05)
    half_way = (means[0] + means[1]) / 2 @ weights + bias
    assert float(half_way[0] - half_way[1]) == pytest.approx(0.0, abs=0.5)


def test_what_spreads_within_classes_counts_for_less() -> None:
    random = torch.Generator().manual_seed(0)
    labels = torch.arange(2).repeat(500)
    units = labels[:, None] + torch.randn(1000, 2, generator=random) * torch.tensor([0.2, 2.0])
    weights, _ = discriminant(units, labels, 2)
    told = (weights[:, 1] - weights[:, 0]).abs()
    assert told[0] > 1.5 * told[1]


def test_units_that_never_say_anything_give_a_layer_that_says_nothing() -> None:
    weights, bias = discriminant(torch.zeros(6, 4), torch.tensor([0, 0, 1, 1, 2, 2]), 3)
    assert not weights.any()
    assert not bias.any()
