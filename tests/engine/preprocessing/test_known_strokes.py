"""What is known of strokes is measured once, and the same ink is shown to a network once."""

import numpy as np
import pytest

from engine.preprocessing.normaliser import fit_polylines
from engine.preprocessing.segmentation import known_strokes
from engine.preprocessing.segmentation.known_strokes import KnownStrokes, StrokePart


class Counting:
    """Any answer will do; how many pictures it was asked about, by call."""

    knows_others = True

    def __init__(self):
        self.asked = []

    def __call__(self, vectors):
        self.asked.append(len(vectors))
        return np.full((len(vectors), 10), -2.3), np.full(len(vectors), -0.1)


@pytest.fixture
def scorer():
    return Counting()


@pytest.fixture
def strokes(scorer):
    return KnownStrokes(scorer)


def line(count, x=0.0):
    place = np.arange(count, dtype=np.float64)
    return np.column_stack([x + 20 * np.sin(place / 5), 3 * place])


def test_a_stroke_that_stays_keeps_its_key_and_another_gets_one_of_its_own(strokes):
    first, second = line(20), line(20, 50.0)
    strokes.begin([first, second])
    before = [each.key for each in strokes.whole([first, second])]
    longer = line(21, 50.0)
    strokes.begin([first, longer])
    after = [each.key for each in strokes.whole([first, longer])]
    assert after[0] == before[0]
    assert after[1] not in before


def test_a_candidate_is_looked_at_once(strokes, scorer):
    first, second = line(20), line(20, 50.0)
    strokes.begin([first, second])
    one, other = strokes.whole([first, second])
    looks = strokes.look([[one], [one, other]])
    assert scorer.asked == [2]
    strokes.begin([first, second])
    one, other = strokes.whole([first, second])
    assert strokes.look([[one, other], [one]]) == looks[::-1]
    assert scorer.asked == [2]


def test_the_parts_of_a_stroke_together_are_the_stroke(strokes, scorer):
    own = line(30)
    strokes.begin([own])
    (whole,) = strokes.whole([own])
    (looked,) = strokes.look([[whole]])
    parts = [
        strokes.part(StrokePart(0, start, stop), own, whole.key[0])
        for start, stop in ((0, 11), (10, 20), (19, 30))
    ]
    assert strokes.look([parts]) == [looked]
    assert scorer.asked == [1]
    drawn = fit_polylines([[part.line for part in parts]])[0]
    assert np.array_equal(drawn, looked.fitted)


def test_parts_that_do_not_follow_each_other_are_looked_at_for_themselves(strokes, scorer):
    own = line(30)
    strokes.begin([own])
    (whole,) = strokes.whole([own])
    strokes.look([[whole]])
    ends = [
        strokes.part(StrokePart(0, start, stop), own, whole.key[0]) for start, stop in ((0, 11), (19, 30))
    ]
    strokes.look([ends])
    assert scorer.asked == [1, 1]


def test_distances_and_cuts_are_measured_once(strokes, monkeypatch):
    asked = []
    for name in ("distance", "nearness", "cut_places", "straightness"):
        measure = getattr(known_strokes, name)
        monkeypatch.setattr(
            known_strokes,
            name,
            lambda *given, name=name, measure=measure: (asked.append(name), measure(*given))[1],
        )
    lines = [line(20), line(20, 50.0)]
    for _ in range(3):
        strokes.begin(lines)
        one, other = strokes.whole(lines)
        assert strokes.apart(one, other) == strokes.apart(other, one)
        strokes.nearness([one, other])(
            one.piece, known_strokes.Piece(other.piece.box, other.piece.points, [1])
        )
        strokes.cut_places(one, 60.0)
        strokes.straightness(one)
    assert sorted(asked) == ["cut_places", "distance", "nearness", "straightness"]
    strokes.begin(lines)
    strokes.cut_places(strokes.whole(lines)[0], 70.0)
    assert asked[-1] == "cut_places"


def test_another_network_is_shown_everything_again(strokes, scorer):
    lines = [line(20)]
    strokes.begin(lines)
    strokes.look([strokes.whole(lines)])
    strokes.forget()
    strokes.look([strokes.whole(lines)])
    assert scorer.asked == [1, 1]
