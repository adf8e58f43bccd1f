"""However quickly the pen moves, one reading is made between two paintings, of all there is by then."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF
from PySide6.QtWidgets import QWidget

import resources
from desktop.reading.live_reader import LiveReader
from engine.models.model_file import load_model


@pytest.fixture
def reader(document):
    reader = LiveReader(document, document)
    reader.use_model(load_model(resources.path("weights", "shipped.safetensors")))
    handle_all_events()
    return reader


def handle_all_events():
    """Those that others have brought about, too."""
    for _ in range(20):
        QCoreApplication.processEvents()


def move(document, step):
    document.extend_stroke(QPointF(0, 20 * step - 300), 1.0, 8 * step)


class Pen(QObject):
    """Moves that wait among the events of the thread, as those of a tablet do."""

    def __init__(self, document):
        super().__init__(document)
        self._document, self._step = document, 10

    def customEvent(self, _event):  # noqa: N802
        self._step += 1
        move(self._document, self._step)

    def post(self):
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))


class Screen(QWidget):
    """What shows the readings; it notes when it paints."""

    def __init__(self, reader, told):
        super().__init__()
        self._told = told
        reader.number_completed.connect(lambda *_: self.update())

    def paintEvent(self, _event):  # noqa: N802
        self._told.append("painted")


@pytest.fixture
def told(qtbot, document, reader):
    """Readings and paintings in their order."""
    told = []
    screen = Screen(reader, told)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    document.begin_stroke(QPointF(0, -300), 1.0, 0)
    move(document, 1)
    with qtbot.waitSignal(reader.number_completed):
        move(document, 2)
    handle_all_events()
    reader.number_completed.connect(lambda *_: told.append("read"))
    told.clear()
    return told


def test_moves_within_one_frame_bring_one_reading(document, reader, told):
    pen = Pen(document)
    for _ in range(5):
        pen.post()
    handle_all_events()
    assert told == ["read", "painted"]
    assert reader.number.vectors.shape == (1, 784)
    assert len(document.stroke) == 3 + 5


def test_moves_that_come_while_it_reads_wait_until_that_is_painted(document, reader, told):
    pen = Pen(document)
    left = [3]

    def go_on(*_):
        if left[0]:
            left[0] -= 1
            pen.post()

    reader.number_completed.connect(go_on)
    pen.post()
    handle_all_events()
    assert left == [0]
    assert told == ["read", "painted"] * 4


def test_the_last_move_is_read_though_nothing_comes_after_it(document, reader, told):
    pen = Pen(document)
    reader.number_completed.connect(lambda *_: pen.post() if len(document.stroke) < 5 else None)
    pen.post()
    handle_all_events()
    assert len(document.stroke) == 5
    assert reader.number is not None


def test_without_a_window_readings_go_on(document, reader):
    read = []
    reader.number_completed.connect(lambda *_: read.append(True))
    document.begin_stroke(QPointF(0, -300), 1.0, 0)
    for step in range(1, 4):
        move(document, step)
        handle_all_events()
    assert len(read) == 3


def test_who_asks_for_a_reading_has_it_at_once(document, reader, told):
    move(document, 20)
    first = reader.read_now()
    move(document, 30)
    second = reader.read_now()
    assert second is reader.last_reading
    assert second is not first
    assert told == ["read", "read"]
