"""The results of a network of letters: on the set that it learned from, in a matrix of its classes."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.results.confusion_matrix import ConfusionMatrix
from desktop.settings.set_settings import KnownSet
from engine.data.classes import DIGITS, Classes
from engine.data.digits import Standardisation
from engine.data.sets import csv_set
from engine.models.model import Model, Provenance
from engine.nn.network import Architecture, Network
from tests.engine.data.sets.made_sets import csv_text

PATIENCE_MS = 300_000
LETTERS = tuple("ABCDEFGHIJKLM")


@pytest.fixture
def letters(tmp_path):
    """A table of 13 letters, each with a bar at another place."""
    images = np.zeros((260, 28, 28), np.uint8)
    for place, image in enumerate(images):
        image[4:24, 2 + 2 * (place % 13)] = 255 - place % 7
    path = tmp_path / "letters.csv"
    path.write_text(csv_text(images, LETTERS * 20))
    return path


def network_of(classes, data):
    architecture = Architecture((784, 8, len(classes)))
    weights = Network(architecture, 1).snapshot()
    about = Provenance(data, 0.5, 0.5)
    return Model("of letters", architecture, weights, Standardisation(0.1, 0.3), about, classes=classes)


@pytest.fixture
def window(make_window, qtbot):
    window = make_window()
    qtbot.waitUntil(lambda: window.networks.model is not None)
    return window


def test_how_far_the_set_is_read_is_said(window, qtbot, letters, monkeypatch):
    monkeypatch.setattr(csv_set, "_CHUNK", 1 << 14)
    window._settings.sets.remember(KnownSet(str(letters), "letters"))
    window.networks.use(network_of(Classes(LETTERS), "letters"), None)
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    said = []
    monkeypatch.setattr(controller.view, "set_remark", said.append)
    qtbot.waitUntil(lambda: bool(said) and "on the test pictures of letters" in said[-1])
    shares = [int(words.split()[2]) for words in said if words.startswith("Reading letters.csv: ")]
    assert shares == sorted(set(shares))
    assert shares[-1] == 100


def test_the_set_that_it_learned_from_is_read(window, qtbot, letters):
    window._settings.sets.remember(KnownSet(str(letters), "letters"))
    window.networks.use(network_of(Classes(LETTERS), "letters"), None)
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    qtbot.waitUntil(lambda: controller.results is not None, timeout=PATIENCE_MS)
    assert "on the test pictures of letters" in controller.view.remark
    assert len(controller.results.predictions) == 26
    page = controller.view.page("Mistakes")
    assert page.matrix.classes.names == LETTERS
    label, answer = page.matrix.chosen
    assert page.words.startswith(f"{LETTERS[label]} read ")
    assert "signs" in page.words
    assert page.pairs[0].text().startswith(f"{LETTERS[label]} → {LETTERS[answer]}")
    controller.view.choose("Pixels")
    qtbot.waitUntil(lambda: not controller.is_busy, timeout=PATIENCE_MS)


def test_a_set_that_is_not_at_hand_is_named(window, qtbot):
    window.networks.use(network_of(Classes(LETTERS), "somebody's letters"), None)
    window._actions.results.setChecked(True)
    controller = window._side_views.results
    assert "learned from somebody's letters, which is not at hand" in controller.view.remark
    assert not controller.is_busy


def test_a_matrix_of_other_classes_begins_anew(qtbot):
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.set_counts([[1] * 10] * 10, [0.1] * 10)
    matrix.mark(3, 7)
    digits = matrix.minimumSizeHint()
    signs = Classes(("plus", "a sign of some name", "<b>times</b>"))
    matrix.set_counts([[2, 0, 1], [0, 3, 0], [1, 0, 2]], [2 / 3, 1.0, None], signs)
    assert matrix.chosen is None
    assert matrix.minimumSizeHint().height() < digits.height()
    matrix.resize(matrix.sizeHint())
    matrix.show()
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    for _ in range(5):
        QTest.keyClick(matrix, Qt.Key.Key_Right)
    assert matrix.chosen == (0, 2)
    assert "plus read as <b>times</b>: 1" in matrix.accessibleDescription()
    assert matrix.cell_at(matrix.cell_rectangle(2, 1).center()) == (2, 1)
    matrix.grab()
    matrix.set_counts([[1] * 10] * 10, [0.1] * 10, DIGITS)
    assert matrix.minimumSizeHint() == digits
