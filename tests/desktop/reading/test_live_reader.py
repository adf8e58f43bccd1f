"""The reader says what is on the pad now, whoever hears of a change first."""

import pytest
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QColor, QImage, QPainter

import resources
from desktop.reading.labeller import Labeller
from desktop.reading.live_reader import LiveReader
from engine.models.model_file import load_model
from tests.desktop.reading.test_number_reading import ONE, SEVEN, number


class NoCollection(QObject):
    """A collection that nothing is kept in."""

    changed = Signal()
    trouble = ""
    drawings = None


@pytest.fixture
def hurried(document):
    """Slots that hear of each change of the document before the reader does."""
    slots = []
    document.changed.connect(lambda: [slot() for slot in slots])
    return slots


@pytest.fixture
def reader(document, hurried):
    reader = LiveReader(document, document)
    reader.use_model(load_model(resources.path("weights", "shipped.safetensors")))
    return reader


def draw_one(document):
    document.begin_stroke(QPointF(0, -300), 1.0, 0)
    document.extend_stroke(QPointF(0, 300), 1.0, 50)
    document.complete_stroke()


def test_a_number_that_was_is_no_number_for_whoever_hears_of_the_change_first(document, hurried, reader):
    numbers = []
    hurried.append(lambda: numbers.append(reader.number))
    document.put_ink(number(SEVEN, ONE))
    reader.read_now()
    assert len(reader.number) == 2
    document.clear()
    draw_one(document)
    assert numbers == [None] * len(numbers)


def test_whoever_hears_first_and_asks_for_a_reading_gets_that_of_now(document, hurried, reader):
    texts = []
    hurried.append(lambda: (reader.read_now(), texts.append(reader.text)))
    document.put_ink(number(SEVEN, ONE))
    document.clear()
    draw_one(document)
    assert (texts[0], texts[1], texts[-1]) == ("71", "", "1")


def test_a_labeller_that_hears_first_uses_no_digit_of_the_number_before(document, hurried, reader):
    labeller = Labeller(document, reader, NoCollection(document), document)
    document.changed.disconnect(labeller._on_document_changed)
    hurried.append(labeller._on_document_changed)
    document.put_ink(number(SEVEN, ONE))
    reader.read_now()
    reader.select(1)
    document.clear()
    draw_one(document)
    assert labeller._selected_ink() == document.ink


def test_nothing_is_read_twice_while_nothing_changes(document, reader, qtbot):
    draw_one(document)
    reader.read_now()
    told = []
    reader.number_completed.connect(lambda *_: told.append("read"))
    reader.reading_cleared.connect(lambda: told.append("cleared"))
    reader.read_now()
    reader.read_now()
    assert told == []


def test_a_network_that_overflows_has_no_answer_and_says_so(document, reader):
    model, told = reader.classifier.model, []
    reader.reading_failed.connect(told.append)
    draw_one(document)
    assert reader.read_now().digit == 1
    enormous = {name: 1e25 * weight for name, weight in model.weights.items()}
    reader.use_weights(model.architecture, enormous, model.standardisation)
    assert reader.read_now() is None
    assert len(told) == 1
    assert "smaller rate" in told[0]
    assert (reader.last_reading, reader.readings, reader.text) == (None, (), "")
    reader.use_weights(model.architecture, model.weights, model.standardisation)
    assert reader.read_now().digit == 1


def test_another_network_does_not_look_for_the_ink_of_a_picture_again(make_window, qtbot, monkeypatch):
    window = make_window()
    picture = QImage(120, 120, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.fillRect(56, 20, 8, 80, QColor("black"))
    painter.end()
    with qtbot.waitSignal(window.reader.reading_completed):
        window.document.put_picture(picture)
    monkeypatch.setattr("engine.preprocessing.number.find_ink", None)
    with qtbot.waitSignal(window.reader.reading_completed):
        window.reader.use_model(window.networks.model)
    assert window.reader.text == "1"
