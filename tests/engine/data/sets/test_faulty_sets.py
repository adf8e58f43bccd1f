"""What is no set of labelled pictures is told in a sentence."""

import gzip
import struct
import zipfile

import numpy as np
import pytest

from engine.data.sets import csv_set
from engine.data.sets.found_set import found_set
from engine.data.sets.reading import read_set
from engine.data.sets.training_sets import training_data
from engine.errors import DataError
from tests.engine.data.sets.every_source import write_source
from tests.engine.data.sets.made_sets import csv_text, idx, pictures, write_idx

IMAGES, LABELS = pictures()
LABELS = LABELS.astype(np.uint8)


def sentence_of(path):
    with pytest.raises(DataError) as raised:
        read_set(path)
    words = str(raised.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words


@pytest.fixture
def pair(tmp_path):
    write_idx(tmp_path, IMAGES, LABELS)
    return tmp_path / "train-images-idx3-ubyte", tmp_path / "train-labels-idx1-ubyte"


@pytest.mark.parametrize("length", [0, 3, 7, 15, 16, 1000])
def test_files_that_are_cut_off(pair, length):
    for path in pair:
        content = path.read_bytes()
        path.write_bytes(content[: min(length, len(content) - 1)])
        assert path.name in sentence_of(path.parent)
        path.write_bytes(content)


def test_packed_files_that_are_cut_off(pair):
    packed = gzip.compress(pair[0].read_bytes())
    pair[0].unlink()
    (pair[0].parent / f"{pair[0].name}.gz").write_bytes(packed[:-20])
    assert "damaged" in sentence_of(pair[0].parent)


@pytest.mark.parametrize("count", [41, 39, 2**32 - 1])
def test_headers_that_lie(pair, count):
    content = pair[0].read_bytes()
    pair[0].write_bytes(content[:4] + struct.pack(">I", count) + content[8:])
    assert "damaged" in sentence_of(pair[0].parent)


def test_files_that_do_not_belong_together(pair):
    pair[1].write_bytes(idx(LABELS[:-1]))
    assert "do not belong together" in sentence_of(pair[1].parent)
    pair[1].unlink()
    assert "no file of labels beside it" in sentence_of(pair[0].parent)
    pair[0].rename(pair[0].parent / "t10k-images-idx3-ubyte")
    write_idx(pair[0].parent, IMAGES, LABELS, part="t10k")
    assert "to train on" in sentence_of(pair[0].parent)


def test_values_of_other_kinds(pair):
    pair[0].write_bytes(idx(IMAGES.astype(np.float32)))
    assert "decimals" in sentence_of(pair[0].parent)
    pair[0].write_bytes(idx(IMAGES.astype(np.int16)))
    assert "does not hold pictures" in sentence_of(pair[0].parent)
    pair[0].write_bytes(idx(IMAGES))
    pair[1].write_bytes(idx(IMAGES))
    assert "does not hold labels" in sentence_of(pair[0].parent)


def test_several_sets_in_a_folder(tmp_path):
    for prefix in ("a-", "b-"):
        write_idx(tmp_path, IMAGES, LABELS, prefix=prefix)
    assert "2 sets" in sentence_of(tmp_path)


def test_one_class_and_too_many_classes(tmp_path):
    write_idx(tmp_path, IMAGES, np.full(40, 7, np.uint8))
    assert "are of the class 7" in sentence_of(tmp_path)
    images = np.zeros((100, 28, 28), np.uint8)
    write_idx(tmp_path, images, np.arange(100, dtype=np.uint8))
    assert "100 classes" in sentence_of(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 columns"),
        ("a,b,c\n1,2,3\n", "3 columns"),
        (",".join(["0"] * 784) + "\n", "no class"),
        ("x" * 10_000_000, "1 column"),
    ],
)
def test_other_tables(tmp_path, text, said):
    path = tmp_path / "table.csv"
    path.write_text(text)
    words = sentence_of(path)
    assert said in words or (not text and "column" in words)


def test_tables_with_long_or_empty_names_of_classes(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(csv_text(IMAGES, ["word" * 9] * 20 + ["b"] * 20))
    assert "at most 20 characters" in sentence_of(path)
    path.write_text(csv_text(IMAGES, [""] * 20 + ["b"] * 20))
    assert "without a name" in sentence_of(path)


def test_arrays_of_objects_are_refused_unread(tmp_path):
    class Trap:
        def __reduce__(self):
            return open, (str(tmp_path / "sprung"), "w")

    objects = np.empty(1, object)
    objects[0] = Trap()
    np.savez(tmp_path / "own.npz", x_train=objects, y_train=LABELS)
    assert "Python objects" in sentence_of(tmp_path / "own.npz")
    assert not (tmp_path / "sprung").exists()


def test_other_arrays(tmp_path):
    path = tmp_path / "own.npz"
    np.savez(path, weights=IMAGES)
    assert "weights" in sentence_of(path)
    np.savez(path, x=IMAGES, y=LABELS[:-1])
    assert "do not belong together" in sentence_of(path)
    np.savez(path, x=np.zeros((40, 32, 32, 3), np.uint8), y=LABELS)
    assert "grey pictures" in sentence_of(path)
    path.write_bytes(path.read_bytes()[:-50])
    assert "damaged" in sentence_of(path)
    path.write_bytes(b"PK\x03\x04 and more")
    assert "damaged" in sentence_of(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../x.npy", b"none")
    assert sentence_of(path)


def test_tables_without_end_are_left_at_the_most(tmp_path, monkeypatch):
    """A packed table of gigabytes takes kilobytes on a disk, and is not read to its end."""
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(csv_text(IMAGES, LABELS, header=False).encode() * 2000))
    read = []
    chunks = csv_set._chunks
    monkeypatch.setattr(csv_set, "_MOST_PICTURES", 3_000)
    monkeypatch.setattr(
        csv_set, "_chunks", lambda file: (read.append(len(each)) or each for each in chunks(file))
    )
    assert "more than 3,000 pictures" in sentence_of(path)
    assert sum(read) < 12_000_000
    path.write_bytes(gzip.compress(b"1," * 20_000_000))
    assert "column" in sentence_of(path)


@pytest.mark.parametrize("count", [41, 39, 2**40])
def test_arrays_whose_headers_lie(tmp_path, count):
    path = tmp_path / "own.npz"
    np.savez(path, x=IMAGES, y=LABELS)
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        arrays = {name: archive.read(name) for name in archive.namelist()}
    old, new = b"(40, 28, 28), }", f"({count}, 28, 28), }}".encode()
    arrays["x.npy"] = arrays["x.npy"].replace(
        old + b" " * (len(new) - len(old)), new + b" " * (len(old) - len(new))
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in arrays.items():
            archive.writestr(name, content)
    assert "speaks of another length" in sentence_of(path)


def test_classes_that_are_one_but_for_blanks_and_accents(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(csv_text(IMAGES, ["é", "e\u0301", " é ", "b"] * 10), "utf-8")
    found = read_set(path)
    assert found.classes == ("b", "é")
    assert np.bincount(found.training.labels).tolist() == [10, 30]


def test_a_class_with_a_single_picture(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(csv_text(IMAGES, ["a", "b"] * 19 + ["a", "x"]))
    assert "The class “x” of table has one picture: at least two are needed" in sentence_of(path)
    np.savez(tmp_path / "own.npz", x_train=IMAGES, y_train=LABELS % 3, x_test=IMAGES, y_test=LABELS % 4)
    assert "“3” of own has pictures to test on and none to learn from" in sentence_of(tmp_path / "own.npz")


@pytest.mark.parametrize("name", ["a\u202eb", "a\tb\x00"])
def test_names_that_cannot_be_seen(tmp_path, name):
    np.savez(tmp_path / "own.npz", x=IMAGES, y=np.array([name, "b"] * 20))
    words = sentence_of(tmp_path / "own.npz")
    assert "can be seen" in words
    assert words.isprintable()


def test_strokes_without_labels(tmp_path):
    path = tmp_path / "drawings.jsonl"
    path.write_text('{"word": "", "drawing": [[[1, 2], [3, 4]]]}\n')
    assert "without a label of 1 to 20 characters" in sentence_of(path)
    path.write_text("")
    assert "no labelled drawings" in sentence_of(path)


def test_what_is_none_of_these(tmp_path):
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7")
    for path in (tmp_path / "notes.pdf", tmp_path):
        assert "Taken are" in sentence_of(path)
    assert "cannot be read" in sentence_of(tmp_path / "missing.csv")


def test_few_pictures_and_a_digit_twice(tmp_path):
    twice = found_set("twice", ((IMAGES.reshape(len(IMAGES), -1), ["3", "03", "4", "5"] * 10),))
    with pytest.raises(DataError, match="two classes for the same digit"):
        training_data(twice)
    (tmp_path / "few.csv").write_text(csv_text(IMAGES[:5], [0, 0, 0, 1, 1]))
    with pytest.raises(DataError, match="at least 10"):
        training_data(read_set(tmp_path / "few.csv"))


def test_packed_lines_that_are_cut_off_are_told(tmp_path):
    path = write_source(tmp_path, "jsonl_packed")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataError, match=r"^mine.jsonl.gz is damaged: copy or download it again\.$"):
        read_set(path)
