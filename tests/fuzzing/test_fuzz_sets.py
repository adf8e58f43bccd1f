"""Damaged sets of every form: labelled pictures, or one sentence."""

import gzip
import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from engine.data.sets.reading import read_set
from engine.errors import DataError
from tests.engine.data.sets.made_sets import csv_text, idx, pictures
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

IMAGES, LABELS = pictures(4)
LABELS = (LABELS % 2).astype(np.uint8)
_MOST_MIB = 1024


def arrays(write):
    file = io.BytesIO()
    write(file, x_train=IMAGES, y_train=np.array(["a", "b"] * 2))
    return file.getvalue()


def packed(method, **files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def png(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "png")
    return file.getvalue()


def samples():
    """Whole files, by the name that they are read under."""
    table = csv_text(IMAGES, LABELS).encode()
    folders = {f"{'ab'[number % 2]}/{number}.png": png(image) for number, image in enumerate(IMAGES)}
    files = {"train-images-idx3-ubyte": idx(IMAGES), "train-labels-idx1-ubyte": idx(LABELS)}
    return {
        "set.npz": [arrays(np.savez), arrays(np.savez_compressed)],
        "set.csv": [table, gzip.compress(table, mtime=0)],
        "set.zip": [
            packed(zipfile.ZIP_STORED, **folders),
            packed(zipfile.ZIP_DEFLATED, **folders),
            packed(zipfile.ZIP_DEFLATED, **files),
            packed(zipfile.ZIP_STORED, **{"train.csv": table}),
        ],
        "train-images-idx3-ubyte": [files["train-images-idx3-ubyte"]],
    }


def check(folder, count, seed):
    for name, contents in samples().items():
        place = folder / name
        (folder / "train-labels-idx1-ubyte").write_bytes(idx(LABELS))

        def read(content, place=place):
            place.write_bytes(content)
            read_set(place)

        check_all(name, read, contents, count, seed)


def check_arrays(folder, count, seed):
    """Archives know that they are damaged; arrays in them do not."""
    with zipfile.ZipFile(io.BytesIO(arrays(np.savez))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in files:

        def read(content, name=name):
            (folder / "set.npz").write_bytes(packed(zipfile.ZIP_STORED, **{**files, name: content}))
            read_set(folder / "set.npz")

        check_all(name, read, [files[name]], count, seed)


def check_all(name, read, contents, count, seed):
    for content in contents:
        read(content)
    report = check_reader(read, mutations(contents, count, seed), DataError)
    print(f"{name}: {report}")
    assert report.foreign == {}
    assert report.memory_mib < _MOST_MIB
    assert count < 10_000 or report.slowest_s < SLOW_S


def test_damaged_sets_are_pictures_or_one_sentence(tmp_path):
    check(tmp_path, 500, 1)
    check_arrays(tmp_path, 500, 1)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_damaged_sets_are_pictures_or_one_sentence(tmp_path):
    check(tmp_path, 20_000, 2)
    check_arrays(tmp_path, 20_000, 2)
