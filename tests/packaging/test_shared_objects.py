"""Read from this machine's own Python, which every Linux that runs the tests has."""

import shutil
import sys
from pathlib import Path

import pytest

from resources.packaging import binaries, shared_objects

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("readelf") is None, reason="needs Linux and binutils"
)
PYTHON = Path(sys.executable).resolve()


def test_a_program_needs_the_c_library_in_some_version():
    found = shared_objects.read(PYTHON)
    assert found.name == PYTHON.name
    assert "libc.so.6" in found.needed
    assert shared_objects.newest_version([found], "GLIBC") >= (2, 2)
    assert shared_objects.is_aligned(PYTHON)


def test_scripts_links_and_folders_are_not_compiled(tmp_path):
    (tmp_path / "script").write_text("#!/bin/sh\n")
    (tmp_path / "link").symlink_to(PYTHON)
    assert shared_objects.is_compiled(PYTHON)
    assert not shared_objects.is_compiled(tmp_path / "script")
    assert not shared_objects.is_compiled(tmp_path / "link")
    assert not shared_objects.is_compiled(tmp_path)


def test_libraries_that_nothing_needs_go_and_so_do_links_to_them(tmp_path, monkeypatch):
    objects = {
        "_internal/torch/libasks.so": ("libasks.so", ("libneeded.so.1",)),
        "_internal/libneeded.so.1": ("libneeded.so.1", ("libdeep.so.1",)),
        "_internal/libdeep.so.1": ("libdeep.so.1", ()),
        "_internal/libloose.so.1": ("libloose.so.1", ("libchain.so.1",)),
        "_internal/pillow.libs/libchain.so.1": ("libchain.so.1", ()),
        "_internal/libpython3.11.so.1.0": ("libpython3.11.so.1.0", ()),
    }
    for name in objects:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "_internal" / "link").symlink_to("libloose.so.1")

    def read_all(folder):
        return {
            folder / name: shared_objects.SharedObject(soname, needed, frozenset())
            for name, (soname, needed) in objects.items()
            if (folder / name).exists()
        }

    monkeypatch.setattr(shared_objects, "read_all", read_all)
    removed = {str(path) for path in binaries.drop_unneeded(tmp_path)}
    assert removed == {"_internal/libloose.so.1", "_internal/pillow.libs/libchain.so.1", "_internal/link"}
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        "_internal/torch/libasks.so", "_internal/libneeded.so.1", "_internal/libdeep.so.1",
        "_internal/libpython3.11.so.1.0",
    }  # fmt: skip
    assert not (tmp_path / "_internal" / "pillow.libs").exists()
