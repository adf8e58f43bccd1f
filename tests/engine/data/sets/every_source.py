"""A small set in every form in which people have sets: 120 pictures of ten classes, called ``mine``."""

import gzip
import json
import zipfile

import numpy as np
from PIL import Image

from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

COUNT = 120


def _bytes(labels):
    return labels.astype(np.uint8)


def idx(folder):
    """MNIST's files."""
    images, labels = pictures(COUNT)
    write_idx(folder / "mine", images, _bytes(labels))
    return folder / "mine"


def idx_packed(folder):
    """The same, packed, with dots in their names, and labels of four bytes."""
    images, labels = pictures(COUNT)
    write_idx(folder / "mine", images, labels.astype(np.int32), dots=True, packed=True)
    return folder / "mine"


def idx_of_another_size(folder):
    """Pictures of 40 by 40 pixels."""
    images, labels = pictures(COUNT, side=40)
    write_idx(folder / "mine", images, _bytes(labels))
    return folder / "mine"


def emnist(folder):
    """Rows and columns exchanged."""
    images, labels = pictures(COUNT)
    write_idx(folder / "mine", images.transpose(0, 2, 1).copy(), _bytes(labels), prefix="emnist-digits-")
    return folder / "mine"


def qmnist(folder):
    """A row of eight numbers for each label, the class first."""
    images, labels = pictures(COUNT)
    rows = np.zeros((COUNT, 8), np.int32)
    rows[:, 0] = labels
    write_idx(folder / "mine", images, rows, prefix="qmnist-")
    return folder / "mine"


def csv(folder):
    """Kaggle's table."""
    (folder / "mine.csv").write_text(csv_text(*pictures(COUNT)))
    return folder / "mine.csv"


def csv_packed(folder):
    """A table without a header, packed."""
    (folder / "mine.csv.gz").write_bytes(gzip.compress(csv_text(*pictures(COUNT), header=False).encode()))
    return folder / "mine.csv.gz"


def npz(folder):
    """Keras's arrays."""
    images, labels = pictures(COUNT)
    path = folder / "mine.npz"
    np.savez(path, x_train=images, y_train=labels, x_test=images[:20], y_test=labels[:20])
    return path


def jsonl(folder):
    """Strokes."""
    lines = [
        {"label": number % 10, "writer": "me", "strokes": [[[10, 10], [10 + number % 50, 90], [60, 40]]]}
        for number in range(COUNT)
    ]
    (folder / "mine.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder / "mine.jsonl"


def jsonl_packed(folder):
    """The same, packed."""
    content = jsonl(folder).read_bytes()
    (folder / "mine.jsonl.gz").write_bytes(gzip.compress(content))
    return folder / "mine.jsonl.gz"


def quick_draw(folder):
    """Strokes in columns, with a word for each."""
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    lines = [
        {"word": words[number % 10], "drawing": [[[10, 10 + number % 50, 60], [10, 90, 40]]]}
        for number in range(COUNT)
    ]
    (folder / "mine.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder / "mine.ndjson"


def picture_folder(folder):
    """A folder of pictures for each class."""
    for number, (image, label) in enumerate(zip(*pictures(COUNT), strict=True)):
        place = folder / "mine" / str(label)
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(place / f"{number}.png")
    return folder / "mine"


def zip_file(folder):
    """The same in one file."""
    pictures_at = picture_folder(folder)
    with zipfile.ZipFile(folder / "mine.zip", "w") as archive:
        for path in sorted(pictures_at.rglob("*.png")):
            archive.write(path, path.relative_to(pictures_at))
    return folder / "mine.zip"


SOURCES = {
    write.__name__: write
    for write in (
        *(idx, idx_packed, idx_of_another_size, emnist, qmnist),
        *(csv, csv_packed, npz, jsonl, jsonl_packed, quick_draw, picture_folder, zip_file),
    )
}


def write_source(folder, form):
    """Write the set in one of the `SOURCES`; its path."""
    return SOURCES[form](folder)
