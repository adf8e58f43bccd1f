"""Damaged IDX files, packed or not: digits, or one sentence."""

import gzip
import hashlib

import numpy as np
import pytest

from engine.data.mnist.digit_data import digits_of
from engine.data.mnist.files import MnistFile, check_mnist, has_all_files
from engine.data.mnist.idx_format import idx_bytes
from engine.errors import DataError
from tests.fuzzing.mutations import mutations
from tests.fuzzing.reader_check import SLOW_S, check_reader

IMAGES = idx_bytes(np.arange(2 * 784, dtype=np.int64).astype(np.uint8).reshape(2, 28, 28))
LABELS = idx_bytes(np.array([7, 3], np.uint8))
_NAMES = ("images", "labels")
_MOST_MIB = 1024


def read_images(content):
    digits_of(content, LABELS, _NAMES)


def read_labels(content):
    digits_of(IMAGES, content, _NAMES)


def check(count, seed, folder):
    name = "train-images-idx3-ubyte"
    file = MnistFile(name, len(IMAGES), hashlib.sha256(IMAGES).hexdigest())

    def read_packed(content):
        (folder / f"{name}.gz").write_bytes(content)
        has_all_files(folder, (file,))
        check_mnist(folder, (file,))

    packed = [gzip.compress(IMAGES, mtime=0), gzip.compress(IMAGES[:300], 0, mtime=0)]
    # Labels are short: damaged headers among them are damaged headers of pictures as well.
    for read, samples in ((read_images, [IMAGES, LABELS]), (read_labels, [LABELS]), (read_packed, packed)):
        report = check_reader(read, mutations(samples, count, seed), DataError)
        print(f"{read.__name__}: {report}")
        assert report.foreign == {}
        assert report.memory_mib < _MOST_MIB
        assert count < 10_000 or report.slowest_s < SLOW_S


def test_damaged_sets_are_digits_or_one_sentence(tmp_path):
    check(2_000, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_damaged_sets_are_digits_or_one_sentence(tmp_path):
    check(20_000, 2, tmp_path)
