"""Kept handwriting is what would be written, however the file came to be as it is."""

import io
import logging
import os
import random
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.data.handwriting import digit_writer
from engine.data.handwriting import kept_digits as kept_handwriting
from engine.data.handwriting.kept_digits import is_kept, keep_handwriting, load_handwriting
from engine.data.handwriting.synthetic_digits import make_handwriting
from engine.data.handwriting.written_digits import Handwriting
from engine.errors import DataError

COUNT, SEED = 700, 5


@pytest.fixture(scope="module")
def expected():
    return make_handwriting(COUNT, SEED)


@pytest.fixture
def parts(monkeypatch):
    """How many digits were written after each part."""
    done = []
    write_part = Handwriting.write_part

    def counted(writing):
        write_part(writing)
        done.append(writing.done)

    monkeypatch.setattr(Handwriting, "write_part", counted)
    return done


@pytest.fixture
def kept(tmp_path, expected, monkeypatch) -> Path:
    """A file with the digits, written when there were none."""
    with monkeypatch.context() as here:
        here.setattr(Handwriting, "write_part", _given(expected))
        load_handwriting(COUNT, SEED, tmp_path / "kept")
    [path] = (tmp_path / "kept").iterdir()
    return path


def _given(digits):
    """What takes digits that are there already, so that not every test has to write them."""

    def write_part(writing):
        writing.images[:] = digits.images.numpy()
        writing.done = len(digits)

    return write_part


def load(path: Path, **more):
    return load_handwriting(COUNT, SEED, path.parent, **more)


def is_same(digits, expected) -> bool:
    return (
        torch.equal(digits.images, expected.images)
        and torch.equal(digits.labels, expected.labels)
        and digits.name == expected.name
    )


def rewrite(path: Path, **changed) -> None:
    """The file once more, with some of its arrays changed, or left out where they are None."""
    with np.load(path) as arrays:
        together = {**arrays, **changed}
    with path.open("wb") as file:
        np.savez(file, **{name: array for name, array in together.items() if array is not None})


def test_what_was_written_once_is_read_the_second_time(tmp_path, expected, parts):
    folder = tmp_path / "new" / "folder"
    assert is_same(load_handwriting(COUNT, SEED, folder), expected)
    assert parts == [500, 700]
    assert is_kept(COUNT, SEED, folder)
    parts.clear()
    shares = []
    assert is_same(load_handwriting(COUNT, SEED, folder, shares.append), expected)
    # Its first digits alone were written, to be compared, and nothing was told of it.
    assert parts == [500]
    assert shares == []


def test_the_file_is_private_and_alone(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_other_counts_and_seeds_have_files_of_their_own(kept, parts):
    other = load_handwriting(COUNT, SEED + 1, kept.parent)
    fewer = load_handwriting(100, SEED, kept.parent)
    assert is_same(other, make_handwriting(COUNT, SEED + 1))
    assert is_same(fewer, make_handwriting(100, SEED))
    assert len(list(kept.parent.iterdir())) == 3
    assert not is_kept(200, SEED, kept.parent)


def test_without_a_folder_nothing_is_kept(tmp_path, expected, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert is_same(load_handwriting(COUNT, SEED, None), expected)
    assert sorted(tmp_path.rglob("*")) == before


def test_digits_of_former_styles_are_not_used_and_give_way(kept, expected, parts, monkeypatch):
    monkeypatch.setattr(digit_writer, "_POINT_JITTER", 1.0)
    changed = load(kept)
    assert not torch.equal(changed.images, expected.images)
    assert parts == [500, 700]
    parts.clear()
    assert is_same(load(kept), changed)
    assert parts == [500]


def test_what_another_version_wrote_is_written_anew(kept, expected, parts, monkeypatch):
    monkeypatch.setattr(kept_handwriting, "VERSION", "0.0.1")
    assert not is_kept(COUNT, SEED, kept.parent)
    assert is_same(load(kept), expected)
    assert parts == [500, 700]
    assert is_kept(COUNT, SEED, kept.parent)


@pytest.mark.parametrize(
    "changed",
    [
        {"labels": np.zeros(COUNT, np.uint8)},
        {"labels": np.zeros(COUNT - 1, np.uint8)},
        {"labels": np.zeros(COUNT, np.int64)},
        {"labels": None},
        {"version": None},
        {"inked": np.zeros((COUNT, 98), np.uint8)},
        {"inked": np.zeros((COUNT, 98), np.bool_)},
        {"inked": np.zeros((COUNT - 1, 98), np.uint8)},
        {"ink": np.zeros(1, np.uint8)},
        {"ink": np.array(["pickled", None], dtype=object)},
    ],
    ids=lambda changed: "-".join(
        f"{name}-{'missing' if array is None else f'{array.dtype}-{array.shape}'}"
        for name, array in changed.items()
    ),
)
def test_arrays_that_are_not_right_are_written_anew(kept, expected, changed):
    rewrite(kept, **changed)
    assert is_same(load(kept), expected)
    with np.load(kept) as arrays:
        assert sorted(arrays) == ["ink", "inked", "labels", "version"]
        assert (arrays["labels"] == expected.labels.numpy()).all()


def _array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(3))
    return file.getvalue()


def compressed(path: Path) -> None:
    with np.load(path) as arrays:
        together = dict(arrays)
    np.savez_compressed(path, **together)


CONTENTS = {
    "empty": lambda path: path.write_bytes(b""),
    "cut in the middle": lambda path: path.write_bytes(path.read_bytes()[:-5000]),
    "without its beginning": lambda path: path.write_bytes(path.read_bytes()[5000:]),
    "longer than it can be": lambda path: path.write_bytes(path.read_bytes() + bytes(2_000_000)),
    "text": lambda path: path.write_text("no archive"),
    "an array": lambda path: path.write_bytes(_array()),
    "a pickle": lambda path: path.write_bytes(b"\x80\x04K\x01."),
    "compressed": compressed,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("what", CONTENTS)
def test_whatever_else_lies_there_the_digits_are_right(kept, expected, what):
    CONTENTS[what](kept)
    assert is_same(load(kept), expected)
    if what != "a folder":
        assert is_kept(COUNT, SEED, kept.parent)


def test_a_byte_that_was_damaged_changes_no_digit(kept, expected, monkeypatch):
    whole = kept.read_bytes()
    chance = random.Random(1)
    monkeypatch.setattr(Handwriting, "write_part", _given(expected))
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        kept.write_bytes(damaged)
        assert is_same(load(kept), expected)


@pytest.mark.skipif(os.name != "posix", reason="a named pipe")
def test_a_pipe_in_its_place_holds_nobody_up(kept, expected):
    kept.unlink()
    os.mkfifo(kept)
    assert is_same(load(kept), expected)
    assert is_kept(COUNT, SEED, kept.parent)


def test_a_folder_that_cannot_be_is_no_word_to_anybody(tmp_path, expected, caplog, capfd):
    caplog.set_level(logging.INFO)
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "folder"
    assert is_same(load_handwriting(COUNT, SEED, folder), expected)
    assert not is_kept(COUNT, SEED, folder)
    assert "could not be written" in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.INFO}
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_leaves_nothing_and_keeps_what_was_there(kept, expected, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    rewrite(kept, labels=None)
    before = kept.read_bytes()

    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    assert is_same(load(kept), expected)
    assert "No space left" in caplog.text
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]
    assert kept.read_bytes() == before


def test_cancelling_keeps_nothing(tmp_path):
    shares = []
    with pytest.raises(DataError, match="stopped"):
        load_handwriting(5_000, SEED, tmp_path / "kept", shares.append, lambda: len(shares) == 1)
    assert len(shares) == 1
    assert not (tmp_path / "kept").exists()


def test_a_cancelled_reader_of_a_file_that_is_no_good_writes_no_more(kept, parts):
    rewrite(kept, labels=np.zeros(COUNT, np.uint8))
    before = kept.read_bytes()
    with pytest.raises(DataError, match="stopped"):
        load(kept, is_cancelled=lambda: True)
    assert parts == [500]
    assert kept.read_bytes() == before


def test_nothing_to_write_is_refused(tmp_path):
    with pytest.raises(DataError, match="no digits to write"):
        load_handwriting(0, SEED, tmp_path)


def test_digits_that_are_only_kept_are_the_same(tmp_path, expected, parts):
    keep_handwriting(COUNT, SEED, tmp_path)
    parts.clear()
    assert is_same(load_handwriting(COUNT, SEED, tmp_path), expected)
    assert parts == [500]


def test_who_only_keeps_them_gives_up_when_somebody_else_has(kept, parts):
    before = kept.stat()
    keep_handwriting(COUNT, SEED, kept.parent)
    assert parts == []
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_pytorch_is_not_imported_for_it(tmp_path):
    program = (
        "import sys; from pathlib import Path; import engine.data.handwriting.written_ahead;"
        "from engine.data.handwriting.kept_digits import keep_handwriting;"
        "keep_handwriting(20, 1, Path(sys.argv[1])); sys.exit('torch' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=environment, check=False)
    assert done.returncode == 0
    assert is_kept(20, 1, tmp_path)
