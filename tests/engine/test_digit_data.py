"""MNIST's files in the shapes that people have them in, and the real ones as the sets that training knows."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from engine.digit_data import load_mnist_test, load_mnist_training
from engine.digits import Digits
from engine.errors import DataError
from engine.mnist_files import FILES, MnistFile, adopt_mnist, check_files, has_all_files, raw_folder

CONTENTS = {file.name: hashlib.sha256(file.name.encode()).digest() * 100 for file in FILES}
SMALL = tuple(
    MnistFile(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items()
)


def as_it_is(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def packed(folder: Path, name: str, content: bytes) -> None:
    as_it_is(folder, f"{name}.gz", gzip.compress(content))


def dotted(folder: Path, name: str, content: bytes) -> None:
    as_it_is(folder, name.replace("-idx", ".idx"), content)


def dotted_and_packed(folder: Path, name: str, content: bytes) -> None:
    packed(folder, name.replace("-idx", ".idx"), content)


def put(folder: Path, write: Callable[[Path, str, bytes], None] = as_it_is) -> None:
    for name, content in CONTENTS.items():
        write(folder, name, content)


def all_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("chosen", [".", "MNIST", "MNIST/raw"])
def test_torchvisions_own_folder_is_used_where_it_is(chosen: str, tmp_path: Path) -> None:
    root, own = tmp_path / "theirs", tmp_path / "own"
    put(raw_folder(root))
    assert adopt_mnist(root / chosen, own, SMALL) == root
    assert not own.exists()


@pytest.mark.parametrize("place", [".", "raw", "MNIST", "MNIST/raw"])
@pytest.mark.parametrize("write", [as_it_is, packed, dotted, dotted_and_packed])
def test_other_shapes_are_copied_and_stay_as_they_were(
    write: Callable[[Path, str, bytes], None], place: str, tmp_path: Path
) -> None:
    theirs, own = tmp_path / "theirs", tmp_path / "own"
    put(theirs / place, write)
    before = all_below(theirs)
    root = adopt_mnist(theirs, own, SMALL)
    check_files(root, SMALL)
    assert has_all_files(root, SMALL)
    assert all_below(theirs) == before
    if root == own:
        assert all_below(raw_folder(own)) == CONTENTS, "no temporary file stays"


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_folder_without_all_four_is_refused_in_one_sentence(kept: int, tmp_path: Path) -> None:
    for name in list(CONTENTS)[:kept]:
        as_it_is(tmp_path / "theirs", name, CONTENTS[name])
    (tmp_path / "theirs").mkdir(exist_ok=True)
    with pytest.raises(DataError, match=r"^There is no MNIST in .*theirs"):
        adopt_mnist(tmp_path / "theirs", tmp_path / "own", SMALL)
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("write", [as_it_is, packed])
@pytest.mark.parametrize("damage", ["flipped", "cut"])
def test_damaged_copy_is_refused_and_leaves_nothing(
    write: Callable[[Path, str, bytes], None], damage: str, tmp_path: Path
) -> None:
    theirs, own = tmp_path / "theirs", tmp_path / "own"
    put(theirs, write)
    victim = max(theirs.glob("t10k-labels*"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 255
    victim.write_bytes(content if damage == "flipped" else content[: len(content) // 2])
    with pytest.raises(DataError, match="damaged"):
        adopt_mnist(theirs, own, SMALL)
    assert not has_all_files(own, SMALL)
    assert not any(".part" in name for name in all_below(own))


def test_folder_that_takes_no_copy_is_said(tmp_path: Path) -> None:
    put(tmp_path / "theirs", packed)
    (tmp_path / "own").write_text("a file")
    with pytest.raises(DataError, match=r"could not be stored in .*own"):
        adopt_mnist(tmp_path / "theirs", tmp_path / "own", SMALL)


def test_file_of_an_interrupted_unpacking_is_not_taken_for_whole(tmp_path: Path) -> None:
    put(raw_folder(tmp_path))
    check_files(tmp_path, SMALL)
    cut = raw_folder(tmp_path) / SMALL[0].name
    cut.write_bytes(CONTENTS[SMALL[0].name][:-1])
    assert not has_all_files(tmp_path, SMALL)
    with pytest.raises(DataError, match=SMALL[0].name):
        check_files(tmp_path, SMALL)
    # The size alone would not tell: some programs reserve the whole file first.
    cut.write_bytes(CONTENTS[SMALL[0].name][:-1] + b"\0")
    assert has_all_files(tmp_path, SMALL)
    with pytest.raises(DataError, match=SMALL[0].name):
        check_files(tmp_path, SMALL)


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
    from engine.torchvision_guard import torchvision_datasets

    reader = torchvision_datasets().mnist
    read: list[str] = []
    for name in ("read_image_file", "read_label_file"):
        monkeypatch.setattr(reader, name, noting(read, getattr(reader, name)))
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
        assert adopt_mnist(raw, tmp_path / "own") == tmp_path / "root"
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


def noting(read: list[str], original: Callable[[str], torch.Tensor]) -> Callable[[str], torch.Tensor]:
    def noted(path: str) -> torch.Tensor:
        read.append(Path(path).name)
        return original(path)

    return noted


def fingerprints(digits: Digits) -> set[bytes]:
    return {image.tobytes() for image in digits.images.numpy()}


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


@pytest.mark.parametrize(
    ("package", "printed"),
    [
        (LIBRARY_LOADED + FALLBACKS, "datasets"),
        (FALLBACKS, "datasets"),
        (BROKEN, "torchvision does not work beside the PyTorch installed here: install the program again."),
    ],
    ids=["library loaded", "library not loaded", "broken"],
)
def test_torchvision_imports_whether_its_library_loads_or_not(
    package: str, printed: str, tmp_path: Path
) -> None:
    """In a process of its own, since operators can be declared only once in each.

    A package stands for torchvision, whose real library makes a process of either the one or the other kind.
    """
    folder = tmp_path / "torchvision"
    folder.mkdir()
    (folder / "__init__.py").write_text(package)
    (folder / "early.py").write_text("")
    (folder / "datasets.py").write_text("MNIST = 'datasets'")
    program = (
        "from engine.errors import DataError\n"
        "from engine.torchvision_guard import torchvision_datasets\n"
        "try:\n"
        "    print(torchvision_datasets().MNIST)\n"
        "    assert torchvision_datasets() is torchvision_datasets()\n"
        "except DataError as error:\n"
        "    print(error)\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(root)])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, printed), ended.stderr


def test_importing_the_data_modules_does_not_import_torchvision() -> None:
    program = (
        "import sys, engine.digit_data, engine.mnist_download, engine.torchvision_guard\n"
        "print('torchvision' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "False"), ended.stderr
