"""Labelled digits from anywhere are trained on by the command line."""

import numpy as np
import pytest

from engine.cli.command_line import main
from engine.models.model_file import load_model
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

SHORT = ["--hidden", "8", "--epochs", "1", "--batch-size", "16", "--device", "cpu", "--threads", "1"]


@pytest.mark.parametrize("form", ["folder", "table", "arrays"])
def test_a_set_is_trained_on_and_described(tmp_path, capsys, form):
    images, labels = pictures(200)
    path = {"folder": tmp_path / "set", "table": tmp_path / "set.csv", "arrays": tmp_path / "set.npz"}[form]
    if form == "folder":
        write_idx(path, images, labels.astype(np.uint8))
    elif form == "table":
        path.write_text(csv_text(images, labels))
    else:
        np.savez_compressed(path, x_train=images, y_train=labels)
    output = tmp_path / "network.safetensors"
    assert main(["train", "--data", str(path), *SHORT, "--output", str(output)]) == 0
    said = "".join(capsys.readouterr())
    assert "200 pictures of 10 classes, 20 each." in said
    model = load_model(output)
    assert model.provenance.data == "set"
    assert model.provenance.test_accuracy is not None


def test_two_sets_are_joined(tmp_path, capsys):
    images, labels = pictures(60)
    for name in ("one", "two"):
        write_idx(tmp_path / name, images, labels.astype(np.uint8))
    both = ["--data", str(tmp_path / "one"), "--data", str(tmp_path / "two")]
    assert main(["train", *both, *SHORT]) == 0
    assert "one and two" in "".join(capsys.readouterr())


def test_classes_that_are_no_digits_are_told_in_a_line(tmp_path, capsys):
    images, _ = pictures()
    path = tmp_path / "letters.csv"
    path.write_text(csv_text(images, list("AB") * 20))
    assert main(["train", "--data", str(path), *SHORT]) == 1
    assert "(A, B)" in capsys.readouterr().err


def test_what_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["train", "--data", str(tmp_path / "missing"), *SHORT]) == 2
    assert "neither mnist nor handwriting nor a file or folder" in capsys.readouterr().err
