"""The code shown for a rung is the code that runs on it."""

import inspect

import pytest

from engine import gradients, library_parts, losses, matrix_product, optimisers, passes
from engine.errors import SettingsError
from engine.rung_source import rung_source
from engine.rungs import RUNGS
from engine.settings import TrainingSettings


def blocks(rung, **settings):
    return {block.title: block for block in rung_source(TrainingSettings(rung=rung, **settings))}


def text(block):
    return "\n".join(block.lines)


@pytest.mark.parametrize(
    ("rung", "library"),
    [
        (1, ["Mini-batches", "Network", "Loss", "Zeroing", "Optimiser"]),
        (2, ["Mini-batches", "Loss", "Zeroing", "Optimiser"]),
        (3, ["Mini-batches", "Loss", "Zeroing", "Optimiser"]),
        (4, ["Optimiser"]),
        (5, []),
        (6, []),
    ],
)
def test_it_says_what_the_library_does(rung, library):
    assert [title for title, block in blocks(rung).items() if block.is_library] == library


@pytest.mark.parametrize(
    ("rung", "changed"),
    [
        (1, []),
        (2, ["Network"]),
        (3, ["Matrix product"]),
        (4, ["Mini-batches", "Matrix product", "Loss", "Zeroing"]),
        (5, ["Optimiser"]),
        (6, ["Gradients"]),
    ],
)
def test_new_lines_are_marked_where_the_rung_differs_from_the_one_below(rung, changed):
    assert [title for title, block in blocks(rung).items() if block.new_lines] == changed


@pytest.mark.parametrize(
    ("rung", "title", "source"),
    [
        (1, "Network", library_parts.LibraryNetwork.__init__),
        (2, "Network", losses.log_softmax),
        (2, "Network", losses.softmax),
        (3, "Matrix product", matrix_product.broadcast_product),
        (4, "Loss", losses.negative_log_likelihood),
        (5, "Optimiser", optimisers.SGD.step),
        (6, "Gradients", gradients.ChainRule.__call__),
        (6, "Gradients", passes.ReLUPass.backward),
    ],
)
def test_the_source_is_the_real_one(rung, title, source):
    shown = text(blocks(rung)[title])
    for line in inspect.getsource(source).splitlines():
        assert line.split("  # type:")[0].strip() in shown


def test_it_follows_the_settings():
    assert "class ELU" in text(blocks(6, activation="elu")["Gradients"])
    assert "class ReLU" not in text(blocks(6, hidden=())["Gradients"])
    assert "class Adam" in text(blocks(5, optimiser="adam")["Optimiser"])
    with pytest.raises(SettingsError):
        blocks(9)


@pytest.mark.parametrize("rung", RUNGS)
def test_new_lines_are_lines_with_words(rung):
    for block in blocks(rung).values():
        assert all(block.lines[index].strip() for index in block.new_lines)
        assert "type: ignore" not in text(block)


def test_without_source_the_parts_are_still_named(monkeypatch):
    def fails(_source):
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", fails)
    assert blocks(6)
    assert all(block.lines == () for block in blocks(6).values())
