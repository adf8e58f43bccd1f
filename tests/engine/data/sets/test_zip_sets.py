"""Sets in ZIP files are read where they are, and what was made to do harm is refused."""

import io
import json
import struct
import zipfile

import numpy as np
import pytest
from PIL import Image

from engine.data.sets import archives
from engine.data.sets.reading import read_set
from engine.errors import DataError
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

IMAGES, LABELS = pictures(20)
ROWS = IMAGES.reshape(len(IMAGES), -1)
LABELS = LABELS.astype(np.uint8)


def png(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "png")
    return file.getvalue()


def packed(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def letters(around="", count=3):
    return {
        f"{around}{label}/{number}.png": png(IMAGES[3 * place + number])
        for place, label in enumerate("ab")
        for number in range(count)
    }


def sentence_of(path):
    with pytest.raises(DataError) as raised:
        read_set(path)
    words = str(raised.value)
    assert words.endswith(".")
    assert "\n" not in words
    return words


@pytest.mark.parametrize("around", ["", "letters/", "downloads/letters/", "letters\\", "./"])
def test_pictures(tmp_path, around):
    files = letters(around) | {"__MACOSX/._a": b"", f"{around}a/.DS_Store": b"x", "README.txt": b"x"}
    found = read_set(packed(tmp_path / "own.zip", files))
    assert (found.name, found.classes, found.faults) == ("own", ("a", "b"), {})
    assert np.array_equal(found.training.images, ROWS[:6])


def test_parts_of_pictures_and_damaged_ones(tmp_path):
    files = letters("train/") | letters("test/", 2) | {"train/a/bad.png": png(IMAGES[0])[:40]}
    found = read_set(packed(tmp_path / "own.zip", files))
    assert (len(found.training), len(found.test), found.faults) == (6, 4, {"unreadable": 1})


def test_names_that_a_mac_wrote(tmp_path):
    """As UTF-8, of which nothing is said."""
    path = packed(tmp_path / "own.zip", {name.replace("b/", "QQ/"): data for name, data in letters().items()})
    path.write_bytes(path.read_bytes().replace(b"QQ/", "é/".encode()))
    assert read_set(path).classes == ("a", "é")


@pytest.mark.parametrize("is_packed", [True, False])
def test_files_in_the_form_of_mnist(tmp_path, is_packed):
    write_idx(tmp_path / "raw", IMAGES, LABELS, packed=is_packed)
    write_idx(tmp_path / "raw", IMAGES[:4], LABELS[:4], part="t10k", packed=is_packed)
    files = {f"MNIST/raw/{path.name}": path.read_bytes() for path in (tmp_path / "raw").iterdir()}
    found = read_set(packed(tmp_path / "own.zip", files))
    assert np.array_equal(found.training.images, ROWS)
    assert found.training.labels.tolist() == LABELS.tolist()
    assert len(found.test) == 4
    labels = next(name for name in files if "train-labels" in name)
    assert "no file of labels" in sentence_of(
        packed(tmp_path / "own.zip", {name: data for name, data in files.items() if name != labels})
    )


def test_tables(tmp_path):
    table = csv_text(IMAGES, LABELS)
    found = read_set(packed(tmp_path / "own.zip", {"archive/train.csv": table}))
    assert np.array_equal(found.training.images, ROWS)
    two = {"mnist_train.csv": table, "mnist_test.csv": csv_text(IMAGES[:3], LABELS[:3])}
    found = read_set(packed(tmp_path / "own.zip", two))
    assert (len(found.training), len(found.test)) == (20, 3)
    # As Kaggle hands MNIST out: what is to be told by contestants has no classes.
    contest = {"train.csv": table, "sample_submission.csv": "ImageId,Label\n1,0\n"}
    contest["test.csv"] = "\n".join(line.partition(",")[2] for line in table.splitlines())
    found = read_set(packed(tmp_path / "own.zip", contest))
    assert (len(found.training), found.test, found.faults) == (20, None, {})
    many = {f"{number}.csv": table for number in range(3)}
    assert "3 tables" in sentence_of(packed(tmp_path / "own.zip", many))


def test_arrays_under_another_name(tmp_path):
    np.savez(tmp_path / "own.npz", x_train=IMAGES, y_train=LABELS)
    (tmp_path / "own.npz").rename(tmp_path / "own.zip")
    assert np.array_equal(read_set(tmp_path / "own.zip").training.images, ROWS)


@pytest.mark.parametrize("name", ["../a/1.png", "a/../../1.png", "/a/1.png", "C:\\a\\1.png", "a\\..\\1.png"])
def test_names_that_lead_out_are_refused(tmp_path, name):
    words = sentence_of(packed(tmp_path / "own.zip", letters() | {name: b"x"}))
    assert "leads out of its folder" in words
    np.savez(tmp_path / "own.npz", x_train=IMAGES, y_train=LABELS)
    with zipfile.ZipFile(tmp_path / "own.npz", "a") as archive:
        archive.writestr(name, b"x")
    assert "leads out of its folder" in sentence_of(tmp_path / "own.npz")


def test_what_unpacks_to_far_more_than_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_LEAST_SUSPECT", 1_000_000)
    path = packed(tmp_path / "own.zip", letters() | {"a/bomb.bmp": bytes(5_000_000)})
    assert "times its size" in sentence_of(path)
    monkeypatch.setattr(archives, "MOST_BYTES", 4_000_000)
    assert "unpacks to more than" in sentence_of(path)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 5)
    assert "more than 5 files" in sentence_of(path)


def test_sizes_that_lie(tmp_path):
    path = packed(tmp_path / "own.zip", letters(), zipfile.ZIP_STORED)
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    for size in (7, 2**31):
        path.write_bytes(data[: directory + 24] + struct.pack("<I", size) + data[directory + 28 :])
        if size == 7:
            assert read_set(path).faults == {"unreadable": 1}
        else:
            assert "times its size" in sentence_of(path)


def test_passwords_unusual_packing_and_damage(tmp_path):
    path = packed(tmp_path / "own.zip", letters(), zipfile.ZIP_LZMA)
    assert "unusual way" in sentence_of(path)
    path = packed(tmp_path / "own.zip", letters())
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    path.write_bytes(data[: directory + 8] + b"\1" + data[directory + 9 :])
    assert "password" in sentence_of(path)
    for end in (20, len(data) // 2, len(data) - 5):
        path.write_bytes(data[:end])
        assert "damaged" in sentence_of(path)


def test_other_content(tmp_path):
    lines = json.dumps({"label": 3, "strokes": [[[1, 2]]]})
    words = sentence_of(packed(tmp_path / "own.zip", {"drawings.jsonl": lines}))
    assert "“drawings.jsonl”" in words
    assert "unpack it" in words
    assert "unpack it" in sentence_of(packed(tmp_path / "own.zip", {}))


def test_damaged_archives_are_a_set_or_one_sentence(tmp_path):
    data = packed(tmp_path / "own.zip", letters()).read_bytes()
    random = np.random.default_rng(5)
    refused = 0
    for _ in range(300):
        content = bytearray(data)
        for place in random.integers(0, len(content), 4):
            content[place] = random.integers(0, 256)
        (tmp_path / "own.zip").write_bytes(content)
        try:
            read_set(tmp_path / "own.zip")
        except DataError:
            refused += 1
    assert 0 < refused < 300
