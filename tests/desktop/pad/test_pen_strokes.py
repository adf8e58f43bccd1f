"""Real strokes of people never trained on, drawn on the pad as events, are read as well as stated."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

import resources
from desktop.pad.canvas import Canvas
from desktop.pad.document import PadDocument
from engine.data.pen_digits import load_pen_digits
from engine.models.classifier import Classifier
from engine.models.model_file import load_model
from engine.preprocessing.normaliser import normalise_ink

STATED_ACCURACY = 0.98


@pytest.fixture
def canvas(qtbot):
    canvas = Canvas(PadDocument())
    qtbot.addWidget(canvas)
    canvas.resize(548, 690)
    canvas.show()
    return canvas


def draw(canvas, ink, side=380):
    """Each stroke as press, moves and release, the digit as large as people draw it."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

    def send(kind, point, held):
        # Whole pixels, as a mouse has them.
        place = QPointF(round(80 + side * point.x / 1000), round(150 + side * point.y / 1000))
        event = QMouseEvent(kind, place, place, left, held, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(canvas, event)

    for stroke in ink.strokes:
        send(QEvent.Type.MouseButtonPress, stroke[0], left)
        for point in stroke[1:]:
            send(QEvent.Type.MouseMove, point, left)
        send(QEvent.Type.MouseButtonRelease, stroke[-1], none)


# Of few digits it may be fewer by chance; what the pad is for is that it changes nothing.
@pytest.mark.parametrize(
    ("every", "least"),
    [pytest.param(1, STATED_ACCURACY, marks=pytest.mark.slow), (8, STATED_ACCURACY - 0.03)],
)
def test_held_out_writers_are_read_through_the_pad(canvas, pen_digits_file, every, least):
    _, held_out = load_pen_digits(pen_digits_file).split_by_writer()
    held_out = held_out.where([place % every == 0 for place in range(len(held_out))])
    classifier = Classifier(load_model(resources.path("weights", "shipped.safetensors")))
    right = alike = 0
    for ink, label in zip(held_out.inks, held_out.labels, strict=True):
        draw(canvas, ink)
        assert len(canvas.document.ink.strokes) == len(ink.strokes)
        digit = classifier.read_vector(normalise_ink(canvas.document.ink)).digit
        right += digit == label
        alike += digit == classifier.read_vector(normalise_ink(ink)).digit
        canvas.document.history.clear()
        canvas.document.clear()
    accuracy = right / len(held_out)
    assert accuracy >= least, f"{accuracy:.2%} of {len(held_out)} digits"
    assert alike >= 0.99 * len(held_out)
