"""Labelled digits and what is taken off their pixels."""

import numpy as np
import pytest
import torch

from engine.data.digits import Digits, Standardisation
from engine.data.mnist.digit_data import load_mnist_training


def numbered(count: int, name: str = "test") -> Digits:
    """Digits whose first two pixels say their number."""
    images = torch.zeros(count, 784, dtype=torch.uint8)
    images[:, 0] = torch.arange(count) % 256
    images[:, 1] = torch.arange(count) // 256
    return Digits(images, torch.arange(count) % 10, name)


def numbers(digits: Digits) -> list[int]:
    return (digits.images[:, 0].long() + 256 * digits.images[:, 1].long()).tolist()


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        (torch.zeros(3, 784), torch.zeros(3, dtype=torch.int64)),
        (torch.zeros(3, 28, 28, dtype=torch.uint8), torch.zeros(3, dtype=torch.int64)),
        (torch.zeros(3, 783, dtype=torch.uint8), torch.zeros(3, dtype=torch.int64)),
        (torch.zeros(3, 784, dtype=torch.uint8), torch.zeros(2, dtype=torch.int64)),
        (torch.zeros(3, 784, dtype=torch.uint8), torch.zeros(3, dtype=torch.int32)),
        (torch.zeros(3, 784, dtype=torch.uint8), torch.zeros(3, 1, dtype=torch.int64)),
    ],
)
def test_other_shapes_and_types_are_refused(images: torch.Tensor, labels: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="must be"):
        Digits(images, labels, "test")


def test_intensities_run_from_paper_to_ink() -> None:
    images = torch.full((1, 784), 255, dtype=torch.uint8)
    images[0, :2] = torch.tensor([0, 51])
    intensities = Digits(images, torch.tensor([1]), "test").intensities()
    assert intensities.dtype == torch.float32
    assert intensities[0, :3].tolist() == pytest.approx([0.0, 0.2, 1.0])


def test_digits_are_taken_by_number_or_by_mask() -> None:
    digits = numbered(6)
    assert numbers(digits.take(torch.tensor([4, 1]))) == [4, 1]
    assert numbers(digits.take(digits.labels > 3)) == [4, 5]
    assert digits.take(torch.tensor([4])).labels.tolist() == [4]


def test_a_split_keeps_every_digit_once_and_repeats_with_its_seed() -> None:
    digits = numbered(1000)
    kept, held_out = digits.split(300, seed=3)
    assert (len(kept), len(held_out)) == (700, 300)
    assert sorted(numbers(kept) + numbers(held_out)) == list(range(1000))
    assert [n % 10 for n in numbers(held_out)] == held_out.labels.tolist()
    assert numbers(digits.split(300, seed=3)[1]) == numbers(held_out)
    assert numbers(digits.split(300, seed=4)[1]) != numbers(held_out)


def test_joined_sets_stand_one_behind_the_other() -> None:
    joined = numbered(3, "first").joined(numbered(2, "second"))
    assert numbers(joined) == [0, 1, 2, 0, 1]
    assert joined.name == "first and second"


def test_standardisation_equals_numpy_s_figures() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (50, 784), dtype=np.uint8)
    digits = Digits(torch.from_numpy(pixels), torch.zeros(50, dtype=torch.int64), "test")
    measured = Standardisation.of(digits)
    assert measured.mean == pytest.approx((pixels / 255).mean(), rel=1e-9)
    assert measured.standard_deviation == pytest.approx((pixels / 255).std(), rel=1e-9)
    standardised = measured(digits.intensities())
    assert float(standardised.mean()) == pytest.approx(0, abs=1e-5)
    assert float(standardised.std(correction=0)) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("level", [0, 7, 255])
def test_a_set_without_contrast_stays_finite(level: int) -> None:
    digits = Digits(torch.full((4, 784), level, dtype=torch.uint8), torch.zeros(4, dtype=torch.int64), "test")
    standardised = Standardisation.of(digits)(digits.intensities())
    assert standardised.isfinite().all()
    assert standardised.abs().max() < 1e-3


def test_mnist_s_figures_are_the_well_known_ones(mnist_folder) -> None:
    training, validation = load_mnist_training(mnist_folder)
    measured = Standardisation.of(training.joined(validation))
    assert measured.mean == pytest.approx(0.1307, abs=5e-5)
    assert measured.standard_deviation == pytest.approx(0.3081, abs=5e-5)
