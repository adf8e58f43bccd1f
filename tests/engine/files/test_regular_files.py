import os
from pathlib import Path

import pytest

from engine.files.regular_files import open_regular


def test_a_stored_file_is_opened_also_through_a_link(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("file")
    for name in ("file", "link"):
        with open_regular(tmp_path / name) as file:
            assert file.read() == b"content"


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "missing", "dangling", "null", "long"])
def test_anything_else_is_refused_at_once(tmp_path: Path, kind: str):
    path = tmp_path / "name"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "dangling":
        path.symlink_to("nowhere")
    elif kind == "null":
        path = tmp_path / "a\0b"
    elif kind == "long":
        path = tmp_path / ("x" * 5000)
    with pytest.raises(OSError) as caught:
        open_regular(path)
    assert caught.value.strerror
