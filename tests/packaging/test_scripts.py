"""The shell scripts of the archive, run by a shell in folders of their own."""

import os
import shutil
import subprocess

import pytest

from resources.packaging.programs import APPLICATION_ID, linux_file, script
from tests.packaging.started_program import command_of

pytestmark = pytest.mark.skipif(shutil.which("getconf") is None, reason="for Linux")


@pytest.fixture
def unpacked(tmp_path):
    """An archive unpacked below a path that is hard to quote; its program says how it was called."""
    folder = tmp_path / 'Programme $für "mich" 100%'
    (folder / "program").mkdir(parents=True)
    for name in ("scratchpad", "install", "uninstall"):
        (folder / name).write_text(script(f"{name}.sh").replace("@C_LIBRARY@", "2.35"))
        (folder / name).chmod(0o755)
    program = folder / "program" / "scratchpad"
    program.write_text('#!/bin/sh\necho "called with $*"\n')
    program.chmod(0o755)
    for place in ("applications", "mime/packages", "man/man1", "icons/hicolor/16x16/apps"):
        (folder / "share" / place).mkdir(parents=True)
    shutil.copy(linux_file("desktop"), folder / "share" / "applications")
    (folder / "share" / "mime" / "packages" / f"{APPLICATION_ID}.xml").write_text("<mime-info/>")
    (folder / "share" / "man" / "man1" / "scratchpad.1.gz").write_bytes(b"page")
    (folder / "share" / "icons" / "hicolor" / "16x16" / "apps" / f"{APPLICATION_ID}.png").write_bytes(b"icon")
    return folder


def run(command, home, **environment):
    plain = {"PATH": os.environ["PATH"], **({"HOME": str(home)} if home else {}), **environment}
    return subprocess.run([str(part) for part in command], env=plain, capture_output=True, text=True)


def with_c_library(tmp_path, version):
    """A PATH on which the system says that it has this version."""
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "getconf"
    fake.write_text(f"#!/bin/sh\necho 'glibc {version}'\n")
    fake.chmod(0o755)
    return f"{tmp_path / 'bin'}:{os.environ['PATH']}"


@pytest.mark.parametrize("version", ["2.35", "2.36", "2.100", "3.0"])
def test_a_system_new_enough_starts_the_program(unpacked, tmp_path, version):
    done = run([unpacked / "scratchpad", "a b"], tmp_path, PATH=with_c_library(tmp_path, version))
    assert done.stdout == "called with a b\n"


@pytest.mark.parametrize("version", ["2.34", "2.9", "2.31"])
def test_a_system_too_old_is_told_so_in_one_sentence(unpacked, tmp_path, version):
    done = run([unpacked / "scratchpad"], tmp_path, PATH=with_c_library(tmp_path, version))
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"too old for Scratchpad (C library {version}, needs 2.35 or newer)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_library_that_the_system_lacks_is_named_in_one_sentence(unpacked, tmp_path):
    path = with_c_library(tmp_path, "2.36")
    fake = tmp_path / "bin" / "ldd"
    fake.write_text(
        "#!/bin/sh\nprintf '\\tlibc.so.6 => /lib/libc.so.6 (0x1)\\n\\tlibGL.so.1 => not found\\n'\n"
    )
    fake.chmod(0o755)
    done = run([unpacked / "scratchpad"], tmp_path, PATH=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("This system lacks libGL.so.1, which Scratchpad needs: install what ")
    assert done.stderr.endswith("README.txt names.\n")


def test_the_menu_entry_starts_it_from_where_it_lies(unpacked, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    assert run([unpacked / "install"], home).returncode == 0
    entry = home / ".local" / "share" / "applications" / f"{APPLICATION_ID}.desktop"
    assert command_of(entry) == [str(unpacked / "scratchpad")]
    assert run([*command_of(entry), "x"], home).stdout == "called with x\n"
    assert run([home / ".local" / "bin" / "scratchpad"], home).stdout == "called with \n"


def test_installed_twice_and_taken_out_nothing_is_left_but_the_networks(unpacked, tmp_path):
    home = tmp_path / "home"
    networks = home / ".local" / "share" / "scratchpad"
    networks.mkdir(parents=True)
    (networks / "mine.safetensors").write_bytes(b"mine")
    for script_name in ("install", "install", "uninstall"):
        done = run([unpacked / script_name], home)
        assert (done.returncode, done.stderr) == (0, "")
    assert [path for path in home.rglob("*") if path.is_file() or path.is_symlink()] == [
        networks / "mine.safetensors"
    ]


def test_another_program_of_that_name_is_left_alone(unpacked, tmp_path):
    other = tmp_path / "home" / ".local" / "bin" / "scratchpad"
    other.parent.mkdir(parents=True)
    other.write_text("another")
    done = run([unpacked / "install"], tmp_path / "home")
    assert done.returncode == 1
    assert "is another program" in done.stderr
    assert run([unpacked / "uninstall"], tmp_path / "home").returncode == 0
    assert other.read_text() == "another"


@pytest.mark.parametrize("script_name", ["install", "uninstall"])
def test_no_home_is_told_in_one_sentence(unpacked, script_name):
    done = run([unpacked / script_name], None)
    assert done.returncode == 1
    assert "There is no home folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_home_that_cannot_be_written_to_is_told(unpacked, tmp_path):
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    done = run([unpacked / "install"], home)
    assert done.returncode == 1
    assert "cannot be written to: start" in done.stderr


def test_every_script_is_one_that_a_plain_shell_understands():
    for name in ("scratchpad.sh", "install.sh", "uninstall.sh", "AppRun.sh"):
        assert subprocess.run(["sh", "-n"], input=script(name), text=True).returncode == 0, name
