import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from engine.data.digits import Digits, Standardisation
from engine.data.handwriting.digit_shapes import families
from engine.data.handwriting.synthetic_digits import make_handwriting, random_ink
from engine.errors import DataError
from engine.preprocessing.normaliser import normalise_ink
from engine.settings import TrainingSettings
from engine.training.fit import EpochCompleted, fit


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """One thread of torch: two on a busy machine wait for each other far longer than they work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def digits() -> Digits:
    return make_handwriting(3_000, seed=3)


def test_same_seed_writes_the_same_digits() -> None:
    first, second = make_handwriting(700, seed=11), make_handwriting(700, seed=11)
    assert torch.equal(first.images, second.images)
    assert torch.equal(first.labels, second.labels)


def test_another_seed_writes_others() -> None:
    first, second = make_handwriting(100, seed=11), make_handwriting(100, seed=12)
    assert not torch.equal(first.images, second.images)


def test_every_digit_is_written_equally_often(digits: Digits) -> None:
    assert torch.bincount(digits.labels, minlength=10).tolist() == [300] * 10
    counts = torch.bincount(make_handwriting(26, seed=1).labels, minlength=10)
    assert int(counts.max() - counts.min()) == 1


def test_labels_are_shuffled(digits: Digits) -> None:
    assert len(digits.labels[:100].unique()) == 10
    assert not torch.equal(digits.labels[:10], digits.labels[10:20])


def test_images_are_grey_digits_on_paper(digits: Digits) -> None:
    assert digits.name == "built-in handwriting"
    assert digits.images.dtype == torch.uint8
    assert digits.images.shape == (3_000, 784)
    assert (digits.images.amax(dim=1) > 200).all()
    assert (digits.images == 0).float().mean() > 0.5
    # MNIST has 0.1307 and 0.3081: networks of one are to read the other.
    standardisation = Standardisation.of(digits)
    assert standardisation.mean == pytest.approx(0.1307, abs=0.015)
    assert standardisation.standard_deviation == pytest.approx(0.3081, abs=0.02)


def test_no_digit_is_written_twice(digits: Digits) -> None:
    assert len(digits.images.unique(dim=0)) == len(digits)


@pytest.mark.parametrize("count", [0, -1])
def test_nothing_to_write_is_refused(count: int) -> None:
    with pytest.raises(DataError, match="no digits to write"):
        make_handwriting(count, seed=1)


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    make_handwriting(1_700, 1, shares.append)
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] == 1.0


def test_reports_change_nothing() -> None:
    told = make_handwriting(600, 1, lambda share: None, lambda: False)
    assert torch.equal(told.images, make_handwriting(600, 1).images)


def test_cancelling_stops_early() -> None:
    shares: list[float] = []
    with pytest.raises(DataError, match="stopped"):
        make_handwriting(100_000, 1, shares.append, lambda: len(shares) >= 2)
    assert len(shares) == 2


@pytest.mark.parametrize("label", range(10))
def test_random_ink_is_a_drawing(label: int) -> None:
    for seed in range(20):
        ink = random_ink(label, seed)
        points = [point for stroke in ink.strokes for point in stroke]
        assert all(len(stroke) >= 2 for stroke in ink.strokes)
        assert len(points) > 10
        assert all(math.isfinite(number) for point in points for number in point)
        assert all(0 <= point.x <= 1000 and 0 <= point.y <= 1000 for point in points)
        times = [point.time_ms for point in points]
        assert times[0] == 0
        assert all(before < after for before, after in itertools.pairwise(times))
        assert normalise_ink(ink).max() == pytest.approx(1.0)


def test_random_ink_follows_its_seed() -> None:
    assert random_ink(4, 5) == random_ink(4, 5)
    assert random_ink(4, 5) != random_ink(4, 6)


@pytest.mark.parametrize("label", [-1, 10])
def test_random_ink_of_no_digit_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="0 to 9"):
        random_ink(label, 1)


@pytest.mark.parametrize("digit", range(10))
def test_variants_of_a_family_share_their_strokes(digit: int) -> None:
    assert families(digit)
    for family in families(digit):
        assert family.share > 0
        assert family.variants.shape == (len(family.variants), sum(family.strokes), 2)
        assert family.corners.shape == (sum(family.strokes),)
        assert min(family.strokes) >= 2
        assert np.isfinite(family.variants).all()


def test_a_small_network_learns_to_read_digits_of_another_seed(digits: Digits) -> None:
    settings = TrainingSettings(hidden=(64,), epochs=5)
    fresh = make_handwriting(1_000, seed=4)
    results = list(fit(digits, fresh, settings, Standardisation.of(digits)))
    epochs = [result for result in results if isinstance(result, EpochCompleted)]
    # Chance is 0.1.
    assert epochs[-1].validation_accuracy > 0.85


def test_random_ink_is_read_as_its_digit(digits: Digits) -> None:
    inks = np.array([normalise_ink(random_ink(label, seed)) for label in range(10) for seed in range(20)])
    images = torch.from_numpy(np.rint(inks * 255).astype(np.uint8))
    drawn = Digits(images, torch.arange(10).repeat_interleave(20), "ink")
    results = list(fit(digits, drawn, TrainingSettings(hidden=(64,)), Standardisation.of(digits)))
    epochs = [result for result in results if isinstance(result, EpochCompleted)]
    assert epochs[-1].validation_accuracy > 0.8
