"""Whoever waits for a set is told the share that is read, and can have it given up."""

import gzip
import json
import zipfile

import numpy as np
import pytest
from PIL import Image

from engine.data.sets import csv_set, pixels, stored_files
from engine.data.sets.reading import read_set
from engine.errors import DataError
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

COUNT = 60
FORMS = ("idx", "packed idx", "large idx", "npz", "large npz", "csv", "packed csv", "lines", "folder", "zip")
ZIPS = ("zip of idx", "zip of csv", "zip of tables")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """A small set is read in as many pieces as a large one."""
    monkeypatch.setattr(stored_files, "_AT_ONCE", 4000)
    monkeypatch.setattr(pixels, "_AT_ONCE", 10)
    monkeypatch.setattr(csv_set, "_CHUNK", 1 << 14)


def put_pictures(folder):
    for place, image in enumerate(pictures(COUNT)[0]):
        (folder / "ab"[place % 2]).mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(folder / "ab"[place % 2] / f"{place}.png")


def pack(folder, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, file.relative_to(folder).as_posix())
    return path


def made(folder, form):
    """A set in one form; its path."""
    images, labels = pictures(COUNT, 40 if "large" in form else 28)
    labels = labels.astype(np.uint8)
    inner = folder / "mine"
    inner.mkdir()
    if form.startswith("zip of"):
        if form == "zip of idx":
            write_idx(inner, images, labels, packed=True)
        else:
            (inner / "train.csv").write_text(csv_text(images, labels))
            if form == "zip of tables":
                (inner / "test.csv").write_text(csv_text(images[:30], labels[:30]))
        return pack(inner, folder / "mine.zip")
    if form in ("folder", "zip"):
        put_pictures(inner)
        return inner if form == "folder" else pack(inner, folder / "mine.zip")
    if form.endswith("idx"):
        for part in ("train", "t10k"):
            write_idx(inner, images, labels, part=part, packed="packed" in form)
        return inner
    path = folder / f"mine.{'jsonl' if form == 'lines' else form.split()[-1]}"
    if form.endswith("npz"):
        np.savez(path, x_train=images, y_train=labels, x_test=images, y_test=labels)
    elif form.endswith("csv"):
        if "packed" in form:  # more than is unpacked at once
            images, labels = np.random.default_rng(0).integers(0, 200, (600, 28, 28)), np.arange(600) % 10
        content = csv_text(images, labels).encode()
        path.write_bytes(gzip.compress(content, mtime=0) if "packed" in form else content)
    else:
        lines = [{"label": str(label), "strokes": [[[0, 0], [9, 9 + label]]]} for label in labels.tolist()]
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


@pytest.mark.parametrize("form", [*FORMS, *ZIPS])
def test_the_share_grows_to_all_of_it(tmp_path, form):
    path, shares = made(tmp_path, form), []
    told = read_set(path, shares.append)
    assert told.sentence() == read_set(path).sentence()
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(set(shares)) > 5
    assert max(np.diff(shares)) < 0.5  # nothing takes most of the time in silence


@pytest.mark.parametrize("form", [*FORMS, *ZIPS])
def test_what_is_given_up_ends_with_the_next_piece(tmp_path, form):
    path, shares = made(tmp_path, form), []
    with pytest.raises(DataError, match=rf"^Reading {path.name} was stopped\.$"):
        read_set(path, shares.append, lambda: len(shares) >= 3)
    assert len(shares) == 3
    assert read_set(path).training.images.any()


def test_a_folder_is_given_up_while_it_is_looked_through(tmp_path):
    put_pictures(tmp_path)
    asked = iter([False, False, True])
    with pytest.raises(DataError, match="was stopped"):
        read_set(tmp_path, None, lambda: next(asked))
