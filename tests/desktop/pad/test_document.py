"""The document of the pad, with no widget: strokes as a pen draws them, drawings, pictures and undo."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from desktop.pad.history import MOST_STEPS
from engine.errors import PictureError
from engine.preprocessing.ink import Ink, Point


class Heard:
    """Notes what a document says, in order."""

    def __init__(self, document):
        self.told = []
        for name in (
            "stroke_begun",
            "stroke_extended",
            "stroke_about_to_complete",
            "content_changed",
            "changed",
            "stroke_completed",
        ):
            getattr(document, name).connect(lambda *_, name=name: self.told.append(name))

    def take(self):
        told, self.told = self.told, []
        return told


@pytest.fixture
def heard(document):
    return Heard(document)


def draw(document, *positions, time_ms=0):
    document.begin_stroke(QPointF(*positions[0]), 1.0, time_ms)
    for position in positions[1:]:
        time_ms += 10
        document.extend_stroke(QPointF(*position), 1.0, time_ms)
    document.complete_stroke()


def picture(shade=200):
    image = QImage(30, 40, QImage.Format.Format_Grayscale8)
    image.fill(shade)
    return image


def test_a_stroke_is_told_point_by_point_and_becomes_one_step(document, heard):
    document.begin_stroke(QPointF(0, 0), 0.5, 1000)
    assert heard.take() == ["stroke_begun", "changed"]
    assert document.is_drawing
    document.extend_stroke(QPointF(50, 10), 0.75, 1010)
    assert heard.take() == ["stroke_extended", "changed"]
    assert [tuple(point) for point in document.stroke] == [(0, 0, 0.5, 0), (50, 10, 0.75, 10)]
    assert document.finished_strokes == ()
    document.complete_stroke()
    assert heard.take() == ["stroke_about_to_complete", "content_changed", "changed", "stroke_completed"]
    assert not document.is_drawing
    assert document.finished_strokes == document.ink.strokes
    assert document.history.count == 1


def test_a_pen_that_is_up_extends_completes_and_cancels_nothing(document, heard):
    document.extend_stroke(QPointF(0, 0), 1.0, 0)
    document.complete_stroke()
    document.cancel_stroke()
    assert heard.told == []
    assert document.is_empty


def test_whoever_extends_a_stroke_is_told_of_the_point_that_may_have_gone(document):
    tips = []
    document.stroke_extended.connect(tips.append)
    document.begin_stroke(QPointF(0, 0), 1.0, 0)
    document.extend_stroke(QPointF(1, 0), 1.0, 1)
    document.extend_stroke(QPointF(80, 0), 1.0, 2)  # the point before was too near to be kept
    assert [tip[:2] for tip in tips] == [(0, 0), (1, 0)]
    assert [point.x for point in document.stroke] == [0, 80]


def test_every_change_makes_another_revision_before_anybody_hears_of_it(document):
    seen = [document.revision]
    for signal in (document.stroke_begun, document.stroke_extended, document.content_changed):
        signal.connect(lambda *_: seen.append(document.revision))
    document.begin_stroke(QPointF(0, 0), 1.0, 0)
    document.extend_stroke(QPointF(90, 0), 1.0, 1)
    document.cancel_stroke()
    draw(document, (0, 0))
    document.erase_at(QPointF(0, 0))
    document.history.undo()
    document.put_picture(picture())
    document.clear()
    assert seen == sorted(set(seen))


def test_drawing_on_a_picture_starts_afresh_and_undo_brings_it_back(document, heard):
    document.put_picture(picture())
    heard.take()
    document.begin_stroke(QPointF(0, 0), 1.0, 0)
    assert heard.take() == ["stroke_begun", "content_changed", "changed"]
    assert document.picture is None
    document.complete_stroke()
    assert len(document.ink.strokes) == 1
    document.history.undo()
    assert document.picture is not None


def test_the_eraser_takes_only_the_strokes_that_it_touches(document):
    draw(document, (-200, -300), (-200, 300))
    draw(document, (200, -300), (200, 300))
    document.erase_at(QPointF(0, 0))
    assert len(document.ink.strokes) == 2
    document.erase_at(QPointF(195, 0))
    assert [stroke[0].x for stroke in document.ink.strokes] == [-200]


def test_clearing_an_empty_pad_is_no_step(document, heard):
    document.clear()
    assert not document.history.can_undo
    assert heard.told == []


@pytest.mark.parametrize("scale", [0.001, 1.0, 5000.0])
def test_ink_of_any_unit_is_fitted_into_the_middle(document, scale):
    strokes = (((10, 10), (10, 50)), ((20, 30), (30, 30)))
    ink = Ink(tuple(tuple(Point(x * scale, y * scale) for x, y in stroke) for stroke in strokes))
    document.put_ink(ink)
    bounds = document.ink.bounds()
    assert bounds.height == pytest.approx(620)
    assert bounds.width == pytest.approx(310)
    assert bounds.left + bounds.right == pytest.approx(0, abs=1e-6)
    assert bounds.top + bounds.bottom == pytest.approx(0, abs=1e-6)
    document.history.undo()
    assert document.is_empty


def test_a_single_point_is_put_into_the_middle(document):
    document.put_ink(Ink(((Point(77, 99),),)))
    assert [point[:2] for point in document.ink.strokes[0]] == [(0, 0)]


def test_a_picture_without_pixels_is_refused(document, heard):
    with pytest.raises(PictureError):
        document.put_picture(QImage())
    assert heard.told == []
    assert document.is_empty
    assert not document.history.can_undo


def test_pictures_do_not_pile_up_in_the_steps_to_undo(document):
    for shade in range(250):
        picture = QImage(8, 8, QImage.Format.Format_Grayscale8)
        picture.fill(shade)
        document.put_picture(picture)
    assert document.history.count == MOST_STEPS < 250
    document.history.undo()
    assert document.picture.pixelColor(0, 0).value() == 248
