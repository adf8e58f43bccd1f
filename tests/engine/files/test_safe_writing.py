"""A file is whole, or it is the one that was there before."""

import os
import stat

import pytest

from engine.files.safe_writing import clear_leftovers, replacing


def test_a_new_file_is_whole_and_as_readable_as_others(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "file.bin"
    with replacing(path) as file:
        file.write(b"all of it")
        assert not path.exists()
    assert path.read_bytes() == b"all of it"
    assert os.listdir(folder) == ["file.bin"]
    other = tmp_path / "other"
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_what_fails_leaves_the_former_file_and_nothing_else(tmp_path, error):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "file.bin"
    path.write_bytes(b"before")

    def write_half():
        with replacing(path) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_bytes() == b"before"
    assert os.listdir(folder) == ["file.bin"]


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path):
    path = tmp_path / f"{'数' * 83}.png"
    with replacing(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


def test_what_a_kill_left_is_removed_when_it_is_old(tmp_path):
    with replacing(tmp_path / "file.bin"):
        [left] = tmp_path.glob(".file*")
    left.write_bytes(b"half")
    others = [tmp_path / name for name in ("kept.part", ".hidden-notes.part", "file-12345678.part")]
    for other in others:
        other.write_bytes(b"somebody's")
    (tmp_path / ".folder-12345678.part").mkdir()
    clear_leftovers(tmp_path)
    assert left.exists(), "somebody may still be writing it"
    for path in [left, *others]:
        os.utime(path, (1, 1))
    clear_leftovers(tmp_path)
    assert not left.exists()
    assert all(other.exists() for other in others)
    assert (tmp_path / ".folder-12345678.part").is_dir()
    clear_leftovers(tmp_path / "missing")
