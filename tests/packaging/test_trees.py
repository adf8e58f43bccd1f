import os
import shutil
import tarfile

import pytest

from resources.packaging import checksums, trees

EPOCH_S = 1_700_000_000


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    (folder / "b" / "empty").mkdir(parents=True)
    (folder / "b" / "start").write_text("#!/bin/sh\n")
    (folder / "b" / "start").chmod(0o700)
    (folder / "libx.so.6").write_bytes(b"library")
    (folder / "libx.so.6").chmod(0o755)
    (folder / "a").write_text("text")
    (folder / "link").symlink_to("b/start")
    return folder


def test_rights_and_times_are_fixed(tree):
    trees.settle(tree, EPOCH_S)
    rights = {
        path.name: path.stat().st_mode & 0o777 for path in trees.everything_in(tree) if not path.is_symlink()
    }
    assert rights == {"a": 0o644, "b": 0o755, "empty": 0o755, "start": 0o755, "libx.so.6": 0o644}
    assert {path.lstat().st_mtime for path in [tree, *trees.everything_in(tree)]} == {EPOCH_S}


def test_everything_comes_in_order_and_links_are_not_followed(tree):
    (tree / "folder").symlink_to("b")
    names = [str(path.relative_to(tree)) for path in trees.everything_in(tree)]
    assert names == ["a", "b", "b/empty", "b/start", "folder", "libx.so.6", "link"]


def test_the_same_tree_gives_the_same_archive(tree, tmp_path):
    trees.settle(tree, EPOCH_S)
    trees.write_tar_xz(tree, tmp_path / "first.tar.xz", EPOCH_S, preset=0)
    # Written in another order, by another time, and under another name meanwhile.
    again = tmp_path / "again" / "tree"
    again.mkdir(parents=True)
    for path in sorted(tree.iterdir(), reverse=True):
        target = again / path.name
        if path.is_symlink():
            target.symlink_to(path.readlink())
        elif path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copy(path, target)
    os.utime(again / "a", (1, 1))
    trees.settle(again, EPOCH_S)
    trees.write_tar_xz(again, tmp_path / "second.tar.xz", EPOCH_S, preset=0)
    assert (tmp_path / "first.tar.xz").read_bytes() == (tmp_path / "second.tar.xz").read_bytes()


def test_the_archive_belongs_to_root_and_holds_the_tree(tree, tmp_path):
    trees.settle(tree, EPOCH_S)
    trees.write_tar_xz(tree, tmp_path / "tree.tar.xz", EPOCH_S, preset=0)
    with tarfile.open(tmp_path / "tree.tar.xz") as archive:
        entries = archive.getmembers()
        assert {(entry.uid, entry.gid, entry.uname, entry.mtime) for entry in entries} == {
            (0, 0, "root", EPOCH_S)
        }
        assert [entry.name for entry in entries] == [
            "tree", "tree/a", "tree/b", "tree/b/empty", "tree/b/start", "tree/libx.so.6", "tree/link",
        ]  # fmt: skip
        assert archive.extractfile("tree/a").read() == b"text"


def test_links_count_nothing(tree):
    assert trees.size_bytes(tree) == len("#!/bin/sh\n") + len("library") + len("text")


def test_checksums_are_those_of_sha256sum(tmp_path):
    (tmp_path / "b.deb").write_bytes(b"")
    (tmp_path / "a.tar.xz").write_bytes(b"abc")
    written = checksums.write([tmp_path / "b.deb", tmp_path / "a.tar.xz"], tmp_path)
    assert written.read_text() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.tar.xz\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.deb\n"
    )
