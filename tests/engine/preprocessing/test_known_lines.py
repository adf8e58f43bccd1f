"""Strokes as arrays, of which a pen move makes only the end anew."""

import numpy as np

from engine.preprocessing.ink import Ink, Point
from engine.preprocessing.known_lines import KnownLines
from engine.preprocessing.normaliser import to_polylines


def stroke(count, x=0.0):
    return tuple(Point(x + i, i * i / 7) for i in range(count))


def test_each_drawing_has_the_points_of_its_strokes():
    lines, first, second = KnownLines(), stroke(5), stroke(9, 30.0)
    drawings = [
        (first,),
        (first, second[:1]),
        (first, second[:4]),
        (first, (*second[:3], Point(1.0, 2.0))),  # the last point gave way to another
        (first, second),
        (second,),
        (second, first),
        (),
        (first,),
    ]
    for strokes in drawings:
        found = lines.of(Ink(strokes))
        expected = to_polylines(Ink(strokes))
        assert len(found) == len(expected)
        assert all(np.array_equal(a, b) for a, b in zip(found, expected, strict=True))
        assert all(line.dtype == np.float64 and line.shape[1] == 2 for line in found)


def test_a_stroke_that_stays_is_the_same_array():
    lines, first = KnownLines(), stroke(5)
    (before,) = lines.of(Ink((first,)))
    kept, live = lines.of(Ink((first, stroke(3, 20.0))))
    assert kept is before
    # Lifting the pen makes another tuple of the same points.
    assert lines.of(Ink((first, stroke(3, 20.0))))[1] is live
    assert lines.of(Ink((stroke(3, 20.0),)))[0] is not live  # it was not at this place


def test_an_array_that_was_handed_out_stays_as_it_is():
    lines = KnownLines()
    (before,) = lines.of(Ink((stroke(4),)))
    copy = before.copy()
    lines.of(Ink((stroke(8),)))
    lines.of(Ink(((*stroke(7), Point(99.0, 99.0)),)))
    assert np.array_equal(before, copy)


def test_empty_strokes_are_left_out():
    assert len(KnownLines().of(Ink(((), stroke(2), ())))) == 1
