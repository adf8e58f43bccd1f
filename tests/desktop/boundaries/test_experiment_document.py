"""The points of Boundaries: made, painted, opened, and every change taken back."""

import numpy as np
import pytest

from desktop.boundaries.experiment_document import MOST_UNDONE, SPRAYED, ExperimentDocument
from engine.boundaries.experiment import PatternSettings
from engine.errors import SettingsError
from engine.plane.csv_text import parse_points
from engine.plane.grid import Bounds


@pytest.fixture
def document(qapp):
    document = ExperimentDocument()
    yield document
    document.deleteLater()


def stroke(document, *places, label=1, erases=False):
    document.begin_stroke()
    for x, y in places:
        if erases:
            document.erase(x, y)
        else:
            document.paint(x, y, label)
    document.end_stroke()


def test_it_begins_with_the_lesson_s_four_colours(document):
    assert document.pattern.pattern == "colours"
    assert document.is_made
    training, test = document.sets
    assert len(training) + len(test) == len(document.points) == 400
    assert len(test) == 120


def test_a_stroke_is_one_change_and_can_be_taken_back(document):
    before = document.points
    stroke(document, (0, 0), (1, 0), (2, 0))
    assert len(document.points) == len(before) + 3 * SPRAYED
    assert not document.is_made
    document.undo()
    assert np.array_equal(document.points.coordinates, before.coordinates)
    assert document.is_made
    assert not document.can_undo


def test_a_stroke_that_changes_nothing_is_none(document):
    document.clear()
    document.undo()
    stroke(document, (100.0, 100.0), erases=True)
    assert not document.can_undo


def test_clearing_and_another_pattern_never_lose_what_was_painted(document):
    document.clear()
    stroke(document, (0, 0))
    document.make(PatternSettings("moons", 50, 2))
    assert len(document.points) == 50
    document.undo()
    assert len(document.points) == SPRAYED
    document.undo()
    document.undo()
    assert len(document.points) == 400


def test_undo_is_bounded(document):
    for _ in range(MOST_UNDONE + 10):
        stroke(document, (0, 0))
    times = 0
    while document.can_undo:
        document.undo()
        times += 1
    assert times == MOST_UNDONE


def test_other_noise_moves_the_same_points(document):
    document.make(PatternSettings("moons", 100, 2, 0.0))
    still = document.points
    document.make(PatternSettings("moons", 100, 2, 0.5))
    assert np.array_equal(document.points.labels, still.labels)
    assert np.abs(document.points.coordinates - still.coordinates).max() < 3
    assert not document.can_undo  # the slider says what was before


def test_what_makes_no_sense_changes_nothing(document):
    with pytest.raises(SettingsError):
        document.make(PatternSettings("moons", 100, 3))
    with pytest.raises(SettingsError):
        document.set_test_share(1.5)
    assert document.pattern.pattern == "colours"
    assert document.test_share == 0.3


def test_points_from_elsewhere_are_seen_whole_and_keep_their_names(document):
    document.open_points(parse_points(["x,y,class", "1000,0.1,cat", "2000,0.2,dog", "3000,0.3,cat"]))
    assert document.names == ("cat", "dog")
    bounds = document.bounds
    assert bounds.left < 1000
    assert bounds.right > 3000
    assert 0 < bounds.bottom < 0.1
    document.undo()
    assert document.bounds == Bounds()
    assert document.names == ()


def test_everybody_is_told(document, qtbot):
    with qtbot.waitSignal(document.points_changed):
        stroke(document, (0, 0))
    with qtbot.waitSignals([document.points_changed, document.pattern_changed]):
        document.make(PatternSettings("xor", 10, 2))
    with qtbot.waitSignal(document.points_changed):
        document.set_test_share(0.0)
    assert len(document.sets[1]) == 0
