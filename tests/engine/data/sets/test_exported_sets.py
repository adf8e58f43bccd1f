"""Drawings that were exported, in any of the five forms, come back as what they were."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.exports.idx_files import split_as_mnist
from engine.data.sets.reading import read_set
from engine.errors import DataError
from engine.preprocessing.ink import Ink
from engine.store import exchange
from engine.store.drawing_rows import Drawing

# Whole numbers of which the longest side is 1000: JSON lines have the same.
DRAWINGS = [
    Drawing(
        id=number,
        created="",
        label=str(number % 3 + 4),
        ink=Ink.from_lists([[[0, 0], [100 + 10 * number, 300], [7, 1000]], [[50, 500 + number], [400, 500]]]),
        writer="ada",
        answer=None,
    )
    for number in range(17)
]
DIGITS = exchange._digits(DRAWINGS)


def pairs(*parts):
    """All pictures with the names of their classes, in one order."""
    return sorted(
        (str(label), bytes(image))
        for images, labels in parts
        for image, label in zip(images, labels, strict=True)
    )


def named(found, part):
    return part.images, [found.classes[place] for place in part.labels]


EXPECTED = pairs((DIGITS.images.numpy(), DIGITS.labels.tolist()))


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (exchange.export_lines, "drawings.jsonl"),
        (exchange.export_csv, "drawings.csv"),
        (exchange.export_npz, "drawings.npz"),
        (exchange.export_mnist, "."),
        (exchange.export_pictures, "."),
    ],
)
def test_what_is_exported_comes_back(tmp_path, write, name):
    folder = tmp_path / "mine"
    folder.mkdir()
    write(DRAWINGS, folder / name)
    found = read_set(folder / name)
    assert found.classes == ("4", "5", "6")
    assert found.faults == {}
    parts = [found.training] if found.test is None else [found.training, found.test]
    assert pairs(*(named(found, part) for part in parts)) == EXPECTED
    if write in (exchange.export_npz, exchange.export_mnist):
        training, test = split_as_mnist(DIGITS)
        assert np.array_equal(found.training.images, training.images)
        assert np.array_equal(found.test.images, test.images)
        assert (len(training), len(test)) == (13, 4)


def test_arrays_are_named_and_shaped_as_those_of_keras(tmp_path):
    assert exchange.export_npz(DRAWINGS, tmp_path / "mine.npz") == (13, 4)
    with np.load(tmp_path / "mine.npz", allow_pickle=False) as arrays:
        shapes = {name: (arrays[name].shape, arrays[name].dtype.name) for name in arrays.files}
    assert shapes == {
        "x_train": ((13, 28, 28), "uint8"),
        "y_train": ((13,), "uint8"),
        "x_test": ((4, 28, 28), "uint8"),
        "y_test": ((4,), "uint8"),
    }


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path):
    with pytest.raises(DataError, match="At least two"):
        exchange.export_npz(DRAWINGS[:1], tmp_path / "mine.npz")
    with pytest.raises(DataError, match="could not be written"):
        exchange.export_npz(DRAWINGS, tmp_path / "absent" / "mine.npz")
    with pytest.raises(DataError, match="could not be written"):
        exchange.export_pictures(DRAWINGS, tmp_path / "absent")
    assert list(tmp_path.glob("**/*.npz")) == []
    exchange.export_pictures(DRAWINGS[:3], tmp_path)
    assert sorted(path.name for path in (tmp_path / "drawings").rglob("*.png")) == ["0001.png"] * 3
    with pytest.raises(DataError, match="choose another folder"):
        exchange.export_pictures(DRAWINGS, tmp_path)
    assert len(list(tmp_path.rglob("*.png"))) == 3
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
    with pytest.raises(DataError, match="no drawings"):
        exchange.export_pictures([], tmp_path)


def test_of_digits_that_were_asked_for_in_turn_each_is_in_both_parts():
    training, test = split_as_mnist(exchange._digits([drawing for drawing in DRAWINGS for _ in range(5)]))
    assert set(training.labels.tolist()) == set(test.labels.tolist()) == {4, 5, 6}


NAMES = ("a", "A", "plus", "紙", "r\u00e9sum\u00e9", "x/y", "..", "con", "100%", "%41", "end.", "test")


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (exchange.export_lines, "drawings.jsonl"),
        (exchange.export_csv, "drawings.csv"),
        (exchange.export_npz, "drawings.npz"),
        (exchange.export_mnist, "."),
        (exchange.export_pictures, "."),
    ],
)
def test_drawings_of_any_names_come_back_under_these(tmp_path, write, name):
    named_drawings = [replace(each, label=NAMES[each.id % len(NAMES)]) for each in 3 * DRAWINGS]
    pictures = exchange._digits(named_drawings)
    folder = tmp_path / "mine"
    folder.mkdir()
    write(named_drawings, folder / name)
    found = read_set(folder / name)
    assert found.faults == {}
    assert sorted(found.classes) == sorted(NAMES)
    parts = [found.training] if found.test is None else [found.training, found.test]
    expected = pairs((pictures.images.numpy(), [pictures.classes[label] for label in pictures.labels]))
    assert pairs(*(named(found, part) for part in parts)) == expected


@pytest.mark.parametrize("label", ["a,b", "a;b", 'say "a"'])
def test_a_name_that_would_separate_columns_is_not_written_to_a_table(tmp_path, label):
    with pytest.raises(DataError, match=r"separates columns in a table.*\.$"):
        exchange.export_csv([replace(DRAWINGS[0], label=label)], tmp_path / "mine.csv")
    assert not (tmp_path / "mine.csv").exists()


def test_drawings_of_one_name_are_written_as_well(tmp_path):
    of_one = [replace(each, label="plus") for each in DRAWINGS]
    exchange.export_csv(of_one, tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text().count("\nplus,") == len(of_one)
    assert exchange.export_npz(of_one, tmp_path / "mine.npz") == (13, 4)
    assert [each.name for each in exchange.export_pictures(of_one, tmp_path).iterdir()] == ["plus"]


def test_the_list_of_classes_that_is_there_already_is_not_written_over(tmp_path):
    (tmp_path / "MNIST" / "raw").mkdir(parents=True)
    (tmp_path / "MNIST" / "raw" / "classes.txt").write_text("mine\n")
    with pytest.raises(DataError, match="choose another folder"):
        exchange.export_mnist([replace(each, label="plus") for each in DRAWINGS], tmp_path)
    assert (tmp_path / "MNIST" / "raw" / "classes.txt").read_text() == "mine\n"


@pytest.mark.parametrize(
    "content", [b"", b"one\n\none\n", b"\xff\n", b"x\n" * 9000, "\n".join(map(str, range(65))).encode()]
)
def test_a_file_that_is_no_list_of_classes_is_passed_over(tmp_path, content):
    exchange.export_mnist(DRAWINGS, tmp_path)
    (tmp_path / "MNIST" / "raw" / "classes.txt").write_bytes(content)
    assert read_set(tmp_path).classes == ("4", "5", "6")


def test_a_list_of_classes_names_what_it_has_names_for(tmp_path):
    exchange.export_mnist(DRAWINGS, tmp_path)
    (tmp_path / "MNIST" / "raw" / "classes.txt").write_text("a\nb\nc\nd\nfour\nfive\n")
    assert sorted(read_set(tmp_path).classes) == ["6", "five", "four"]
