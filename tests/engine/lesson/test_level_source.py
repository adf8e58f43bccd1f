"""The code shown for a level is the code that runs on it."""

import inspect

import pytest

from engine.errors import SettingsError
from engine.lesson.level_source import level_source
from engine.lesson.source_text import sources_in
from engine.levels import gradients, library, loop, network, optimisers, product
from engine.levels.descriptions import Owner
from engine.levels.levels import LEVELS
from engine.nn import backward
from engine.nn.activations import ReLU
from engine.settings import TrainingSettings


def blocks(level, **settings):
    return {block.title: block for block in level_source(TrainingSettings(level=level, **settings))}


def text(block):
    return "\n".join(block.lines)


@pytest.mark.parametrize(
    ("level", "library"),
    [
        (1, ["Mini-batches", "Network", "Loss", "Gradients", "Zeroing", "Optimiser"]),
        (2, ["Mini-batches", "Matrix product", "Loss", "Gradients", "Zeroing", "Optimiser"]),
        (3, ["Mini-batches", "Loss", "Gradients", "Zeroing", "Optimiser"]),
        (4, ["Matrix product", "Gradients", "Optimiser"]),
        (5, ["Matrix product", "Gradients"]),
        (6, ["Matrix product"]),
        (7, ["Matrix product"]),
    ],
)
def test_it_says_what_the_library_does(level, library):
    assert [title for title, block in blocks(level).items() if block.is_library] == library


def test_the_matrix_product_goes_back_to_the_library_after_level_3():
    owners = {level: blocks(level)["Matrix product"].owner for level in range(2, 8)}
    assert owners == {2: Owner.LIBRARY, 3: Owner.OURS, **dict.fromkeys(range(4, 8), Owner.BACK)}
    assert blocks(4)["Matrix product"].is_changed
    assert blocks(4)["Matrix product"].lines == blocks(2)["Matrix product"].lines


@pytest.mark.parametrize(
    ("level", "changed"),
    [
        (1, []),
        (2, ["Network"]),
        (3, ["Network", "Matrix product"]),
        (4, ["Mini-batches", "Loss", "Zeroing", "The loop"]),
        (5, ["Optimiser"]),
        (6, ["Network", "Gradients", "The loop"]),
        (7, []),
    ],
)
def test_new_lines_are_marked_where_no_level_below_has_them(level, changed):
    assert [title for title, block in blocks(level).items() if block.new_lines] == changed


def marked(block):
    return [block.lines[index].strip() for index in sorted(block.new_lines)]


def test_what_a_level_changes_elsewhere_is_what_calls_its_part():
    assert marked(blocks(3)["Network"]) == ["return matrix_product(inputs, self.weights) + self.bias"]
    assert marked(blocks(6)["The loop"]) == ["backward(network, log_probabilities, targets)"]
    assert marked(blocks(6, hidden=())["Network"]) == [
        "self.inputs = inputs",
        "def backward(self, gradient):",
        '"""The gradient of the outputs to that of the inputs."""',
        "self.weights.grad += self.inputs.T @ gradient",
        "self.bias.grad += gradient.sum(dim=0)",
        "return gradient @ self.weights.T",
    ]


@pytest.mark.parametrize(
    ("level", "title", "source"),
    [
        (1, "Network", library.make_network),
        (2, "Network", network.log_softmax),
        (2, "Network", network.Linear),
        (3, "Matrix product", product.matrix_product),
        (4, "Loss", loop.negative_log_likelihood),
        (5, "Optimiser", optimisers.SGDWithMomentum),
        (6, "Network", gradients.Linear),
        (6, "Gradients", gradients.loss_gradient),
        (7, "Gradients", backward.BufferedLinear.backward),
        (7, "Gradients", ReLU.backward_in_place),
    ],
)
def test_the_source_is_the_real_one(level, title, source):
    assert inspect.getsource(source).rstrip() in text(blocks(level)[title])


def test_it_follows_the_settings():
    assert "class ELU" in text(blocks(6, activation="elu")["Network"])
    assert "class ReLU" not in text(blocks(6, hidden=())["Network"])
    assert "class ELU" in text(blocks(7, activation="elu")["Gradients"])
    assert "class Adam" in text(blocks(5, optimiser="adam")["Optimiser"])
    plain = text(blocks(5, momentum=0.0)["Optimiser"])
    assert "class SGD:" in plain
    assert "momentum" not in plain
    assert "decay" not in plain
    assert "def decay_weights" in text(blocks(5, weight_decay=0.01)["Optimiser"])
    with pytest.raises(SettingsError):
        blocks(9)


@pytest.mark.parametrize("level", LEVELS)
def test_new_lines_are_lines_with_words(level):
    for block in blocks(level).values():
        assert all(block.lines[index].strip() for index in block.new_lines)
        assert "type: ignore" not in text(block)


def test_without_source_the_parts_are_still_named(monkeypatch):
    def fails(_source):
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", fails)
    sources_in.cache_clear()
    assert blocks(6)
    assert all(block.lines == () for block in blocks(6).values())
