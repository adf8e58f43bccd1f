"""The packages of a small program: what is in them, and that they are the same each time."""

import os
import re
import shutil
import subprocess
import tarfile
from dataclasses import replace

import pytest

from resources.packaging import appimage, archive, debian
from resources.packaging.programs import APPLICATION_ID
from resources.packaging.tools import PackagingError, require, run

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
needs_squashfs = pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="needs squashfs-tools")


def folders(tmp_path, name):
    made = tmp_path / name / "output", tmp_path / name / "work"
    for folder in made:
        folder.mkdir(parents=True)
    return made


@needs_dpkg
def test_the_deb_has_the_program_in_opt_and_what_finds_it_in_usr(program, tmp_path):
    package = debian.build(program, *folders(tmp_path, "one"))
    assert re.fullmatch(r"scratchpad_1\.2\.3_\w+\.deb", package.name)
    lines = run(["dpkg-deb", "--contents", package]).splitlines()
    entries = {line.split(maxsplit=5)[5]: line.split()[:2] for line in lines}
    assert entries["./opt/scratchpad/scratchpad"] == ["-rwxr-xr-x", "root/root"]
    assert entries["./opt/scratchpad/_internal/libown.so.2"] == ["-rw-r--r--", "root/root"]
    assert "./usr/bin/scratchpad -> /opt/scratchpad/scratchpad" in entries
    for path in (
        f"applications/{APPLICATION_ID}.desktop",
        f"metainfo/{APPLICATION_ID}.metainfo.xml",
        f"mime/packages/{APPLICATION_ID}.xml",
        f"icons/hicolor/256x256/apps/{APPLICATION_ID}.png",
        f"icons/hicolor/scalable/apps/{APPLICATION_ID}.svg",
        "man/man1/scratchpad.1.gz",
        "doc/scratchpad/copyright",
        "doc/scratchpad/changelog.gz",
    ):
        assert entries[f"./usr/share/{path}"] == ["-rw-r--r--", "root/root"], path
    assert {owner for _, owner in entries.values()} == {"root/root"}


@needs_dpkg
def test_the_deb_says_what_it_needs_and_asks_nothing(program, tmp_path):
    package = debian.build(program, *folders(tmp_path, "one"))
    assert run(["dpkg-deb", "--field", package, "Depends"]).strip() == "libc6 (>= 2.34), libgl1"
    assert run(["dpkg-deb", "--field", package, "Version"]).strip() == "1.2.3"
    assert int(run(["dpkg-deb", "--field", package, "Installed-Size"])) > 0
    with_scripts = run(["dpkg-deb", "--ctrl-tarfile", package])
    assert not [name for name in ("postinst", "prerm", "config", "templates") if name in with_scripts]


@needs_dpkg
def test_every_override_of_lintian_has_its_reason():
    lines = debian._OVERRIDES.splitlines()
    assert lines[0].startswith("# ")
    assert all(line.startswith(("# ", "scratchpad: ")) for line in lines)


@needs_dpkg
@pytest.mark.parametrize("module", [debian, archive])
def test_the_same_program_gives_the_same_package(program, tmp_path, module):
    first = module.build(program, *folders(tmp_path, "one"))
    os.utime(program.folder / "scratchpad", (1, 1))
    second = module.build(program, *folders(tmp_path, "two"))
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_a_package_for_cuda_says_so(program, tmp_path):
    package = archive.build(replace(program, cuda="13.0"), *folders(tmp_path, "one"))
    assert "1.2.3+cu130" in package.name


def test_the_archive_starts_from_where_it_is_unpacked(program, tmp_path):
    package = archive.build(program, *folders(tmp_path, "one"))
    place = tmp_path / "a place of its own"
    place.mkdir()
    with tarfile.open(package) as packed:
        names = packed.getnames()
        # Python 3.11.2, which Debian 12 has, knows no filters; later ones want to be told.
        packed.extraction_filter = getattr(tarfile, "fully_trusted_filter", None)
        packed.extractall(place)
    (top,) = {name.partition("/")[0] for name in names}
    assert {
        f"{top}/{name}" for name in ("scratchpad", "install", "uninstall", "README.txt", "NOTICES.txt")
    } <= set(names)
    done = subprocess.run([place / top / "scratchpad"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "started\n", "")
    assert (place / top / "program" / "_internal" / "libown.so").is_symlink()
    assert "apt install libc6 libgl1 ca-certificates\n" in (place / top / "README.txt").read_text()


@needs_squashfs
def test_the_appimage_is_the_runtime_and_a_file_system_behind_it(program, tmp_path):
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"#!/bin/sh\n# a runtime\n".ljust(1000, b"#"))
    first = appimage.build(program, runtime, *folders(tmp_path, "one"))
    second = appimage.build(program, runtime, *folders(tmp_path, "two"))
    whole = first.read_bytes()
    assert whole == second.read_bytes()
    assert whole.startswith(runtime.read_bytes())
    assert whole[1000:1004] == b"hsqs"
    assert first.stat().st_mode & 0o111
    listed = run(["unsquashfs", "-offset", "1000", "-ll", first])
    for path in ("AppRun", f"{APPLICATION_ID}.desktop", ".DirIcon", "usr/lib/scratchpad/scratchpad"):
        assert f"squashfs-root/{path}" in listed
    assert "root/root" in listed
    run(["unsquashfs", "-quiet", "-no-progress", "-offset", "1000", "-dest", tmp_path / "mounted", first])
    done = subprocess.run([tmp_path / "mounted" / "AppRun"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "started\n")


def test_a_missing_tool_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PackagingError, match="no program mksquashfs: install squashfs-tools"):
        require("mksquashfs")


def test_a_tool_that_fails_is_quoted():
    with pytest.raises(PackagingError, match=r"(?s)sh failed with exit code 3; its last words:.*no luck"):
        run(["sh", "-c", "echo no luck >&2; exit 3"])
