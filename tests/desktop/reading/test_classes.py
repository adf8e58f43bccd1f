"""The reading of networks that tell other classes apart than digits."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.reading.bars_area import BarsArea
from desktop.reading.class_bars import ClassBars
from desktop.reading.panel import PredictionPanel
from desktop.widgets.fields.class_keys import typed_class
from desktop.widgets.theme import LIGHT
from engine.data.classes import DIGITS, Classes
from engine.data.digits import Standardisation
from engine.models.classifier import Reading
from engine.models.model import Model, Provenance
from engine.nn.network import Architecture, Network
from engine.preprocessing.ink import Ink

LETTERS = Classes(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
SIGNS = Classes(("plus", "minus", "times"))
APART = Ink.from_lists([[[0.1, 0.1], [0.1, 0.9]], [[0.5, 0.1], [0.5, 0.9]], [[0.9, 0.1], [0.9, 0.9]]])


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.networks.model is not None)
    return window


def network_of(classes):
    architecture = Architecture((784, 8, len(classes)))
    return Model(
        f"{len(classes)} classes",
        architecture,
        Network(architecture, 1).snapshot(),
        Standardisation(0.13, 0.31),
        Provenance("my signs", 0.9, 0.8),
        classes=classes,
    )


def reading_of(classes, place, share=0.9):
    rest = (1 - share) / (len(classes) - 1)
    shares = tuple(share if each == place else rest for each in range(len(classes)))
    return Reading(tuple(np.log(shares)), shares, np.zeros((28, 28), np.float32), classes=classes)


def pressed(key, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    return QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, text)


def test_many_bars_scroll_to_the_most_probable_one(qtbot):
    area = BarsArea()
    qtbot.addWidget(area)
    area.resize(260, 200)
    area.show()
    bars, bar = area.bars, area.verticalScrollBar()
    assert bar.maximum() == 0
    bars.set_classes(LETTERS)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for place in (25, 0, 13):
        bars.set_probabilities(reading_of(LETTERS, place).probabilities)
        row = bars.row_rectangle(place).toAlignedRect()
        assert area.viewport().rect().contains(row.translated(bars.pos()))
    assert "N: 90.0%" in bars.accessibleDescription()
    bars.set_classes(SIGNS)
    bars.set_classes(LETTERS)
    bars.set_probabilities(reading_of(LETTERS, 25).probabilities)

    def is_in_sight(place):
        row = bars.row_rectangle(place).toAlignedRect()
        return area.viewport().rect().contains(row.translated(bars.pos()))

    qtbot.waitUntil(lambda: is_in_sight(25))
    bars.set_classes(SIGNS)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert area.maximumHeight() < 200


def test_few_bars_are_chosen_by_click_and_key(qtbot):
    bars = ClassBars()
    qtbot.addWidget(bars)
    bars.set_classes(SIGNS)
    bars.resize(260, 90)
    chosen = []
    bars.class_clicked.connect(chosen.append)
    for place in range(3):
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.row_rectangle(place).center().toPoint())
    qtbot.keyClick(bars, Qt.Key.Key_Home)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    qtbot.keyClick(bars, Qt.Key.Key_End)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert chosen == [0, 1, 2, 0, 2]


@pytest.mark.parametrize(
    ("event", "classes", "name"),
    [
        (pressed(Qt.Key.Key_B, "b"), LETTERS, "B"),
        (pressed(Qt.Key.Key_B, "B"), LETTERS, "B"),
        (pressed(Qt.Key.Key_B, "b", Qt.KeyboardModifier.ControlModifier), LETTERS, None),
        (pressed(Qt.Key.Key_B, "b"), Classes(("B", "b")), "b"),
        (pressed(Qt.Key.Key_3, "3"), LETTERS, None),
        (pressed(Qt.Key.Key_3, "3"), DIGITS, "3"),
        (pressed(Qt.Key.Key_3, "#"), DIGITS, "3"),
        (pressed(Qt.Key.Key_3, "3"), Classes(("3", "0")), "3"),
        (pressed(Qt.Key.Key_P, "p"), SIGNS, "plus"),
        (pressed(Qt.Key.Key_P, "P"), SIGNS, "plus"),
        (pressed(Qt.Key.Key_P, "p"), Classes(("plus", "point")), None),
        (pressed(Qt.Key.Key_Space, " "), SIGNS, None),
    ],
)
def test_a_key_means_the_class_of_its_name_or_the_only_one_that_begins_so(event, classes, name):
    assert typed_class(event, classes.names) == name


def test_the_panel_shows_a_sign_by_its_name(qtbot):
    panel = PredictionPanel()
    qtbot.addWidget(panel)
    panel.set_colours(LIGHT)
    panel.resize(300, 520)
    panel.show()
    panel.set_readings([reading_of(SIGNS, 1)])
    assert panel.answer == "minus"
    assert [button.name for button in panel.labels.buttons] == list(SIGNS.names)
    assert panel.bars.classes == SIGNS
    assert "minus" in panel.accessibleDescription()
    panel.set_waiting(False, False)
    assert "Draw a sign" in panel.accessibleDescription()
    panel.set_readings([reading_of(DIGITS, 7)])
    assert panel.answer == "7"
    assert [button.name for button in panel.labels.buttons] == list(DIGITS.names)


def test_a_long_name_finds_room(qtbot):
    panel = PredictionPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 520)
    panel.show()
    long = Classes(("a word of 20 letters", "b"))
    panel.set_readings([reading_of(long, 0)])
    assert panel.answer == "a word of 20 letters"
    assert panel.minimumSizeHint().width() <= 300


def test_the_window_reads_all_that_is_drawn_as_one_sign(window, qtbot):
    window.canvas.document.put_ink(APART)
    reader = window.reader
    reader.read_now()
    assert len(reader.readings) == 3
    told = []
    reader.classes_changed.connect(told.append)
    window.networks.use(network_of(LETTERS), None)
    reader.read_now()
    assert told == [LETTERS]
    assert len(reader.readings) == 1
    assert reader.text == reader.last_reading.name
    assert reader.text in LETTERS.names
    window.networks.use_shipped()
    reader.read_now()
    assert len(reader.readings) == 3
    assert told == [LETTERS, DIGITS]


def test_another_appearance_leaves_the_letters_as_large_as_they_were(window, theme):
    window.networks.use(network_of(Classes(("up", "down"))), None)
    window.canvas.document.put_ink(APART)
    window.reader.read_now()
    large = window.prediction._answer.font().pointSizeF()
    assert large > window.font().pointSizeF()
    theme.choose("dark")
    assert window.prediction._answer.font().pointSizeF() == large


def test_an_empty_pad_asks_for_what_the_network_reads(window):
    window.networks.use(network_of(SIGNS), None)
    assert window.canvas._hint == "Draw a sign"
    window.networks.use_shipped()
    assert window.canvas._hint == "Draw a digit"
