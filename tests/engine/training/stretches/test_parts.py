"""The plan of an epoch, and the numbers of its steps."""

import pytest
import torch

from engine.data.digits import Standardisation
from engine.data.mini_batches.augmentation import Warps
from engine.data.mini_batches.batches import Batches
from engine.data.mini_batches.preparation import Preparation
from engine.nn.schedules import SCHEDULES
from engine.settings import TrainingSettings
from engine.training.stretches.digits import StretchDigits
from engine.training.stretches.numbers import MISSING_MEAN, MISSING_SQUARE, RATE, SHARE, numbers_of
from engine.training.stretches.plan import stretches_of
from tests.engine.digit_sets import small_set


@pytest.mark.parametrize(
    ("digits", "batch_size"),
    [(60_000, 64), (60_000, 256), (60_000, 8192), (400, 64), (10, 10), (10, 3), (65, 1)],
)
def test_a_plan_has_all_mini_batches_in_at_most_two_kinds_of_stretches(digits, batch_size):
    plan = stretches_of(digits, batch_size)
    lengths = [length for stretch in plan for length in stretch]
    assert sum(lengths) == digits
    assert set(lengths[:-1]) <= {batch_size}
    assert len(set(plan)) <= 2
    assert all(sum(stretch) <= max(16_384, batch_size) for stretch in plan)


def test_numbers_are_those_of_schedule_optimiser_and_average():
    settings = TrainingSettings(momentum=0.8, learning_rate=0.3)
    numbers = numbers_of(settings, 5, 4, 21)
    for row, step in enumerate(range(5, 9)):
        assert float(numbers[row, 0, RATE]) == pytest.approx(0.3 * SCHEDULES["one-cycle"](step / 20))
        assert float(numbers[row, 0, MISSING_MEAN]) == pytest.approx(1 - 0.8 ** (step + 1))
        assert float(numbers[row, 0, MISSING_SQUARE]) == pytest.approx(1 - 0.999 ** (step + 1), rel=1e-4)
        assert float(numbers[row, 0, SHARE]) == pytest.approx(1 / (step + 2))


@pytest.mark.parametrize("warps", [None, Warps(), Warps(bend_pixels=0)], ids=str)
def test_digits_of_a_stretch_are_those_of_its_mini_batches(warps):
    digits = small_set()
    standardisation = Standardisation.of(digits)
    stretch = StretchDigits(digits, standardisation, warps, 3, "cpu")
    batches = Batches(digits.images, digits.labels, 150, 3, Preparation(standardisation, warps, 3))
    for _ in range(2):
        drawn = stretch.draw((150, 150, 100))
        inputs, targets = stretch.prepare(stretch.order(), drawn)
        expected = [(images.clone(), labels) for images, labels in batches]
        torch.testing.assert_close(
            inputs, torch.cat([images for images, _ in expected]), atol=1e-4, rtol=1e-4
        )
        assert torch.equal(targets, torch.cat([labels for _, labels in expected]))
