"""What a network takes is what the stored digits are, standardised and, if asked for, warped."""

import torch

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.preparation import Preparation
from engine.nn.network import Architecture, Network
from engine.nn.parameter_block import ParameterBlock
from tests.engine.digit_sets import small_set


def test_bytes_become_standardised_numbers():
    digits = small_set()
    standardise = Standardisation.of(digits)
    prepared = Preparation(standardise)
    for part in (digits.images[:32], digits.images[32:64], digits.images[64:71]):
        torch.testing.assert_close(prepared(part), standardise(part / 255), rtol=1e-5, atol=1e-5)


def test_the_next_of_the_same_length_is_written_over_it():
    digits = small_set()
    prepared = Preparation(Standardisation.of(digits))
    first, other = prepared(digits.images[:32]), prepared(digits.images[32:40])
    assert prepared(digits.images[40:72]).data_ptr() == first.data_ptr()
    assert other.data_ptr() != first.data_ptr()


def test_warps_are_those_of_the_seed():
    digits = small_set()
    standardise = Standardisation.of(digits)
    first, same, other = (Preparation(standardise, Warps(), seed)(digits.images[:9]) for seed in (1, 1, 2))
    expected = standardise(Warps()(digits.images[:9] / 255, torch.Generator().manual_seed(1)))
    assert torch.equal(first, same)
    assert not torch.equal(first, other)
    torch.testing.assert_close(first, expected)
    assert abs(float(first.min()) - float(standardise(torch.zeros(())))) < 1e-5  # paper at the edges


def test_a_network_and_its_block_are_the_same_numbers():
    network = Network(Architecture((5, 4, 3)), seed=2)
    before = network.snapshot()
    block = ParameterBlock(network)
    assert block.values.shape == block.gradients.shape == (5 * 4 + 4 + 4 * 3 + 3,)
    assert all(torch.equal(before[name], value) for name, value in network.snapshot().items())
    block.values.mul_(2)
    block.gradients.fill_(7)
    assert all(torch.equal(2 * before[name], value) for name, value in network.snapshot().items())
    assert all(bool((gradient == 7).all()) for gradient in network.gradients().values())
    network.load(before)
    torch.testing.assert_close(block.values[:20].view(5, 4), before["0.weights"])
