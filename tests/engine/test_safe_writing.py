"""A file is whole, or it is the one that was there before."""

import os
import stat

import pytest

from engine.safe_writing import replacing


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
