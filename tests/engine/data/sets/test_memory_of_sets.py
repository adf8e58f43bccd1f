"""A set is in memory once while it is read, and what is reckoned on the way does not grow with it."""

import tracemalloc

import numpy as np
import pytest

from engine.data.sets import csv_set
from engine.data.sets.reading import read_set
from tests.engine.data.sets.made_sets import csv_text, pictures, write_idx

COUNT = 10_000
SOME = 1_000


def write(folder, form):
    images, labels = pictures(COUNT)
    labels = labels.astype(np.uint8)
    if form.startswith("idx"):
        write_idx(folder, 255 - images if "light" in form else images, labels, packed="packed" in form)
        return folder
    if form == "npz":
        np.savez_compressed(folder / "set.npz", x_train=images, y_train=labels)
        return folder / "set.npz"
    # Few pictures, over and over again, since text takes long to write.
    text = csv_text(images[:SOME], labels[:SOME], header=False)
    (folder / "set.csv").write_text(text * (COUNT // SOME))
    return folder / "set.csv"


@pytest.mark.parametrize("form", ["idx", "idx packed", "idx light", "npz", "csv"])
def test_the_most_memory_is_less_than_twice_the_pixels(tmp_path, monkeypatch, form):
    path = write(tmp_path, form)
    read_set(path)  # what is imported and kept for good is none of it
    monkeypatch.setattr(csv_set, "_CHUNK", 1 << 16)
    tracemalloc.start()
    try:
        found = read_set(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.training.images.nbytes == COUNT * 784
    assert most < 1.5 * COUNT * 784
