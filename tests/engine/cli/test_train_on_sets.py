"""Labelled digits from anywhere are trained on by the command line."""

import contextlib
import json

import numpy as np
import pytest

from engine.cli.command_line import main
from engine.data.handwriting.synthetic_digits import random_ink
from engine.files.profile_folder import profile_folder
from engine.models.model_file import load_model
from engine.store.store import Store
from tests.engine.data.sets.every_source import COUNT, SOURCES, write_source
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

SHORT = ["--hidden", "8", "--epochs", "1", "--batch-size", "16", "--device", "cpu", "--threads", "1"]


@pytest.mark.parametrize("form", SOURCES)
def test_a_set_is_trained_on_and_described(tmp_path, capsys, form):
    path = write_source(tmp_path, form)
    output = tmp_path / "network.safetensors"
    assert main(["train", "--data", str(path), *SHORT, "--output", str(output)]) == 0
    said = "".join(capsys.readouterr())
    assert f"{COUNT} pictures of 10 classes, 12 each" in said
    model = load_model(output)
    assert model.provenance.data == {"emnist": "emnist-digits", "qmnist": "qmnist"}.get(form, "mine")
    assert model.provenance.test_accuracy is not None


def test_two_sets_are_joined(tmp_path, capsys):
    images, labels = pictures(60)
    for name in ("one", "two"):
        write_idx(tmp_path / name, images, labels.astype(np.uint8))
    both = ["--data", str(tmp_path / "one"), "--data", str(tmp_path / "two")]
    assert main(["train", *both, *SHORT]) == 0
    assert "one and two" in "".join(capsys.readouterr())


@pytest.fixture
def letters(tmp_path):
    """A table of 13 letters, each with a bar at another place."""
    images = np.zeros((260, 28, 28), np.uint8)
    for place, image in enumerate(images):
        image[4:24, 2 + 2 * (place % 13)] = 255 - place % 7
    path = tmp_path / "letters.csv"
    path.write_text(csv_text(images, list("ABCDEFGHIJKLM") * 20))
    return path


def test_a_network_of_letters_is_trained_measured_and_read_with(tmp_path, capsys, letters):
    output = tmp_path / "letters.safetensors"
    learning = ["--hidden", "16", "--epochs", "30", "--batch-size", "16", "--device", "cpu", "--threads", "1"]
    assert main(["train", "--data", str(letters), *learning, "--output", str(output)]) == 0
    model = load_model(output)
    assert model.classes.names == tuple("ABCDEFGHIJKLM")
    assert model.architecture.sizes == (784, 16, 13)
    capsys.readouterr()
    assert main(["evaluate", str(output), "--data", str(letters)]) == 0
    said = capsys.readouterr().out
    assert "260 pictures of 13 classes, 20 each." in said
    assert "letters: 100.00 % right" in said
    drawing = tmp_path / "sign.json"
    drawing.write_text(json.dumps({"strokes": [[[0, 0], [0, 9]], [[5, 4], [9, 4]]]}))  # far apart: one sign
    assert main(["read", str(drawing), "--model", str(output)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines[2:]] == list("ABCDEFGHIJKLM")


def test_a_network_is_not_measured_on_classes_that_it_does_not_know(capsys, letters):
    assert main(["evaluate", "--data", str(letters)]) == 1
    assert "does not know (A, B, C, D, E, F, …)" in capsys.readouterr().err


def test_the_shipped_network_of_letters_reads(tmp_path, capsys):
    drawing = tmp_path / "letter.json"
    strokes = [[[0, 10], [5, 0], [10, 10]], [[2, 6], [8, 6]]]
    drawing.write_text(json.dumps({"strokes": strokes}))
    assert main(["read", str(drawing), "--model", "letters"]) == 0
    assert capsys.readouterr().out.startswith("A ")


def test_letters_and_digits_are_learned_together(tmp_path, capsys, letters):
    images, labels = pictures(60)
    write_idx(tmp_path / "digits", images, labels.astype(np.uint8))
    output = tmp_path / "both.safetensors"
    both = ["--data", str(letters), "--data", str(tmp_path / "digits")]
    assert main(["train", *both, *SHORT, "--output", str(output)]) == 0
    assert load_model(output).classes.names == (*"ABCDEFGHIJKLM", *"0123456789")


def test_what_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["train", "--data", str(tmp_path / "missing"), *SHORT]) == 2
    assert (
        "neither mnist nor handwriting nor drawings nor all-drawings nor a file or folder"
        in capsys.readouterr().err
    )


@pytest.fixture
def drawings(monkeypatch):
    """Drawings in the store of the profile; some are painted in a moment."""
    monkeypatch.setattr("engine.data.mixing._MOST_PAINTED", 100)

    def draw(count):
        with contextlib.closing(Store.open(profile_folder())) as store:
            for number in range(count):
                store.drawings.add(random_ink(number % 10, number), str(number % 10)).result()

    return draw


def test_drawings_of_the_window_are_trained_on(tmp_path, capsys, drawings):
    drawings(30)
    output = tmp_path / "network.safetensors"
    assert main(["train", "--data", "drawings", *SHORT, "--output", str(output)]) == 0
    assert "My drawings: 30 in " in "".join(capsys.readouterr())
    assert load_model(output).provenance.data == "my drawings"


def test_drawings_of_all_classes_are_trained_on(tmp_path, capsys, drawings):
    drawings(30)
    with contextlib.closing(Store.open(profile_folder())) as store:
        store.drawings.relabel(dict.fromkeys(store.drawings.numbers("3"), "plus")).result()
    output = tmp_path / "network.safetensors"
    assert main(["train", "--data", "all-drawings", *SHORT, "--output", str(output)]) == 0
    assert "My drawings: 30 in " in "".join(capsys.readouterr())
    assert load_model(output).classes.names == (*"012456789", "plus")


def test_too_few_drawings_are_refused(capsys, drawings):
    drawings(1)
    assert main(["train", "--data", "drawings", *SHORT]) == 1
    assert "There is one drawing to learn from, and 20 are the least" in capsys.readouterr().err
