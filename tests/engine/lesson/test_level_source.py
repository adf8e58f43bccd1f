"""The code shown for a level is the code that runs on it."""

import inspect

import pytest

from engine.errors import SettingsError
from engine.lesson.level_source import level_source
from engine.levels import torch_parts
from engine.levels.levels import LEVELS
from engine.nn import activations, gradients, losses, matmul, optimisers
from engine.settings import TrainingSettings


def blocks(level, **settings):
    return {block.title: block for block in level_source(TrainingSettings(level=level, **settings))}


def text(block):
    return "\n".join(block.lines)


@pytest.mark.parametrize(
    ("level", "library"),
    [
        (1, ["Mini-batches", "Network", "Loss", "Zeroing", "Optimiser"]),
        (2, ["Mini-batches", "Loss", "Zeroing", "Optimiser"]),
        (3, ["Mini-batches", "Loss", "Zeroing", "Optimiser"]),
        (4, ["Optimiser"]),
        (5, []),
        (6, []),
    ],
)
def test_it_says_what_the_library_does(level, library):
    assert [title for title, block in blocks(level).items() if block.is_library] == library


@pytest.mark.parametrize(
    ("level", "changed"),
    [
        (1, []),
        (2, ["Network"]),
        (3, ["Matrix product"]),
        (4, ["Mini-batches", "Matrix product", "Loss", "Zeroing"]),
        (5, ["Optimiser"]),
        (6, ["Gradients"]),
    ],
)
def test_new_lines_are_marked_where_the_level_differs_from_the_one_below(level, changed):
    assert [title for title, block in blocks(level).items() if block.new_lines] == changed


@pytest.mark.parametrize(
    ("level", "title", "source"),
    [
        (1, "Network", torch_parts.LibraryNetwork.__init__),
        (2, "Network", losses.log_softmax),
        (2, "Network", losses.softmax),
        (3, "Matrix product", matmul.broadcast_product),
        (4, "Loss", losses.negative_log_likelihood),
        (5, "Optimiser", optimisers.SGD.step),
        (6, "Gradients", gradients.ChainRule.__call__),
        (6, "Gradients", activations.ReLU.backward_in_place),
    ],
)
def test_the_source_is_the_real_one(level, title, source):
    shown = text(blocks(level)[title])
    for line in inspect.getsource(source).splitlines():
        assert line.split("  # type:")[0].strip() in shown


def test_it_follows_the_settings():
    assert "class ELU" in text(blocks(6, activation="elu")["Gradients"])
    assert "class ReLU" not in text(blocks(6, hidden=())["Gradients"])
    assert "class Adam" in text(blocks(5, optimiser="adam")["Optimiser"])
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
    assert blocks(6)
    assert all(block.lines == () for block in blocks(6).values())
