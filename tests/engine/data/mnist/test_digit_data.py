"""MNIST's files as the sets that training knows, and IDX files that are none."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.data.digits import Digits
from engine.data.mnist.digit_data import digits_of, load_mnist_test, load_mnist_training
from engine.data.mnist.files import FILES, MnistFile, check_mnist, raw_folder, read_file
from engine.data.mnist.idx_format import idx_bytes
from engine.errors import DataError


@pytest.mark.parametrize("load", [load_mnist_training, load_mnist_test])
def test_missing_data_say_what_to_do(load: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="download it, or choose its folder"):
        load(tmp_path)


def test_real_sets_have_their_sizes_types_and_beginnings(mnist_folder: Path) -> None:
    training, validation = load_mnist_training(mnist_folder)
    test = load_mnist_test(mnist_folder)
    assert (len(training), len(validation), len(test)) == (55_000, 5_000, 10_000)
    for digits in (training, validation, test):
        assert digits.name == "MNIST"
        assert digits.images.dtype == torch.uint8
        assert digits.labels.dtype == torch.int64
        assert digits.labels.unique().tolist() == list(range(10))
        assert int(digits.images.max()) == 255
    assert test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    published = {0: 980, 1: 1135, 2: 1032, 3: 1010, 4: 982, 5: 892, 6: 958, 7: 1028, 8: 974, 9: 1009}
    assert dict(enumerate(test.labels.bincount().tolist())) == published


def test_validation_set_is_the_same_every_time_and_shares_nothing_with_training(mnist_folder: Path) -> None:
    training, validation = load_mnist_training(mnist_folder)
    again, validation_again = load_mnist_training(mnist_folder)
    assert torch.equal(training.images, again.images)
    assert torch.equal(validation.images, validation_again.images)
    assert torch.equal(validation.labels, validation_again.labels)
    # Together they are the published 60,000, each once.
    together = training.joined(validation)
    assert together.labels.bincount().tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]  # fmt: skip
    assert not fingerprints(training) & fingerprints(validation)


def test_training_and_validation_never_read_the_test_set(
    mnist_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(folder: Path, file: MnistFile) -> bytes:
        read.append(file.name)
        return read_file(folder, file)

    monkeypatch.setattr("engine.data.mnist.digit_data.read_file", noted)
    load_mnist_training(mnist_folder)
    assert read == ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"]


def test_folder_that_cannot_be_written_to_is_read_and_left_as_it_was(
    mnist_folder: Path, tmp_path: Path
) -> None:
    raw = raw_folder(tmp_path / "root")
    raw.mkdir(parents=True)
    for file in FILES:
        (raw / file.name).symlink_to(raw_folder(mnist_folder).resolve() / file.name)
    for folder in (raw, raw.parent, tmp_path / "root"):
        folder.chmod(0o555)
    try:
        before = {path: os.stat(path).st_mtime_ns for path in [tmp_path / "root", raw.parent, raw]}
        assert len(load_mnist_test(tmp_path / "root")) == 10_000
        check_mnist(raw)
        assert {path: os.stat(path).st_mtime_ns for path in before} == before
        assert sorted(path.name for path in raw.iterdir()) == sorted(file.name for file in FILES)
    finally:
        for folder in (tmp_path / "root", raw.parent, raw):
            folder.chmod(0o755)


def test_what_an_old_torchvision_left_is_not_read_in_the_files_stead(
    mnist_folder: Path, tmp_path: Path
) -> None:
    raw = raw_folder(tmp_path)
    raw.mkdir(parents=True)
    for file in FILES:
        (raw / file.name).symlink_to(raw_folder(mnist_folder).resolve() / file.name)
    processed = raw.parent / "processed"
    processed.mkdir()
    for name in ("training.pt", "test.pt"):
        torch.save((torch.zeros(3, 28, 28, dtype=torch.uint8), torch.zeros(3).long()), processed / name)
    assert len(load_mnist_test(tmp_path)) == 10_000


def fingerprints(digits: Digits) -> set[bytes]:
    return {image.tobytes() for image in digits.images.numpy()}


IMAGES = idx_bytes(np.arange(3 * 784, dtype=np.int64).astype(np.uint8).reshape(3, 28, 28))
LABELS = idx_bytes(np.array([7, 0, 9], np.uint8))
BAD_IDX = {
    "signed bytes": (b"\0\0\x09" + IMAGES[3:], LABELS, "signed bytes"),
    "floats": (b"\0\0\x0d" + IMAGES[3:], LABELS, "floats"),
    "an unknown type": (b"\0\0\x77" + IMAGES[3:], LABELS, "unknown type"),
    "no header": (b"", LABELS, "not an IDX file"),
    "another file": (b"\x89PNG....", LABELS, "not an IDX file"),
    "a cut header": (IMAGES[:9], LABELS, "cut off in its header"),
    "too few values": (IMAGES[:-1], LABELS, "another length"),
    "too many values": (IMAGES + b"\0", LABELS, "another length"),
    "a lying header": (struct.pack(">HBBIII", 0, 8, 3, 2**32 - 1, 28, 28), LABELS, "another length"),
    "no dimensions": (b"\0\0\x08\0", LABELS, "not an IDX file"),
    "many dimensions": (b"\0\0\x08\xff" + bytes(2000), LABELS, "not an IDX file"),
    "other sizes": (idx_bytes(np.zeros((3, 28, 27), np.uint8)), LABELS, "28 × 27 where 28 × 28 are needed"),
    "labels for pictures": (LABELS, LABELS, "single numbers where"),
    "pictures for labels": (IMAGES, IMAGES, "where single numbers are needed"),
    "a label that is no digit": (IMAGES, idx_bytes(np.array([7, 10, 9], np.uint8)), "the label 10"),
    "labels of others": (IMAGES, idx_bytes(np.array([7, 9], np.uint8)), "do not belong together"),
}


def test_two_idx_files_are_digits() -> None:
    digits = digits_of(IMAGES, LABELS, ("images", "labels"), "mine")
    assert digits.labels.tolist() == [7, 0, 9]
    assert digits.images[1, :3].tolist() == [784 % 256, 785 % 256, 786 % 256]
    assert digits.name == "mine"


@pytest.mark.parametrize("what", BAD_IDX)
def test_idx_files_that_are_none_are_refused_in_one_sentence(what: str) -> None:
    images, labels, reason = BAD_IDX[what]
    with pytest.raises(DataError, match=reason):
        digits_of(images, labels, ("images", "labels"))


LIBRARY_LOADED = """
import torch
library = torch.library.Library("torchvision", "DEF")
for name in ("nms", "qnms"):
    library.define(name + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
"""
FALLBACKS = """
import torch
from . import early
for name in ("nms", "qnms"):
    torch.library.register_fake("torchvision::" + name)(lambda dets, scores, iou_threshold: dets)
"""
BROKEN = """
raise RuntimeError("Detected that PyTorch and torchvision were compiled with different CUDA major versions.")
"""


PACKAGES = {
    "library loaded": (LIBRARY_LOADED + FALLBACKS, "datasets"),
    "library not loaded": (FALLBACKS, "datasets"),
    "broken": (
        BROKEN,
        "torchvision does not work beside the PyTorch installed here: install the program again.",
    ),
}
# Operators can be declared only once in each process; a copy of one that has PyTorch is as good as a new one.
IN_COPIES = """
import os, sys, traceback, warnings
import engine.data.mnist.digit_data, engine.data.mnist.download, engine.data.mnist.torchvision_guard
print("torchvision" in sys.modules, flush=True)
from engine.errors import DataError
from engine.data.mnist.torchvision_guard import torchvision_datasets

def outcome(folder):
    sys.path.insert(0, folder)
    try:
        assert torchvision_datasets() is torchvision_datasets()
        return torchvision_datasets().MNIST
    except DataError as error:
        return str(error)
    except BaseException:
        return traceback.format_exc()

for folder in sys.argv[1:]:
    with warnings.catch_warnings():
        # Of threads that products of matrices start; none of them has anything to do.
        warnings.simplefilter("ignore")
        child = os.fork()
    if not child:
        with open(folder + "/outcome", "w") as file:
            file.write(outcome(folder))
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def imports_of_torchvision(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of importing each of the packages, and what the process said before it did.

    A package stands for torchvision, whose real library makes a process of either the one or the other kind.
    """
    folders = {}
    for name, (package, _) in PACKAGES.items():
        folders[name] = tmp_path_factory.mktemp("packages")
        folder = folders[name] / "torchvision"
        folder.mkdir()
        (folder / "__init__.py").write_text(package)
        (folder / "early.py").write_text("")
        (folder / "datasets.py").write_text("MNIST = 'datasets'")
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_COPIES, *folders.values()],
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    outcomes = {name: (folder / "outcome").read_text() for name, folder in folders.items()}
    return {**outcomes, "before": ended.stdout.strip()}


@pytest.mark.whole_program
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied on POSIX alone")
@pytest.mark.parametrize("name", PACKAGES)
def test_torchvision_imports_whether_its_library_loads_or_not(
    name: str, imports_of_torchvision: dict[str, str]
) -> None:
    _, expected = PACKAGES[name]
    assert imports_of_torchvision[name] == expected


@pytest.mark.whole_program
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied on POSIX alone")
def test_importing_the_data_modules_does_not_import_torchvision(
    imports_of_torchvision: dict[str, str],
) -> None:
    assert imports_of_torchvision["before"] == "False"
