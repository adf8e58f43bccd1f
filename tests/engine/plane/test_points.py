"""Points, patterns, paint and features."""

import numpy as np
import pytest

from engine.errors import DataError, SettingsError
from engine.plane.features import FEATURES, Scaling, features_of
from engine.plane.grid import Bounds
from engine.plane.painting import erase, paint
from engine.plane.patterns import PATTERNS, make_points
from engine.plane.points import MOST_POINTS, Points, check_learnable
from engine.trees.growing import grow_tree
from engine.trees.samples import Samples
from engine.trees.settings import TreeSettings


def points(*rows):
    return Points(np.array([row[:2] for row in rows], dtype=np.float64), np.array([row[2] for row in rows]))


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_has_its_classes_in_reach_and_can_be_learned(name):
    pattern = PATTERNS[name]
    for classes in range(pattern.fewest, pattern.most + 1):
        made = make_points(name, 800, classes, noise=0)
        assert len(made) == 800
        assert made.counts[:classes].min() >= 800 // classes
        assert made.counts[classes:].sum() == 0
        assert np.abs(made.coordinates).max() < 8
        train, test = made.split(0.5, 1)
        tree = grow_tree(Samples.of(train.coordinates, train.labels), TreeSettings())
        accuracy = (tree.predict(test.coordinates) == test.labels).mean()
        assert accuracy > (0.7 if name == "colours" else 0.85), f"{name} with {classes} classes"


def test_a_seed_makes_the_same_points_and_noise_moves_them():
    still, moved, again = (make_points("moons", 100, noise=noise, seed=3) for noise in (0, 0.5, 0.5))
    assert np.array_equal(moved.coordinates, again.coordinates)
    assert np.array_equal(moved.labels, still.labels)
    assert 0.4 < (moved.coordinates - still.coordinates).std() < 0.6
    assert not np.array_equal(make_points("moons", 100, seed=4).coordinates, again.coordinates)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("pattern", {"pattern": "cats"}),
        ("classes", {"pattern": "moons", "classes": 3}),
        ("classes", {"pattern": "spirals", "classes": 6}),
        ("count", {"pattern": "xor", "count": MOST_POINTS + 1}),
        ("noise", {"pattern": "xor", "noise": -0.1}),
        ("noise", {"pattern": "xor", "noise": float("nan")}),
        ("seed", {"pattern": "xor", "seed": -1}),
    ],
)
def test_patterns_that_there_are_not(field, wrong):
    with pytest.raises(SettingsError) as caught:
        make_points(**wrong)
    assert caught.value.field == field


def test_no_points_are_points():
    assert len(make_points("blobs", 0)) == 0
    assert Points.none().classes == 2
    assert Points.none().contradictions() == 0
    assert [len(part) for part in Points.none().split(0.5, 1)] == [0, 0]


def test_a_split_takes_the_same_share_of_each_class():
    rows = make_points("blobs", 300, 3)
    train, test = rows.split(0.3, 1)
    assert train.counts[:3].tolist() == [70, 70, 70]
    assert test.counts[:3].tolist() == [30, 30, 30]
    together = train.joined(test)
    assert sorted(map(tuple, together.coordinates)) == sorted(map(tuple, rows.coordinates))
    lonely = points((0, 0, 0), (1, 1, 1), (2, 2, 1))
    assert 0 in lonely.split(0.9, 1)[0].labels


def test_contradictions_are_points_of_two_classes_in_one_place():
    assert points((0, 0, 0), (0, 0, 1), (0, 0, 1), (1, 2, 0), (1, 2, 0)).contradictions() == 3


def test_what_cannot_be_learned_is_said():
    check_learnable(points((0, 0, 0), (1, 0, 1)))
    with pytest.raises(DataError, match="no points"):
        check_learnable(Points.none())
    with pytest.raises(DataError, match="one class"):
        check_learnable(points((0, 0, 1), (1, 0, 1)))


@pytest.mark.parametrize(
    ("coordinates", "labels"),
    [
        (np.zeros((2, 3)), np.zeros(2, dtype=np.int64)),
        (np.array([[np.nan, 0]]), np.zeros(1, dtype=np.int64)),
        (np.zeros((1, 2)), np.array([8])),
        (np.zeros((1, 2)), np.array([-1])),
        (np.zeros((1, 2)), np.array([0.0])),
        (np.zeros((1, 2), dtype=np.float32), np.array([0])),
    ],
    ids=["three numbers", "not a number", "ninth class", "negative class", "real label", "float32"],
)
def test_what_is_no_point(coordinates, labels):
    with pytest.raises(ValueError):
        Points(coordinates, labels)


def test_points_that_are_added_leave_the_split_of_the_others_alone():
    points = make_points("blobs", 300, 3)
    generator = np.random.default_rng(1)

    def test_places(some):
        return {tuple(place) for place in some.split(0.3, 1)[1].coordinates.tolist()}

    before = test_places(points)
    for _ in range(4):
        points = paint(points, 0, 0, 1, (0.5, 0.5), 5, generator)
    kept = before & test_places(points)
    assert len(kept) > len(before) - 10


def test_paint_lies_under_the_brush_and_is_erased_with_it():
    generator = np.random.default_rng(0)
    before = make_points("xor", 50)
    painted = paint(before, 10, 10, 5, (0.5, 0.5), count=400, generator=generator)
    assert np.array_equal(painted.coordinates[:50], before.coordinates)
    distances = np.hypot(*(painted.coordinates[50:] - 10).T)
    assert distances.max() <= 0.5
    # Evenly: a quarter of the points in half the radius.
    assert (distances < 0.25).mean() == pytest.approx(0.25, abs=0.07)
    assert painted.labels[50:].tolist() == [5] * 400
    assert len(erase(painted, 10, 10, (0.51, 0.51))) == 50
    assert len(erase(Points.none(), 0, 0, (1, 1))) == 0


def test_paint_stops_where_there_are_too_many():
    full = Points(np.zeros((MOST_POINTS - 2, 2)), np.zeros(MOST_POINTS - 2, dtype=np.int64))
    for _ in range(2):
        full = paint(full, 0, 0, 1, (1.0, 1.0), 5, np.random.default_rng(0))
        assert len(full) == MOST_POINTS


def test_features():
    found = features_of(np.array([[2.0, -3.0]]), tuple(FEATURES))
    assert found[0] == pytest.approx([2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])
    for wrong in ((), ("z",)):
        with pytest.raises(SettingsError) as caught:
            features_of(np.zeros((1, 2)), wrong)
        assert caught.value.field == "features"


def test_scaling():
    values = np.array([[1.0, 5.0], [3.0, 5.0]])
    scaled = Scaling.of(values)(values)
    assert scaled.dtype == np.float32
    assert scaled.tolist() == [[-1, 0], [1, 0]]


def test_a_brush_is_as_wide_and_high_as_the_plane_asks_for():
    wide = paint(Points.none(), 500, 0.5, 1, (40.0, 0.04), 400, np.random.default_rng(0))
    spread = np.abs(wide.coordinates - [500, 0.5]).max(axis=0)
    assert 30 < spread[0] <= 40
    assert 0.03 < spread[1] <= 0.04
    assert len(erase(wide, 500, 0.5, (41.0, 0.041))) == 0
    assert len(erase(wide, 500, 0.9, (41.0, 0.041))) == 400


def test_the_brush_of_a_part_of_the_plane_suits_it():
    brush = Bounds(0, 1000, 0, 1).brush
    assert brush[0] == pytest.approx(1000 * brush[1])
