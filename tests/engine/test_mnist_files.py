"""Finding, checking and adopting MNIST's files in the forms in which people have them."""

import gzip
import hashlib
from pathlib import Path

import pytest

from engine.errors import DataError
from engine.mnist_files import MnistFile, adopt_mnist, check_files, has_all_files, raw_folder

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


@pytest.mark.parametrize("below", ["", "MNIST", "MNIST/raw"])
def test_torchvision_s_own_folders_are_used_where_they_are(tmp_path, below):
    write(raw_folder(tmp_path / "theirs"))
    assert adopt_mnist(tmp_path / "theirs" / below, tmp_path / "own", FILES) == tmp_path / "theirs"
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("form", ["{}", "{}.gz", "{}dot", "{}.gzdot"])
@pytest.mark.parametrize("below", ["", "raw", "MNIST"])
def test_other_forms_are_copied_and_checked(tmp_path, form, below):
    write(tmp_path / "theirs" / below, form, pack=".gz" in form)
    own = adopt_mnist(tmp_path / "theirs", tmp_path / "own", FILES)
    assert own == tmp_path / "own"
    check_files(own, FILES)


def test_an_interrupted_unpacking_is_never_taken_for_whole(tmp_path):
    write(raw_folder(tmp_path))
    path = raw_folder(tmp_path) / FILES[0].name
    path.write_bytes(path.read_bytes()[:-5] + b"\0" * 5)
    assert has_all_files(tmp_path, FILES)  # the size alone does not tell
    with pytest.raises(DataError, match="damaged"):
        check_files(tmp_path, FILES)
    with pytest.raises(DataError, match="damaged"):
        adopt_mnist(tmp_path, tmp_path / "own", FILES)


def test_a_whole_packed_copy_beside_a_damaged_file_is_found(tmp_path):
    write(tmp_path / "theirs", "{}.gz", pack=True)
    (tmp_path / "theirs" / FILES[0].name).write_bytes(b"cut")
    check_files(adopt_mnist(tmp_path / "theirs", tmp_path / "own", FILES), FILES)


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(b"x" * 10_000_000), gzip.compress(b"abc")[:-6]]
)
def test_a_file_that_is_something_else_leaves_nothing_behind(tmp_path, content):
    write(tmp_path / "theirs", "{}.gz", pack=True)
    (tmp_path / "theirs" / f"{FILES[1].name}.gz").write_bytes(content)
    with pytest.raises(DataError):
        adopt_mnist(tmp_path / "theirs", tmp_path / "own", FILES)
    assert {path.name for path in raw_folder(tmp_path / "own").iterdir()} <= {FILES[0].name}


def test_a_folder_without_it_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(DataError, match="There is no MNIST in"):
        adopt_mnist(tmp_path, tmp_path / "own", FILES)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    write(tmp_path / "theirs", "{}.gz", pack=True)
    (tmp_path / "own").write_text("a file where the folder should be")
    with pytest.raises(DataError, match="could not be stored"):
        adopt_mnist(tmp_path / "theirs", tmp_path / "own", FILES)
