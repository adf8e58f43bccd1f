"""Mini-batches: everything once an epoch, in an order that only the seed decides."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.data.mini_batches.batches import Batches


def numbered(count: int, batch_size: int, seed: int = 0) -> Batches:
    """Batches of inputs that say their own number, as do their targets."""
    numbers = torch.arange(count)
    return Batches(numbers[:, None].float(), numbers, batch_size, seed)


def orders(batches: Batches, epochs: int) -> list[list[int]]:
    return [[int(n) for _, targets in batches for n in targets] for _ in range(epochs)]


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 2**40))
def test_an_epoch_shows_each_sample_once_with_its_own_target(count: int, batch_size: int, seed: int) -> None:
    batches = numbered(count, batch_size, seed)
    parts = [(inputs.clone(), targets.clone()) for inputs, targets in batches]  # each is written over
    assert len(parts) == len(batches)
    assert [len(targets) for _, targets in parts[:-1]] == [batch_size] * (len(parts) - 1)
    assert 1 <= len(parts[-1][1]) <= batch_size
    for inputs, targets in parts:
        assert inputs[:, 0].tolist() == targets.tolist()
    assert sorted(int(n) for _, targets in parts for n in targets) == list(range(count))


def test_each_epoch_has_another_order_and_the_same_seed_the_same_ones() -> None:
    first, again, other = (orders(numbered(50, 8, seed), 3) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert first[0] != first[1] != first[2]
    assert first[0] != list(range(50))


def test_samples_are_shuffled_rather_than_whole_batches() -> None:
    for inputs, _ in numbered(64, 8):
        numbers = inputs[:, 0]
        assert not torch.equal(numbers.diff(), torch.ones(7))


def test_the_global_generator_is_neither_used_nor_moved() -> None:
    before = torch.random.get_rng_state()
    first = orders(numbered(50, 8), 1)
    assert torch.equal(torch.random.get_rng_state(), before)
    torch.rand(3)
    assert orders(numbered(50, 8), 1) == first


def test_an_epoch_given_up_does_not_spoil_the_next() -> None:
    batches = numbered(20, 4)
    next(iter(batches))
    assert sorted(orders(batches, 1)[0]) == list(range(20))


@pytest.mark.parametrize("at_once", [2, 3, 100])
def test_batches_prepared_together_are_the_same_batches(at_once: int) -> None:
    numbers = torch.arange(50)
    lengths: list[int] = []

    def prepare(inputs: torch.Tensor) -> torch.Tensor:
        lengths.append(len(inputs))
        return 2 * inputs

    together = Batches(numbers[:, None].float(), numbers, 8, 1, prepare, at_once)
    for inputs, targets in together:
        assert inputs[:, 0].tolist() == (2 * targets).tolist()
    assert lengths == [min(8 * at_once, 50 - first) for first in range(0, 50, 8 * at_once)]
    together = Batches(numbers[:, None].float(), numbers, 8, 1, prepare, at_once)
    assert orders(together, 2) == orders(numbered(50, 8, 1), 2)
