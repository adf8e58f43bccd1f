"""Files and folders of the profile are the owner's alone, whatever the umask; what goes elsewhere is not."""

import os
import stat

import pytest

from engine.files.private_files import (
    create_private,
    make_private,
    make_private_folder,
    make_private_tree,
    private_opener,
)
from engine.files.safe_writing import replacing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are for POSIX")


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(autouse=True)
def generous_umask():
    former = os.umask(0)
    yield
    os.umask(former)


def test_a_folder_and_its_missing_parents_are_private(tmp_path):
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path / "one" / "two" / "three")
    for folder in ("one", "one/two", "one/two/three"):
        assert mode(tmp_path / folder) == 0o700
    assert mode(tmp_path) == 0o755, "a folder that was there is not ours to change"


def test_a_folder_that_is_there_is_mended_by_its_name_or_a_link(tmp_path):
    (tmp_path / "old").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path / "old")
    make_private_folder(tmp_path / "link")
    assert mode(tmp_path / "old") == 0o700


@pytest.mark.parametrize("name", ["file", "file/below", "dangling", "a\0b", "x" * 300])
def test_what_can_be_no_folder_is_refused(tmp_path, name):
    (tmp_path / "file").write_text("")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OSError):
        make_private_folder(tmp_path / name)


def test_a_whole_tree_is_mended_and_links_lead_nowhere(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("")
    outside.chmod(0o644)
    tree = tmp_path / "tree"
    (tree / "below").mkdir(parents=True)
    (tree / "below" / "file").write_text("")
    (tree / "below" / "link").symlink_to(outside)
    (tree / "loop").symlink_to(tree)
    make_private_tree(tree)
    assert [mode(path) for path in (tree, tree / "below", tree / "below" / "file")] == [0o700, 0o700, 0o600]
    assert mode(outside) == 0o644


def test_what_another_user_owns_is_left(tmp_path, monkeypatch):
    path = tmp_path / "theirs"
    path.write_text("")
    path.chmod(0o644)
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    make_private(path)
    assert mode(path) == 0o644
    make_private(tmp_path / "missing")


def test_files_are_private_from_the_beginning(tmp_path):
    create_private(tmp_path / "new")
    with open(tmp_path / "log", "a", opener=private_opener) as file:
        assert mode(tmp_path / "log") == 0o600
        file.write("x")
    with replacing(tmp_path / "whole", is_private=True) as file:
        assert [mode(path) for path in tmp_path.glob(".whole*")] == [0o600]
        file.write(b"x")
    assert {mode(path) for path in tmp_path.iterdir() if path.is_file()} == {0o600}


def test_a_file_that_was_there_is_kept_and_mended(tmp_path):
    path = tmp_path / "old"
    path.write_text("kept")
    path.chmod(0o644)
    create_private(path)
    with open(path, "a", opener=private_opener):
        pass
    assert (path.read_text(), mode(path)) == ("kept", 0o600)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError):
        private_opener(str(tmp_path / "pipe"), os.O_WRONLY)


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o007, 0o660), (0o077, 0o600)])
def test_what_is_written_for_others_has_the_usual_rights(tmp_path, umask, expected):
    os.umask(umask)
    with replacing(tmp_path / "export.png") as file:
        file.write(b"x")
    assert mode(tmp_path / "export.png") == expected


def test_the_umask_of_other_threads_is_never_touched(tmp_path, monkeypatch):
    def refuse(_mask):
        raise AssertionError("the umask belongs to all threads")

    with monkeypatch.context() as patch:
        patch.setattr(os, "umask", refuse)
        for is_private in (True, False):
            with replacing(tmp_path / "file", is_private) as file:
                file.write(b"x")
