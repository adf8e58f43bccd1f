"""Model files: exact, checked, never half-written, never pickle."""

import contextlib
import errno
import json
import os
import pickle

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from engine.digits import Standardisation
from engine.errors import ModelFileError
from engine.model import Model, Provenance
from engine.model_file import load_model, save_model
from engine.network import Architecture, Network

ABOUT = {
    "name": "test",
    "sizes": [784, 4, 10],
    "activation": "elu",
    "mean": 0.13,
    "standard_deviation": 0.31,
    "normaliser_version": 1,
    "provenance": {"data": "nothing", "validation_accuracy": 0.9},
}


@pytest.fixture
def model():
    architecture = Architecture((784, 4, 10), "elu")
    provenance = Provenance("nothing", 0.98, None, seed=3, attribution="nobody")
    weights = Network(architecture, 1).snapshot()
    return Model("a name, 98 %", architecture, weights, Standardisation(0.1307, 0.3081), provenance)


def write(path, about=None, weights=None, format_name="scratchpad-1"):
    weights = weights or dict(Network(Architecture((784, 4, 10))).snapshot())
    metadata = {
        "format": format_name,
        "model": about if isinstance(about, str) else json.dumps(about or ABOUT),
    }
    save_file(weights, path, metadata)


def test_everything_comes_back(model, tmp_path):
    save_model(model, tmp_path / "m.safetensors")
    again = load_model(tmp_path / "m.safetensors")
    for name in ("name", "architecture", "standardisation", "provenance", "normaliser_version"):
        assert getattr(again, name) == getattr(model, name)
    assert all(torch.equal(again.weights[name], model.weights[name]) for name in model.weights)


def test_the_plain_file_of_these_tests_is_good(tmp_path):
    write(tmp_path / "m.safetensors")
    assert load_model(tmp_path / "m.safetensors").name == "test"


@pytest.mark.parametrize(
    "change",
    [
        {"sizes": [784, 5, 10]},
        {"sizes": [784]},
        {"sizes": "many"},
        {"sizes": [784, -4, 10]},
        {"activation": "tanh"},
        {"mean": "x"},
        {"mean": float("nan")},
        {"standard_deviation": 0},
        {"standard_deviation": None},
        {"normaliser_version": 99},
        {"provenance": {}},
        {"provenance": {"data": "x", "test_accuracy": 7}},
        {"provenance": {"data": "x", "unheard_of": 1}},
        {"provenance": "somewhere"},
    ],
)
def test_metadata_that_do_not_fit_are_refused(tmp_path, change):
    write(tmp_path / "m.safetensors", {**ABOUT, **change})
    with pytest.raises(ModelFileError, match=r"m\.safetensors"):
        load_model(tmp_path / "m.safetensors")


@pytest.mark.parametrize("about", ["", "[]", "{}", "null", "{", "[" * 100_000])
def test_metadata_that_are_none_are_refused(tmp_path, about):
    write(tmp_path / "m.safetensors", about or " ")
    with pytest.raises(ModelFileError):
        load_model(tmp_path / "m.safetensors")


@pytest.mark.parametrize("damage", ["nan", "infinite", "double", "shape", "missing", "extra", "format"])
def test_weights_that_do_not_fit_are_refused(tmp_path, damage):
    weights = dict(Network(Architecture((784, 4, 10))).snapshot())
    if damage in ("nan", "infinite"):
        weights["0.weights"][3, 2] = float(damage[:3])
    elif damage == "double":
        weights["0.weights"] = weights["0.weights"].double()
    elif damage == "shape":
        weights["0.weights"] = weights["0.weights"].T.contiguous()
    elif damage == "missing":
        del weights["1.bias"]
    elif damage == "extra":
        weights["2.bias"] = torch.zeros(3)
    write(
        tmp_path / "m.safetensors",
        weights=weights,
        format_name="other" if damage == "format" else "scratchpad-1",
    )
    with pytest.raises(ModelFileError):
        load_model(tmp_path / "m.safetensors")


def test_files_that_are_no_models_are_refused(tmp_path):
    contents = {
        "empty": b"",
        "text": b"hello",
        "pickle": pickle.dumps({"weights": [1, 2]}),
        "zip": b"PK\x03\x04" + b"\0" * 100,
        "huge header": b"\xff" * 8 + b"{}",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ModelFileError, match=name):
            load_model(tmp_path / name)
    with pytest.raises(ModelFileError):
        load_model(tmp_path)
    with pytest.raises(ModelFileError, match="no file"):
        load_model(tmp_path / "gone")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_random_damage_gives_a_model_or_a_sentence(model, tmp_path, data):
    path = tmp_path / "m.safetensors"
    save_model(model, path)
    content = bytearray(path.read_bytes())
    reach = st.one_of(st.integers(0, 1200), st.integers(0, len(content) - 1))
    for place in data.draw(st.lists(reach, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.one_of(st.just(len(content)), reach))])
    with contextlib.suppress(ModelFileError):
        assert load_model(path).architecture.sizes[-1] == 10


@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(model, tmp_path, monkeypatch, function):
    path = tmp_path / "folder" / "m.safetensors"
    save_model(model, path)
    before = path.read_bytes()

    def fails(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, function, fails)
    with pytest.raises(ModelFileError, match="No space left"):
        save_model(model, path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["m.safetensors"]


def test_a_folder_that_cannot_be_made_is_told(model, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelFileError, match="could not be saved"):
        save_model(model, tmp_path / "file" / "m.safetensors")


def test_a_new_file_is_as_readable_as_any_other(model, tmp_path):
    save_model(model, tmp_path / "m.safetensors")
    (tmp_path / "other").write_text("")
    assert (tmp_path / "m.safetensors").stat().st_mode == (tmp_path / "other").stat().st_mode
