"""The Network page: it follows pad and weights, every unit can be reached, and nothing is done unseen."""

import math
import re

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.lesson.network_picture.text import NO_NETWORK, NO_NUMBERS
from desktop.widgets.diverging.colours import NEGATIVE, POSITIVE
from desktop.widgets.theme import DARK, LIGHT
from engine.nn.registry import ACTIVATIONS
from engine.settings import TrainingSettings
from tests.desktop.drawing import draw
from tests.desktop.lesson.network_stand_ins import Drawn, Network, expected_outputs, make_controller

NETWORKS = [(784, 10), (784, 100, 10), (784, 512, 256, 10)]


class Bench:
    """A page with its stand-ins, which can be told what happens."""

    def __init__(self, qtbot, sizes=(784, 100, 60, 10), activation="relu"):
        self.network, self.drawn = Network(sizes, activation), Drawn()
        self.controller = make_controller(self.network, self.drawn)
        self.page = self.controller.page
        self.picture = self.page.picture
        self._qtbot = qtbot
        qtbot.addWidget(self.page)
        self.page.resize(860, 760)

    def show(self):
        self.page.show()
        self._qtbot.waitExposed(self.page)
        self.settle()
        return self

    def settle(self):
        """Until all that came is shown."""
        self._qtbot.waitUntil(lambda: not self.page.is_stale)

    def point_at(self, unit):
        """With the mouse."""
        self._qtbot.mouseMove(self.picture, self.picture.unit_place(unit).toPoint())
        self._qtbot.waitUntil(lambda: self.picture.pointed == unit)
        self.settle()

    def press(self, key):
        self._qtbot.keyClick(self.picture, key)
        self.settle()
        return self.picture.pointed


@pytest.fixture
def bench(qtbot, theme):
    return Bench(qtbot).show()


def test_before_anything_is_drawn_an_example_goes_through(bench):
    assert bench.picture.excerpt is not None
    assert bench.picture.excerpt.image.max() > 0.5
    assert "an example, until you draw" in bench.page.caption
    assert "A network of the test · 784-100-60-10, ReLU" in bench.page.caption


def test_the_digit_on_the_pad_takes_its_place_and_leaves_it_again(bench):
    bench.drawn.write(7)
    bench.settle()
    assert "the digit on the pad" in bench.page.caption
    assert (bench.picture.excerpt.image == bench.drawn.last_reading.image).all()
    bench.drawn.clear()
    bench.settle()
    assert "an example" in bench.page.caption


@pytest.mark.parametrize("sizes", NETWORKS)
def test_what_is_shown_is_what_the_network_computes(qtbot, theme, sizes):
    bench = Bench(qtbot, sizes).show()
    bench.drawn.write(4)
    bench.settle()
    outputs = expected_outputs(bench.network.network, bench.drawn.last_reading.image.ravel())
    layers = bench.picture.excerpt.layers
    assert len(layers) == len(sizes) - 1
    for layer, expected in zip(layers, outputs, strict=True):
        assert layer.outputs == pytest.approx(expected[list(layer.units)].tolist(), abs=1e-4)
    assert bench.picture.excerpt.probabilities == pytest.approx(
        torch.softmax(outputs[-1], 0).tolist(), abs=1e-4
    )
    assert [layer.rest_count for layer in layers[:-1]] == [
        size - len(layer.units) for size, layer in zip(sizes[1:], layers[:-1], strict=False)
    ]


def test_without_a_unit_pointed_at_the_answer_is_explained(bench):
    answer = bench.picture.excerpt.answer
    assert bench.page.detail.words[0] == f"Answer {answer}"
    assert bench.picture.pointed is None
    assert bench.picture.accessibleName() == "Network picture"
    assert f"Answer {answer}: " in bench.picture.accessibleDescription()


def test_a_unit_of_the_first_layer_shows_its_weight_image_and_its_sum(bench, qtbot):
    unit = (1, bench.picture.excerpt.layers[0].units[2])
    bench.point_at(unit)
    detail, shown = bench.page.detail, bench.network.network
    assert detail.words[0] == f"Hidden layer 1, unit {unit[1]}"
    weights = shown.weights["0.weights"][:, unit[1]].reshape(28, 28)
    torch.testing.assert_close(
        torch.from_numpy(detail.grid._values[0]), weights / weights.abs().max(), rtol=1e-5, atol=1e-6
    )
    assert detail.words[1].startswith("ReLU(")
    assert re.search(r"from\s\d+\sothers [+−]\sbias", detail.words[1])
    output = bench.picture.excerpt.layers[0].outputs[2]
    assert detail.words[1].endswith(f"=\N{NO-BREAK SPACE}{output:.2f}")
    assert bench.picture.accessibleName() == f"Network picture: Hidden layer 1, unit {unit[1]}"
    assert bench.picture.accessibleDescription() == detail.words[1]


def test_only_the_connections_of_the_unit_pointed_at_are_drawn(bench, qtbot):
    unit = (2, bench.picture.excerpt.layers[1].units[0])
    bench.point_at(unit)
    into, out = bench.picture.excerpt.connections[1:]
    assert bench.picture.excerpt.connections[0] == ()
    assert {each.target for each in into} == {unit[1]}
    assert {each.source for each in out} <= {unit[1]}
    qtbot.mouseMove(bench.picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: bench.picture.pointed is None)
    bench.settle()
    assert bench.picture.excerpt.connections[0]


def test_a_click_keeps_a_unit_while_the_drawing_changes(bench, qtbot):
    unit = (1, bench.picture.excerpt.layers[0].units[5])
    qtbot.mouseClick(bench.picture, Qt.MouseButton.LeftButton, pos=bench.picture.unit_place(unit).toPoint())
    qtbot.mouseMove(bench.picture, QPoint(1, 1))
    before = bench.picture.unit_place(unit)
    formulas = set()
    for digit in range(10):
        bench.drawn.write(digit)
        bench.settle()
        assert bench.picture.pointed == unit
        assert bench.picture.unit_place(unit) == before
        formulas.add(bench.page.detail.words[1])
    assert len(formulas) == 10
    qtbot.mouseClick(bench.picture, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert bench.picture.pointed is None


def test_arrow_keys_reach_every_unit_that_is_shown(bench):
    layers = bench.picture.excerpt.layers
    answer = bench.picture.excerpt.answer
    assert bench.press(Qt.Key.Key_Left) == (3, answer)
    assert bench.press(Qt.Key.Key_Home) == (3, 0)
    assert bench.press(Qt.Key.Key_Up) == (3, 0)
    assert bench.press(Qt.Key.Key_Down) == (3, 1)
    assert bench.press(Qt.Key.Key_End) == (3, 9)
    assert bench.press(Qt.Key.Key_Right) == (3, 9)
    for layer in (2, 1):
        reached = bench.press(Qt.Key.Key_Left)
        assert reached[0] == layer
        seen = [bench.press(Qt.Key.Key_Home)]
        for _ in layers[layer - 1].units[1:]:
            seen.append(bench.press(Qt.Key.Key_Down))
        assert seen == [(layer, unit) for unit in bench.picture.excerpt.layers[layer - 1].units]
    assert bench.press(Qt.Key.Key_Left)[0] == 1
    assert bench.page.detail.words[0].startswith("Hidden layer 1")
    assert bench.press(Qt.Key.Key_Escape) is None


def test_tab_leads_to_the_answer(bench, qtbot):
    bench.page.activateWindow()
    qtbot.waitUntil(bench.page.isActiveWindow)
    bench.picture.clearFocus()
    bench.picture.setFocus(Qt.FocusReason.TabFocusReason)
    assert bench.picture.pointed == (3, bench.picture.excerpt.answer)


def test_new_weights_are_shown_while_a_network_learns(bench):
    bench.drawn.write(3)
    bench.settle()
    before = bench.picture.excerpt
    bench.network.learn(2.0)
    assert bench.page.is_stale
    bench.settle()
    after = bench.picture.excerpt
    assert after.layers[-1].outputs != before.layers[-1].outputs
    assert after.layers[-1].outputs == pytest.approx(
        [8 * each for each in before.layers[-1].outputs], rel=1e-3
    )


def test_weights_and_drawings_that_come_quickly_do_not_pile_up(bench, monkeypatch):
    shown = []
    show = bench.picture.show_excerpt
    monkeypatch.setattr(bench.picture, "show_excerpt", lambda excerpt: (shown.append(excerpt), show(excerpt)))
    for step in range(1, 101):
        bench.network.learn(1.001)
        bench.drawn.write(3, step / 100)
    bench.settle()
    assert len(shown) < 60
    assert (shown[-1].image == bench.drawn.last_reading.image).all()


def test_the_same_drawing_read_again_by_a_network_in_training_is_nothing_new(bench):
    bench.drawn.write(3)
    bench.settle()
    bench.drawn.read(bench.drawn.last_reading.image.copy())
    assert not bench.page.is_stale


def test_a_hidden_page_computes_nothing_and_catches_up(bench, monkeypatch):
    asked = []
    show = bench.page.show_excerpt
    monkeypatch.setattr(bench.page, "show_excerpt", lambda *args: (asked.append(args), show(*args)))
    bench.page.hide()
    bench.drawn.write(8)
    bench.network.learn()
    assert asked == []
    bench.page.show()
    bench.settle()
    assert len(asked) >= 1
    assert (bench.picture.excerpt.image == bench.drawn.last_reading.image).all()


def test_another_network_has_other_layers_and_forgets_the_unit(bench):
    bench.point_at((1, bench.picture.excerpt.layers[0].units[0]))
    bench.network.use((784, 10), title="Another")
    bench.settle()
    assert [layer.size for layer in bench.picture.excerpt.layers] == [10]
    assert bench.picture.pointed is None
    assert bench.page.caption.startswith("Another · 784-10")
    assert bench.page.detail.words[1].count("(") == bench.page.detail.words[1].count(")")
    assert "Softmax turns this logit into" in bench.page.detail.words[2]


def test_no_network_and_one_that_diverged_are_said_in_a_sentence(bench):
    bench.network.forget()
    bench.settle()
    assert bench.page.message == NO_NETWORK
    assert not bench.picture.isVisible()
    bench.network.use((784, 100, 10))
    bench.settle()
    assert bench.page.message == ""
    assert bench.picture.isVisible()
    bench.network.diverge()
    bench.settle()
    assert bench.page.message == NO_NUMBERS
    assert bench.page.picture.excerpt is None


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_named_in_the_sum(qtbot, theme, activation):
    bench = Bench(qtbot, (784, 12, 10), activation).show()
    bench.press(Qt.Key.Key_Left)
    bench.press(Qt.Key.Key_Left)
    assert bench.page.detail.words[1].split("(")[0].split() == ACTIVATIONS[activation].title.split()


@pytest.mark.parametrize("size", [(448, 380), (860, 690), (1500, 1000)])
@pytest.mark.parametrize("sizes", [*NETWORKS, (784, *(6,) * 8, 10)])
def test_units_stand_apart_and_inside_at_every_size(qtbot, theme, size, sizes):
    bench = Bench(qtbot, sizes)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(bench.page)
    area.setWidgetResizable(True)
    area.resize(*size)
    area.show()
    bench.settle()
    picture = bench.picture
    qtbot.waitUntil(lambda: picture.height() >= picture.minimumSizeHint().height())
    bench.settle()
    layout = picture._current_layout()
    frames = [
        layout.unit(column, place)
        for column, layer in enumerate(picture.excerpt.layers)
        for place in range(len(layer.units))
    ]
    for index, frame in enumerate(frames):
        assert picture.rect().contains(frame.toAlignedRect())
        assert not any(frame.intersects(other) for other in frames[:index])
        assert frame.height() >= 0.9 * picture.fontMetrics().height()
        assert not frame.intersects(layout.pixels)
    assert len(sizes) > 4 or bench.page.width() <= size[0]
    area.takeWidget()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_connections_have_the_colour_of_their_sign(qtbot, theme, colours):
    bench = Bench(qtbot, (784, 10)).show()
    bench.page.set_colours(colours)
    image = bench.picture.grab().toImage()
    layout = bench.picture._current_layout()
    strongest = bench.picture.excerpt.connections[0][0]
    end = layout.unit(0, strongest.target)
    colour = QColor(image.pixelColor(QPoint(int(end.left()) - 2, int(end.center().y()))))
    warm, cold = (_distance(colour, QColor(*hue)) for hue in (POSITIVE, NEGATIVE))
    assert (warm < cold) == (strongest.contribution > 0)


def _distance(one: QColor, other: QColor) -> float:
    return math.dist(one.getRgb()[:3], other.getRgb()[:3])


def test_the_page_of_the_window_follows_pad_and_training(
    make_window, qtbot, any_network_will_do, little_handwriting
):
    window = make_window()
    window._actions.lesson.setChecked(True)
    view = window._side_views.lesson.view
    view.choose("Network")
    page = view.page("Network")
    qtbot.waitUntil(lambda: "The network in use" in page.caption)
    window.resize(1700, 900)
    qtbot.waitUntil(window.canvas.isVisible)
    draw(window)
    qtbot.waitUntil(lambda: "the digit on the pad" in page.caption and not page.is_stale)
    reading = window.reader.last_reading
    assert page.picture.excerpt.probabilities == pytest.approx(reading.probabilities, abs=1e-4)
    window.training.fields.set_settings(TrainingSettings(hidden=(20,), epochs=3), "handwriting", "cpu")
    window.training.request_training()
    qtbot.waitUntil(lambda: "in training" in page.caption or "784-20-10" in page.caption)
    qtbot.waitUntil(lambda: not window.training_controller.is_running)
    qtbot.waitUntil(lambda: not page.is_stale)
    assert [layer.size for layer in page.picture.excerpt.layers] == [20, 10]


def test_nothing_reaches_out_of_the_page(bench):
    bench.page.resize(448, 620)
    bench.settle()
    for widget in bench.page.findChildren(QWidget):
        if widget.isVisible():
            assert widget.parentWidget().rect().contains(widget.geometry())
