"""Networks go to others and come from others with the same answers; what could run code is not opened."""

import os
import pickle
import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from engine.data.digits import Standardisation
from engine.errors import ModelFileError
from engine.models.assumptions import PIXELS, Assumption, assume
from engine.models.classifier import Classifier
from engine.models.model import Model, Provenance
from engine.models.model_file import load_model
from engine.models.network_files import read_network, write_network
from engine.nn.network import Architecture, Network

PLAIN = {
    "relu": nn.ReLU,
    "leaky-relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}
SIZES = [(784, 10), (784, 12, 10), (784, 9, 8, 10)]


def model_of(sizes=(784, 12, 10), activation="relu", seed=3):
    architecture = Architecture(sizes, activation)
    weights = Network(architecture, seed).snapshot()
    for name, values in weights.items():
        if name.endswith("bias"):
            values.copy_(torch.randn(values.shape, generator=torch.Generator().manual_seed(seed)))
    return Model("seven", architecture, weights, Standardisation(0.13, 0.31), Provenance("nothing"))


def sequential(sizes, activation="relu"):
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), PLAIN[activation]()]
    return nn.Sequential(*layers[:-1])


def pixels(count=5):
    return torch.rand(count, 784, generator=torch.Generator().manual_seed(1))


def logits(model, values):
    network = Network.from_weights(model.architecture, model.weights)
    with torch.no_grad():
        return network(model.standardisation(values))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", PLAIN)
def test_a_state_dict_loads_into_the_plain_sequential_of_the_same_sizes(sizes, activation, tmp_path):
    model = model_of(sizes, activation)
    write_network(model, tmp_path / "seven.pt")
    network = sequential(sizes, activation)
    network.load_state_dict(torch.load(tmp_path / "seven.pt", weights_only=True))
    with torch.no_grad():
        torch.testing.assert_close(network(pixels()), logits(model, pixels()), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("activation", PLAIN)
def test_the_state_dict_of_a_sequential_reads_here(activation, tmp_path):
    network = sequential((784, 12, 10), activation)
    torch.save(network.state_dict(), tmp_path / "theirs.pth")
    model = assume(read_network(tmp_path / "theirs.pth"), Assumption(activation, PIXELS["0 to 1"]))
    assert model.name == "theirs"
    assert model.architecture == Architecture((784, 12, 10), activation)
    with torch.no_grad():
        torch.testing.assert_close(logits(model, pixels()), network(pixels()))
    write_network(model, tmp_path / "kept.safetensors")
    reading = Classifier(load_model(tmp_path / "kept.safetensors")).read_vector(pixels(1)[0].numpy())
    assert sum(reading.probabilities) == pytest.approx(1, abs=1e-5)


def test_a_flatten_before_and_a_name_around_do_no_harm(tmp_path):
    class Reader(nn.Module):
        def __init__(self):
            super().__init__()
            self.stack = nn.Sequential(nn.Flatten(), *sequential((784, 12, 10)))

    network = Reader().double()
    torch.save(network.state_dict(), tmp_path / "theirs.pt")
    model = read_network(tmp_path / "theirs.pt")
    with torch.no_grad():
        expected = network.stack(pixels().double()).float()
    torch.testing.assert_close(logits(model, pixels()), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", PLAIN)
def test_an_onnx_graph_gives_the_same_answers_elsewhere(sizes, activation, tmp_path):
    runtime = pytest.importorskip("onnxruntime")
    model = replace(model_of(sizes, activation), temperature=1.5)
    write_network(model, tmp_path / "seven.onnx")
    session = runtime.InferenceSession(tmp_path / "seven.onnx", providers=["CPUExecutionProvider"])
    found, probabilities = session.run(["logits", "probabilities"], {"pixels": pixels(7).numpy()})
    expected = logits(model, pixels(7))
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(probabilities, (expected / 1.5).softmax(1).numpy(), rtol=1e-4, atol=1e-5)


def test_without_the_package_onnx_one_sentence_says_so(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "onnx", None)  # so that importing it fails
    with pytest.raises(ModelFileError, match="pip install onnx"):
        write_network(model_of(), tmp_path / "seven.onnx")


class Dangerous:
    def __reduce__(self):
        return os.system, ("true",)


def with_values(**values):
    network = sequential((784, 12, 10))
    return {**network.state_dict(), **values}


BAD = {
    "a whole network": lambda: sequential((784, 12, 10)),
    "code": Dangerous,
    "a list": lambda: [torch.ones(2)],
    "lists among tensors": lambda: with_values(names=["seven"]),
    "nothing": dict,
    "other layers": lambda: with_values(**{"1.running_mean": torch.ones(12)}),
    "two networks": lambda: {f"{p}.{n}": t for p in "ab" for n, t in with_values().items()},
    "a bias missing": lambda: {n: t for n, t in with_values().items() if n != "0.bias"},
    "sizes apart": lambda: with_values(**{"2.weight": torch.ones(10, 13)}),
    "whole numbers": lambda: with_values(**{"2.bias": torch.ones(10, dtype=torch.int64)}),
    "a convolution": lambda: with_values(**{"0.weight": torch.ones(12, 1, 28, 28)}),
    "no numbers": lambda: with_values(**{"2.bias": torch.full((10,), torch.nan)}),
    "other inputs": lambda: sequential((64, 12, 10)).state_dict(),
    "other outputs": lambda: sequential((784, 12, 26)).state_dict(),
}


@pytest.mark.parametrize("what", BAD)
def test_anything_else_is_refused_in_one_sentence(what, tmp_path):
    path = tmp_path / "theirs.pt"
    torch.save(BAD[what](), path)
    with pytest.raises(ModelFileError, match=r"^theirs.pt .*\.$") as refused:
        read_network(path)
    if what in ("a whole network", "code"):
        assert "could run code" in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"hello", pickle.dumps({"0.weight": 1}), bytes(1000)], ids=range(5)
)
def test_a_file_of_something_else_is_refused(content, tmp_path):
    path = tmp_path / "theirs.pt"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"theirs\.pt"):
        read_network(path)


def test_missing_unknown_and_unwritable_files_are_one_sentence_each(tmp_path):
    with pytest.raises(ModelFileError, match=r"no file gone\.pt any more"):
        read_network(tmp_path / "gone.pt")
    write_network(model_of(), tmp_path / "seven.onnx")
    with pytest.raises(ModelFileError, match="writes but does not read"):
        read_network(tmp_path / "seven.onnx")
    for name in ("seven.h5", "seven"):
        with pytest.raises(ModelFileError, match="not written as"):
            write_network(model_of(), tmp_path / name)
    for suffix in ("pt", "onnx"):
        with pytest.raises(ModelFileError, match="choose another folder"):
            write_network(model_of(), Path(tmp_path, "missing", f"seven.{suffix}"))


@pytest.mark.parametrize("suffix", ["safetensors", "pt"])
def test_a_file_that_was_there_stays_if_writing_fails(suffix, tmp_path, monkeypatch):
    path = tmp_path / f"seven.{suffix}"
    write_network(model_of(), path)
    before = path.read_bytes()

    def fails(*_arguments):
        raise OSError("full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(ModelFileError, match="full"):
        write_network(model_of(seed=4), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]


def test_the_lines_of_the_readme_do_what_they_say(tmp_path, monkeypatch):
    text = Path(__file__).parents[3].joinpath("README.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(network = nn\.Sequential.*?)```", text, re.DOTALL)[1]
    model = model_of((784, 100, 10))
    write_network(model, tmp_path / "mine.pt")
    monkeypatch.chdir(tmp_path)
    names = {"torch": torch, "nn": nn, "pixels": pixels()}
    exec(lines, names)
    torch.testing.assert_close(names["probabilities"].detach(), logits(model, pixels()).softmax(1))
