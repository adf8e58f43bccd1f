"""Sets of labelled pictures are read from the forms that people have them in."""

import gzip
import json

import numpy as np
import pytest
import torch

from engine.data.digits import Digits
from engine.data.exports.idx_files import export_as_mnist
from engine.data.sets.reading import read_set
from engine.data.sets.training_sets import training_data
from engine.preprocessing.ink import Ink
from engine.preprocessing.normaliser import normalise_inks
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

IMAGES, LABELS = pictures()
ROWS = IMAGES.reshape(len(IMAGES), -1)


def check_read(found, images=ROWS, labels=LABELS):
    assert found.classes == tuple("0123456789")
    assert np.array_equal(found.training.images, images)
    assert np.array_equal(found.training.labels, labels)
    assert found.faults == {}


@pytest.mark.parametrize("dots", [False, True])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("below", [".", "raw", "MNIST/raw"])
def test_files_in_the_form_of_mnist(tmp_path, below, packed, dots):
    labels = LABELS.astype(np.uint8)
    write_idx(tmp_path / below, IMAGES, labels, dots=dots, packed=packed)
    write_idx(tmp_path / below, IMAGES[:7], labels[:7], part="t10k", dots=dots, packed=packed)
    found = read_set(tmp_path)
    check_read(found)
    assert len(found.test) == 7
    assert found.name == tmp_path.name


@pytest.mark.parametrize("kind", ["uint8", "int8", "int16", "int32"])
def test_labels_of_any_whole_numbers(tmp_path, kind):
    write_idx(tmp_path, IMAGES, LABELS.astype(kind))
    check_read(read_set(tmp_path))


def test_qmnist_has_a_row_for_each_label(tmp_path):
    rows = np.zeros((len(LABELS), 8), np.int32)
    rows[:, 0] = LABELS
    write_idx(tmp_path, IMAGES, rows, prefix="qmnist-")
    found = read_set(tmp_path)
    check_read(found)
    assert found.name == "qmnist"


def test_one_of_several_sets_is_chosen_by_its_file(tmp_path):
    labels = LABELS.astype(np.uint8)
    write_idx(tmp_path, IMAGES, labels, prefix="first-")
    write_idx(tmp_path, IMAGES[::-1], labels, prefix="second-")
    found = read_set(tmp_path / "second-train-labels-idx1-ubyte")
    check_read(found, ROWS[::-1])


def tall():
    images = np.zeros((20, 28, 28), np.uint8)
    images[:, 4:24, 10:18] = 200
    images[:, 4:6, 10:12] = 0  # so that turning shows
    return images


@pytest.mark.parametrize(("prefix", "is_turned"), [("emnist-digits-", True), ("own-", False)])
def test_the_pictures_of_emnist_are_turned(tmp_path, prefix, is_turned):
    stored = tall().transpose(0, 2, 1)
    write_idx(tmp_path, stored, (np.arange(20) % 10).astype(np.uint8), prefix=prefix)
    expected = tall() if is_turned else stored
    assert np.array_equal(read_set(tmp_path).training.images, expected.reshape(20, -1))


def test_those_that_somebody_has_turned_already_stay(tmp_path):
    write_idx(tmp_path, tall(), (np.arange(20) % 10).astype(np.uint8), prefix="emnist-digits-")
    assert np.array_equal(read_set(tmp_path).training.images, tall().reshape(20, -1))


def test_drawings_that_were_exported_come_back(tmp_path):
    digits = Digits(torch.from_numpy(ROWS.copy()), torch.from_numpy(LABELS), "drawings")
    export_as_mnist(digits, tmp_path)
    found = read_set(tmp_path)
    assert len(found.training) + len(found.test) == len(digits)
    assert found.classes == tuple("0123456789")


@pytest.mark.parametrize("side", [20, 32, 64])
@pytest.mark.parametrize("is_light", [False, True])
def test_other_sizes_and_light_paper_go_through_the_normaliser(tmp_path, side, is_light):
    images, labels = pictures(side=side)
    images[3] = 0
    write_idx(tmp_path, 255 - images if is_light else images, labels.astype(np.uint8))
    found = read_set(tmp_path)
    assert found.training.images.shape == (39, 784)
    assert found.faults == {"without ink": 1}
    fields = found.training.images.reshape(-1, 28, 28)
    assert not fields[:, 0].any()
    assert (fields.max(axis=(1, 2)) > 200).all()


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("packed", [True, False])
def test_tables(tmp_path, header, sign, packed):
    content = csv_text(IMAGES, LABELS, header, sign).encode()
    path = tmp_path / ("train.csv.gz" if packed else "train.csv")
    path.write_bytes(gzip.compress(content) if packed else content)
    found = read_set(path)
    check_read(found)
    assert found.name == "train"


def test_a_table_written_elsewhere(tmp_path):
    path = tmp_path / "own.csv"
    text = csv_text(IMAGES, LABELS).replace("\n", "\r\n").replace(",255,", ', "255",', 3)
    path.write_bytes(text.encode().rstrip())
    check_read(read_set(path))


def test_faulty_lines_of_a_table_are_counted(tmp_path):
    lines = csv_text(IMAGES, LABELS).splitlines()
    lines[3] += ",7"
    lines[5] = lines[5].replace(",0,", ",300,", 1)
    lines[8] = ""
    path = tmp_path / "own.csv"
    path.write_text("\n".join(lines))
    found = read_set(path)
    assert sorted(found.faults.values()) == [1, 1]
    assert len(found.training) == 37
    assert "2 were left out" in found.sentence()


def test_large_tables_are_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.data.sets.csv_set._CHUNK", 5_000)
    path = tmp_path / "train.csv"
    path.write_text(csv_text(IMAGES, LABELS))
    check_read(read_set(path))


@pytest.mark.parametrize(
    "names", [("x_train", "y_train", "x_test", "y_test"), ("images", "labels"), ("x", "y")]
)
def test_arrays_of_numpy(tmp_path, names):
    arrays = dict(zip(names, (IMAGES, LABELS, IMAGES[:5], LABELS[:5]), strict=False))
    np.savez_compressed(tmp_path / "mnist.npz", **arrays)
    found = read_set(tmp_path / "mnist.npz")
    check_read(found)
    assert (found.test is not None) is (len(names) == 4)


@pytest.mark.parametrize("change", [lambda a: a / 255, lambda a: a[..., None], lambda a: a.reshape(-1, 784)])
def test_arrays_of_other_types_and_shapes(tmp_path, change):
    np.savez(tmp_path / "own.npz", x=change(IMAGES), y=LABELS.astype(np.float64)[:, None])
    check_read(read_set(tmp_path / "own.npz"))


def test_strokes(tmp_path):
    path = tmp_path / "drawings.jsonl"
    lines = [
        json.dumps({"label": int(label), "strokes": [[[0, 0], [10 * int(label) + 5, 100]]]})
        for label in LABELS
    ]
    path.write_text("\n".join([*lines, '{"label": 3}']))
    found = read_set(path)
    assert found.classes == tuple("0123456789")
    assert len(found.training) == len(LABELS)
    assert found.faults == {"lines without strokes": 1}


def test_strokes_of_any_classes(tmp_path):
    path = tmp_path / "drawings.ndjson"
    records = [
        {
            "word": word,
            "drawing": [[[0, 255, number], [number, 3, 90]], [[10, 20, 30, 40, 50], [1, 2, 3, 4, 5]]],
        }
        for number in range(3)
        for word in ("cat", "hot air balloon")
    ]
    records += [{"label": label, "strokes": [[[0, 0], [5, 9]]]} for label in ("cat ", 12, 12.0, "x" * 21)]
    path.write_text("\n".join(map(json.dumps, records)))
    found = read_set(path)
    assert found.classes == ("12", "cat", "hot air balloon")
    assert found.training.labels.tolist() == [1, 2, 1, 2, 1, 2, 1, 0, 0]
    assert found.faults == {"lines without a label of 1 to 20 characters": 1}
    strokes = [[[0, 0], [255, 3], [0, 90]], [[10, 1], [20, 2], [30, 3], [40, 4], [50, 5]]]
    expected = normalise_inks([Ink.from_lists(strokes)])[0]
    assert np.array_equal(found.training.images[0], np.rint(expected * 255))


def test_a_training_takes_it_and_never_learns_from_what_judges_it(tmp_path):
    images, labels = pictures(200)
    images[:, 20, 4:8] = np.arange(200, dtype=np.uint8)[:, None]  # each is another
    write_idx(tmp_path, images, labels.astype(np.uint8))
    data = training_data(read_set(tmp_path))
    again = training_data(read_set(tmp_path))
    assert (len(data.training), len(data.validation), len(data.test)) == (162, 18, 20)
    assert np.array_equal(data.validation.images, again.validation.images)
    sets = (data.training, data.validation, data.test)
    parts = [{row.tobytes() for row in part.images.numpy()} for part in sets]
    assert len(set.union(*parts)) == sum(map(len, parts))


def test_what_was_found_is_said(tmp_path):
    write_idx(tmp_path, IMAGES, LABELS.astype(np.uint8))
    assert read_set(tmp_path).sentence() == "40 pictures of 10 classes, 4 each."
    write_idx(tmp_path, IMAGES[:39], LABELS[:39].astype(np.uint8))
    write_idx(tmp_path, IMAGES[:5], LABELS[:5].astype(np.uint8), part="test")
    assert read_set(tmp_path).sentence() == "39 pictures of 10 classes, 3 to 4 each, and 5 to test on."


def test_a_set_called_as_mnist_is_gets_another_name(tmp_path):
    path = tmp_path / "MNIST.csv"
    path.write_text(csv_text(IMAGES, LABELS))
    found = read_set(path)
    check_read(found)
    assert found.name == training_data(found).training.name == "MNIST (own set)"
