import numpy as np
import pytest

from engine.data.stroke_augmentation import StrokeWarps
from engine.preprocessing.normaliser import normalise_polylines

SEVEN = [np.array([[0.0, 0.0], [60.0, 0.0], [20.0, 100.0]]), np.array([[10.0, 50.0], [50.0, 50.0]])]
NOTHING = StrokeWarps(turn_degrees=0, shear=0, stretch=0, bend=0, drift=0)


def test_bounds_of_zero_change_nothing_that_the_normaliser_sees() -> None:
    warped = NOTHING(SEVEN, np.random.default_rng(0))
    assert np.allclose(normalise_polylines([warped]), normalise_polylines([SEVEN]), atol=1e-5)


def test_strokes_and_points_keep_their_number() -> None:
    warped = StrokeWarps()(SEVEN, np.random.default_rng(0))
    assert [polyline.shape for polyline in warped] == [(3, 2), (2, 2)]


@pytest.mark.parametrize("kind", ["turn_degrees", "shear", "stretch", "bend", "drift"])
def test_each_kind_of_change_moves_ink_and_repeats_with_its_seed(kind: str) -> None:
    bounds = {"turn_degrees": 0.0, "shear": 0.0, "stretch": 0.0, "bend": 0.0, "drift": 0.0}
    warp = StrokeWarps(**{**bounds, kind: getattr(StrokeWarps(), kind)})
    first, again = (warp(SEVEN, np.random.default_rng(4)) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    unchanged = normalise_polylines([NOTHING(SEVEN, np.random.default_rng(4))])
    assert np.abs(normalise_polylines([first]) - unchanged).max() > 0.05


def test_size_of_the_drawing_does_not_matter() -> None:
    larger = [polyline * 37 + 1000 for polyline in SEVEN]
    pair = [StrokeWarps()(drawing, np.random.default_rng(2)) for drawing in (SEVEN, larger)]
    for one, other in zip(*pair, strict=True):
        assert np.allclose(one, other)


def test_a_single_dot_survives() -> None:
    warped = StrokeWarps()([np.array([[5.0, 5.0]])], np.random.default_rng(0))
    assert np.isfinite(warped[0]).all()


def test_pens_stay_within_their_bounds() -> None:
    widths = StrokeWarps(narrowest=2.0, widest=2.5).pen_widths(500, np.random.default_rng(0))
    assert widths.shape == (500,)
    assert 2.0 <= widths.min() < widths.max() <= 2.5
