import pytest
import torch

from engine.data.mini_batches.augmentation import Warps
from tests.engine.digit_sets import small_set


def warped(seed=1, **bounds):
    return Warps(**bounds)(small_set().intensities(), torch.Generator().manual_seed(seed))


def still(**bounds):
    return {"turn_degrees": 0, "shear": 0, "stretch": 0, "shift_pixels": 0, "bend_pixels": 0, **bounds}


def test_no_bounds_change_nothing():
    torch.testing.assert_close(warped(**still()), small_set().intensities(), atol=1e-4, rtol=0)


def test_the_seed_decides():
    assert torch.equal(warped(1), warped(1))
    assert not torch.equal(warped(1), warped(2))


@pytest.mark.parametrize(
    "bounds",
    [{"turn_degrees": 20}, {"shear": 0.3}, {"stretch": 0.2}, {"shift_pixels": 2}, {"bend_pixels": 1.5}],
)
def test_each_bound_changes_every_digit_its_own_way(bounds):
    images = small_set().intensities()
    changed = warped(**still(**bounds))
    assert ((changed - images).abs().sum(1) > 1).float().mean() > 0.9
    assert changed.min() >= -1e-5
    assert changed.max() <= 1 + 1e-5


def test_a_shift_moves_by_at_most_its_bound():
    image = torch.zeros(500, 28, 28)
    image[:, 14, 14] = 1.0
    moved = Warps(**still(shift_pixels=3))(image.view(500, 784), torch.Generator().manual_seed(0)).view(
        500, 28, 28
    )
    rows, columns = moved.sum(2) @ torch.arange(28.0), moved.sum(1) @ torch.arange(28.0)
    assert (rows - 14).abs().max() <= 3.01
    assert (columns - 14).abs().max() <= 3.01
    assert (columns - 14).abs().max() > 2.5
