"""Finding, checking and adopting MNIST's files in the forms in which people have them."""

import gzip
import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from engine.data.mnist.files import (
    MnistFile,
    check_mnist,
    has_all_files,
    is_whole,
    raw_folder,
    read_file,
    unpack,
)
from engine.data.mnist.idx_format import idx_bytes
from engine.errors import DataError

CONTENTS = {name: (name * 50).encode() for name in ("one-idx3-ubyte", "two-idx1-ubyte")}
FILES = tuple(
    MnistFile(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items()
)


def write(folder: Path, form: str = "{}", pack: bool = False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in CONTENTS.items():
        path = folder / form.format(name.replace("-idx", ".idx") if "dot" in form else name)
        path = Path(str(path).replace("dot", ""))
        path.write_bytes(gzip.compress(content) if pack else content)


def all_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["{}", "{}.gz", "{}dot", "{}.gzdot"])
@pytest.mark.parametrize("below", ["", "raw", "MNIST", "MNIST/raw"])
def test_every_form_is_read_where_it_lies(tmp_path, form, below):
    write(tmp_path / below, form, pack=".gz" in form)
    before = all_below(tmp_path)
    assert has_all_files(tmp_path, FILES)
    check_mnist(tmp_path, FILES)
    assert {file.name: read_file(tmp_path, file) for file in FILES} == CONTENTS
    assert all_below(tmp_path) == before, "nothing is written"


@pytest.mark.parametrize("below", ["", "MNIST", "MNIST/raw"])
def test_any_folder_on_the_way_to_torchvision_s_files_may_be_chosen(tmp_path, below):
    write(raw_folder(tmp_path))
    check_mnist(tmp_path / below, FILES)


def test_an_interrupted_unpacking_is_never_taken_for_whole(tmp_path):
    write(raw_folder(tmp_path))
    path = raw_folder(tmp_path) / FILES[0].name
    path.write_bytes(path.read_bytes()[:-5] + b"\0" * 5)
    assert has_all_files(tmp_path, FILES)  # the size alone does not tell
    assert not is_whole(tmp_path, FILES[0])
    with pytest.raises(DataError, match="damaged"):
        check_mnist(tmp_path, FILES)


def test_a_whole_packed_copy_beside_a_damaged_file_is_found(tmp_path):
    write(tmp_path, "{}.gz", pack=True)
    (tmp_path / FILES[0].name).write_bytes(b"cut")
    check_mnist(tmp_path, FILES)


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"x" * 10_000_000, mtime=0), gzip.compress(b"abc", mtime=0)[:-6], b""],
)
def test_a_file_that_is_something_else_is_refused_and_leaves_nothing_behind(tmp_path, content):
    write(tmp_path, "{}.gz", pack=True)
    packed = tmp_path / f"{FILES[1].name}.gz"
    packed.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        check_mnist(tmp_path, FILES)
    with pytest.raises(DataError, match="damaged"):
        unpack(packed, tmp_path / "own", FILES[1])
    assert all_below(tmp_path / "own") == {}


def test_other_digits_in_mnist_s_form_are_called_what_they_are(tmp_path):
    write(raw_folder(tmp_path))
    (raw_folder(tmp_path) / FILES[0].name).write_bytes(idx_bytes(np.zeros((48, 28, 28), np.uint8)))
    with pytest.raises(DataError, match=r"hold 48 other digits, perhaps drawings.*a set of your own"):
        check_mnist(tmp_path, FILES)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("form", ["{}", "{}.gz"])
def test_a_pipe_or_an_endless_device_in_place_of_a_file_is_refused_at_once(tmp_path, form):
    write(tmp_path, form, pack=".gz" in form)
    for number, make in enumerate((os.mkfifo, lambda path: path.symlink_to("/dev/zero"))):
        path = tmp_path / form.format(FILES[number].name)
        path.unlink()
        make(path)
        with pytest.raises(DataError, match="There is no MNIST in"):
            check_mnist(tmp_path, FILES)


def test_a_folder_without_it_is_refused_in_one_sentence(tmp_path):
    write(tmp_path)
    (tmp_path / FILES[1].name).unlink()
    assert not has_all_files(tmp_path, FILES)
    for folder in (tmp_path, tmp_path / "gone", Path("/\0")):
        with pytest.raises(DataError, match="There is no MNIST in"):
            check_mnist(folder, FILES)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    write(tmp_path, "{}.gz", pack=True)
    (tmp_path / "own").write_text("a file where the folder should be")
    with pytest.raises(DataError, match="could not be stored"):
        unpack(tmp_path / f"{FILES[0].name}.gz", tmp_path / "own", FILES[0])
