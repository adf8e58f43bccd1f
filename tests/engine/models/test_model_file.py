"""Model files: exact, checked, never half-written, never pickle."""

import contextlib
import errno
import json
import os
import pickle
from dataclasses import fields, replace

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import save_file

from engine.data.classes import Classes
from engine.data.digits import Standardisation
from engine.errors import ModelFileError
from engine.models.model import Model, Provenance
from engine.models.model_file import is_same_model, load_model, save_model
from engine.nn.network import Architecture, Network

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
    standardisation = Standardisation(0.1307, 0.3081)
    return Model("a name, 98 %", architecture, weights, standardisation, provenance, temperature=1.375)


def test_classes_come_back_and_digits_are_not_written(model, tmp_path):
    architecture = Architecture((784, 4, 3))
    classes = Classes(("plus", "−", "日本"))
    signs = replace(
        model, architecture=architecture, weights=Network(architecture).snapshot(), classes=classes
    )
    for each, path in ((signs, tmp_path / "signs.safetensors"), (model, tmp_path / "digits.safetensors")):
        save_model(each, path)
        assert is_same_model(load_model(path), each)
        with safe_open(path, "pt") as file:
            about = json.loads(file.metadata()["model"])
        assert ("classes" in about, about["metadata_version"] >= 5) == (each is signs, each is signs)
    with_threshold = replace(signs, digit_threshold=0.25)
    save_model(with_threshold, tmp_path / "both.safetensors")
    assert load_model(tmp_path / "both.safetensors").digit_threshold == 0.25


@pytest.mark.parametrize(
    "classes",
    [
        ["a", "b"],
        ["a", "b", "b"],
        ["a", "b", ""],
        ["a", "b", 3],
        ["a", "b", "c" * 21],
        ["a", "b", "\u202ec"],
        "abc",
        3,
    ],
    ids=str,
)
def test_classes_that_cannot_be_are_refused(classes, tmp_path):
    weights = dict(Network(Architecture((784, 4, 3))).snapshot())
    about = {**ABOUT, "sizes": [784, 4, 3], "metadata_version": 5, "temperature": 1.0, "classes": classes}
    path = tmp_path / "signs.safetensors"
    write(path, about, weights)
    refused(path)
    write(path, {**about, "classes": ["a", "b", "c"]}, weights)
    assert len(load_model(path).classes) == 3


def write(path, about=None, weights=None, format_name="scratchpad-1"):
    weights = weights or dict(Network(Architecture((784, 4, 10))).snapshot())
    metadata = {
        "format": format_name,
        "model": about if isinstance(about, str) else json.dumps(about or ABOUT),
    }
    save_file(weights, path, metadata)


def refused(path):
    """Loading fails with one plain sentence that names the file."""
    with pytest.raises(ModelFileError) as error:
        load_model(path)
    assert path.name in str(error.value)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_everything_comes_back(model, tmp_path):
    save_model(model, tmp_path / "m.safetensors")
    again = load_model(tmp_path / "m.safetensors")
    for field in fields(Model):
        if field.name != "weights":
            assert getattr(again, field.name) == getattr(model, field.name)
    assert all(torch.equal(again.weights[name], model.weights[name]) for name in model.weights)


def test_the_plain_file_of_these_tests_is_good(tmp_path):
    write(tmp_path / "m.safetensors")
    assert load_model(tmp_path / "m.safetensors").name == "test"


def test_a_file_from_before_there_were_temperatures_reads_as_one_of_1(tmp_path):
    write(tmp_path / "m.safetensors", {**ABOUT, "temperature": 3.0})
    assert load_model(tmp_path / "m.safetensors").temperature == 1
    write(tmp_path / "m.safetensors", {**ABOUT, "metadata_version": 2, "temperature": 3.0})
    assert load_model(tmp_path / "m.safetensors").temperature == 3


def test_only_a_network_that_knows_what_is_no_digit_needs_the_newest_version(model, tmp_path):
    path = tmp_path / "m.safetensors"
    for threshold, version in ((None, 2), (0.25, 4)):
        save_model(replace(model, digit_threshold=threshold), path)
        assert load_model(path).digit_threshold == threshold
        with safe_open(path, "pt") as file:
            assert json.loads(file.metadata()["model"])["metadata_version"] == version


def test_a_file_of_a_newer_version_says_so(tmp_path):
    write(tmp_path / "m.safetensors", {**ABOUT, "metadata_version": 6, "temperature": 1.0})
    with pytest.raises(ModelFileError, match="was saved by a newer version of the program"):
        load_model(tmp_path / "m.safetensors")


@pytest.mark.parametrize(
    "change",
    [
        {"sizes": [784, 5, 10]},
        {"sizes": [784]},
        {"sizes": "many"},
        {"sizes": [784, -4, 10]},
        {"activation": "softplus"},
        {"mean": "x"},
        {"mean": float("nan")},
        {"standard_deviation": 0},
        {"standard_deviation": None},
        {"normaliser_version": 99},
        {"metadata_version": 2},
        {"metadata_version": 2, "temperature": 0},
        {"metadata_version": 2, "temperature": -1.0},
        {"metadata_version": 2, "temperature": float("nan")},
        {"metadata_version": 2, "temperature": "1"},
        {"metadata_version": 4, "temperature": 1.0},
        {"metadata_version": 4, "temperature": 1.0, "digit_threshold": None},
        {"metadata_version": 4, "temperature": 1.0, "digit_threshold": 1.5},
        {"metadata_version": 4, "temperature": 1.0, "digit_threshold": float("nan")},
        {"metadata_version": 0},
        {"metadata_version": True},
        {"metadata_version": "2"},
        {"provenance": {}},
        {"provenance": {"data": "x", "test_accuracy": 7}},
        {"provenance": {"data": "x", "unheard_of": 1}},
        {"provenance": "somewhere"},
        {"sizes": [784.5, 4, 10]},
        {"sizes": ["784", "4", "10"]},
        {"sizes": {"784": 1, "4": 2, "10": 3}},
        {"name": None},
        {"name": "\ud800"},
        {"mean": "0.13"},
        {"mean": -0.1},
        {"mean": True},
        {"mean": 10**400},
        {"standard_deviation": 1e-300},
        {"standard_deviation": 1e300},
        {"provenance": {"data": 5}},
        {"provenance": {"data": "x", "created": None}},
        {"provenance": {"data": "x", "seed": "1"}},
        {"provenance": {"data": "x", "test_accuracy": "0.9"}},
        {"provenance": {"data": "x", "test_accuracy": True}},
        {"provenance": {"data": "x", "validation_accuracy": -0.1}},
        {"provenance": {"data": "x", "validation_accuracy": float("nan")}},
    ],
)
def test_metadata_that_do_not_fit_are_refused(tmp_path, change):
    write(tmp_path / "m.safetensors", {**ABOUT, **change})
    refused(tmp_path / "m.safetensors")


@pytest.mark.parametrize("missing", ABOUT)
def test_metadata_with_something_missing_are_refused(tmp_path, missing):
    write(tmp_path / "m.safetensors", {name: value for name, value in ABOUT.items() if name != missing})
    refused(tmp_path / "m.safetensors")


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


@pytest.mark.parametrize("share", [0.0, 1e-5, 1e-4, 0.01, 0.5, 0.99, 0.99999])
def test_a_file_that_ends_early_is_refused(model, tmp_path, share):
    path = tmp_path / "m.safetensors"
    save_model(model, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    refused(path)


def test_bits_that_flip_in_the_header_never_get_past_the_sentence(model, tmp_path):
    path = tmp_path / "m.safetensors"
    save_model(model, path)
    content = path.read_bytes()
    header = 8 + int.from_bytes(content[:8], "little")
    count = 0
    for place in range(0, header, 3):
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        try:
            load_model(path)
        except ModelFileError:
            count += 1
    assert count > header / 6  # a letter in a name may change and leave a good file


def test_opening_a_pickle_runs_nothing(tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "sprung"),)

    for name, content in (("pickle", pickle.dumps(Trap())), ("torch", None)):
        if content is None:
            torch.save(Trap(), tmp_path / name)
        else:
            (tmp_path / name).write_bytes(content)
        refused(tmp_path / name)
    assert not (tmp_path / "sprung").exists()


def test_a_loaded_network_is_its_own_and_not_a_view_of_the_file(model, tmp_path):
    path = tmp_path / "m.safetensors"
    save_model(model, path)
    loaded = load_model(path)
    with path.open("r+b") as file:  # as a copy on top of it would do
        file.write(bytes(path.stat().st_size))
    assert all(torch.equal(loaded.weights[name], model.weights[name]) for name in model.weights)


def test_a_file_that_may_not_be_read_is_told(model, tmp_path, monkeypatch):
    path = tmp_path / "m.safetensors"
    save_model(model, path)

    def fails(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("engine.models.model_file.open_regular", fails)
    refused(path)


def test_a_folder_that_takes_no_files_is_told(model, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("engine.files.safe_writing.open", fails, raising=False)
    with pytest.raises(ModelFileError, match="Read-only file system"):
        save_model(model, tmp_path / "m.safetensors")
    assert not [each for each in tmp_path.iterdir() if each.is_file()]


def test_an_absent_folder_is_made(model, tmp_path):
    save_model(model, tmp_path / "new" / "folder" / "m.safetensors")
    assert load_model(tmp_path / "new" / "folder" / "m.safetensors").name == model.name


def test_a_newer_network_takes_the_place_of_an_older(model, tmp_path):
    path = tmp_path / "m.safetensors"
    save_model(replace(model, name="older"), path)
    save_model(model, path)
    assert load_model(path).name == model.name
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["m.safetensors"]


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


@pytest.mark.parametrize(
    ("format_name", "said"),
    [
        ("scratchpad-2", "newer version of Scratchpad"),
        ("scratchpad-99", "update the program"),
        ("scratchpad-x", "is not a network of this program"),
        ("somebody-2", "is not a network of this program"),
        ("", "is not a network of this program"),
    ],
)
def test_other_formats_are_told_apart(tmp_path, format_name, said):
    path = tmp_path / "m.safetensors"
    write(path, format_name=format_name)
    with pytest.raises(ModelFileError, match=said):
        load_model(path)


def test_the_same_model_is_recognised_and_another_is_not(model, tmp_path):
    save_model(model, tmp_path / "m.safetensors")
    again = load_model(tmp_path / "m.safetensors")
    assert is_same_model(again, model)
    assert not is_same_model(replace(again, name="other"), model)
    weights = {name: weight + 1 for name, weight in model.weights.items()}
    assert not is_same_model(replace(again, weights=weights), model)
